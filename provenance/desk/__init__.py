"""A desk at work: one picture, from its file to the report on it."""
