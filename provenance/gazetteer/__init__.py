"""Gazetteer: settlements, regions, countries and their borders, from a name or a position, offline."""
