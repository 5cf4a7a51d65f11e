"""Tables and reports, always rebuilt from the stored results."""
