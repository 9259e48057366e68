"""Poses as parameters, and their solution for the proportions of one person."""
