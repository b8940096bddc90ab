"""The evidence algebra against a brute-force reference, and against mutations of every scenario."""
