"""Measures on annotated photographs. A new one is a class beside those of `measures` and a name in `table.MEASURES`."""
