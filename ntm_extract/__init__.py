"""From scanned Vietnamese new-rural programme reports to tables that can be trusted."""

from ntm_extract.api import load, process

__version__ = "0.1.0"
__all__ = ["__version__", "load", "process"]
