"""Training of the generator for photographs on rendered pairs: the geometry first, then the colours on top of it."""
