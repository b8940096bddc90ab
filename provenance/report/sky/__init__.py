"""The sun at a claimed place and time beside a measured shadow, as a figure and in words."""
