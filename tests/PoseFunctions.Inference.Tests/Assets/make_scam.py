"""Writes scam/, a tiny SCAM with random weights: with PYTHONPATH=models, /usr/bin/python3 make_scam.py"""

from pathlib import Path

import torch

from posemodels.architectures.scam.config import ScamConfig
from posemodels.architectures.scam.scam import Scam, scam_inputs
from posemodels.export.generator import generator_spec, golden_inputs
from posemodels.export.scam import export_scam

SIZES = ScamConfig(
    labels=4,
    latents_per_label=2,
    background_latents=3,
    latent_dim=8,
    width=4,
    up_layers=4,
    attention_dim=8,
    encoder_width=4,
    encoder_blocks=4,
    encoder_attention_dim=8,
    position_dim=4,
)

if __name__ == "__main__":
    torch.manual_seed(20)
    scam = Scam(SIZES)
    with torch.no_grad():
        for name, values in scam.named_parameters():
            if name.endswith("noise_var"):
                values.normal_(std=0.5)  # starts at zero, and the noise must be seen
    inputs = scam_inputs(SIZES)
    spec = generator_spec(
        inputs, name="scam", version="1.0.0", architecture="scam", license="MIT", description="For tests."
    )
    export_scam(scam, golden_inputs(inputs, (64, 48), sigma=3.0), spec, Path(__file__).with_name("scam"))
