"""Words to lines, lines to passages: pure geometry and text."""
