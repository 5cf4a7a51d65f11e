"""Vietnamese writing: syllables, tone placement, numbers, dates, units. Pure."""
