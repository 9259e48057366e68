"""XingGAN++-style: XingGAN with attention at several scales."""
