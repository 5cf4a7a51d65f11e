"""The commands that build models/ and samples/."""
