"""Readers of the assets' file formats; they know nothing of people."""
