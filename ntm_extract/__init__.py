"""From scanned Vietnamese new-rural programme reports to tables that can be trusted."""

__version__ = "0.1.0"
