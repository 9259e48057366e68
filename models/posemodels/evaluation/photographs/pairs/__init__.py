"""Real photos of one person in two poses: what the service makes of the first beside the second."""
