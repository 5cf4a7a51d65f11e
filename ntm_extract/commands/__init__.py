"""The commands, one module each: `add` declares its arguments, the function that it names does it."""

from ntm_extract.commands import doctor, repair, run, schema

COMMANDS = (run, repair, doctor, schema)
"""In the order of `--help`."""
