"""The version, in the one place that the package, its metadata and its reports read."""

__version__ = "0.1.0"

BEGAN = 2024
"""The year. No check was made before: a clock that says so was never set, or lost its time with its battery."""
