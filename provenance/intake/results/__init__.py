"""Results pages of reverse image searches, as a person's browser saved them."""
