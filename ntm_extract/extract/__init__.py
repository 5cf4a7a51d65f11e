"""Facts out of passages: one registry, one module a table. Pure."""
