"""The network that lays a person out in a pose that no photo shows."""
