"""Procedural people: skeleton, poses, renderer, pose maps and training streams."""
