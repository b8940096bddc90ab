"""Content Credentials: signed pictures and attacks on them made anew, each with the state it must be given."""
