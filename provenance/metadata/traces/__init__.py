"""Marks that devices, programs and platforms leave: coding, names, thumbnails."""
