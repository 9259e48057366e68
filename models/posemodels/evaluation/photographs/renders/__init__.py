"""Renders given to the service as photos: there the truth is known of every pixel."""
