"""Pairs of rendered pictures of one person with the exact place of every surface point in the other picture.

Positions are in the frame of a picture: x and y from -1 to 1, which are its outer edges.
"""
