"""The keypoint and the parsing network."""
