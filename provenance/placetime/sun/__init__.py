"""The sun over a place: where it stands, what a shadow says, which times and places that leaves."""
