"""All that touches files and programs."""
