"""Which doors a municipality has for whom and when, and what is missing."""
