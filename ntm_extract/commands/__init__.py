"""The commands, one module each: `add` declares its arguments, the function that it names does it."""

from ntm_extract.commands import accept, adapt, doctor, explain, repair, review, run, schema, status

COMMANDS = (run, status, review, explain, accept, repair, adapt, doctor, schema)
"""In the order of `--help`."""
