"""Photographs of people: found, cut out and annotated as the parser for photographs sees them."""
