"""Renders dressed people from the CC0 assets of MakeHuman, with exact joints, labels and correspondences.

Lengths are in decimetres, the unit of the assets: y up, the person faces +z, x > 0 is the person's left. Positions in
pictures are in pixels with centres at +0.5.
"""
