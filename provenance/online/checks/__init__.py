"""A check for each service that may be asked, and what they share."""
