"""Generators that redraw a person in another pose, and the networks that read keypoints and body parts."""
