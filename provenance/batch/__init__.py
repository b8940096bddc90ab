"""A run over many pictures, and the index that tells of all of them."""
