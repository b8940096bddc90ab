"""The desk's key, seals, time-stamps, and whether a thing is as it was sealed."""
