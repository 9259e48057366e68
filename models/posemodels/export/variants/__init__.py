"""Faster builds of an exported graph, beside it in its folder and named in its manifest."""
