"""Configuration, losses, checkpoints and the training loop."""
