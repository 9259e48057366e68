"""SCAM: an encoder of labelled regions and a generator that they modulate."""
