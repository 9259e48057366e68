"""XingGAN, as its authors released it."""
