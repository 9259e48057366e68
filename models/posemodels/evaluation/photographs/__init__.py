"""Measures on photographs: of what the service reads in them, and of what it makes of them.

A new one is a class beside those of `measures` or `transfers` and a name in `table` or `protocol`.
"""
