"""The spaCy pipeline: tokenizer, rulers, trained component."""
