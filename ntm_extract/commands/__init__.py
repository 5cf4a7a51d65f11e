"""The commands, one module each: `add` declares its arguments, the function that it names does it."""

from ntm_extract.commands import accept, adapt, doctor, repair, review, run, schema, status

COMMANDS = (run, status, review, accept, repair, adapt, doctor, schema)
"""In the order of `--help`."""
