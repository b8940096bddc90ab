"""Pictures fetched from addresses, only when that is asked for, and what came of it."""
