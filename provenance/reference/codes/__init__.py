"""Whole-frame codes: laid out in columns, in memory or in segments beside the set, and searched exactly."""
