"""Local features: points sorted by visual word, in segments beside the set, and the votes counted over them."""
