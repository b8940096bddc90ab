"""The figure of every bound and claim about time: its rows, its axis, and where everything stands."""
