"""The commands that measure. `python -m bench` writes docs/accuracy.md and docs/performance.md."""
