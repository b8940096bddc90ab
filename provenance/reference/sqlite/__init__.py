"""A reference set in one SQLite file: opened, brought up to the present format, read and changed in transactions."""
