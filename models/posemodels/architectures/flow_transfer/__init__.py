"""The generator for photographs: carries the photo's own pixels to another pose, and paints what the photo hides."""
