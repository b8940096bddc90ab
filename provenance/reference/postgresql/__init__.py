"""Keeps a reference set in a PostgreSQL database, for several desks at once (docs/postgresql.md)."""
