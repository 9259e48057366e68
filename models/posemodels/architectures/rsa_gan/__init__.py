"""RSA-GAN-style: three modules round the regions of the body."""
