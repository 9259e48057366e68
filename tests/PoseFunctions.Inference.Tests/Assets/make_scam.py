"""Writes scam/, a tiny SCAM with random weights: PYTHONPATH=models /usr/bin/python3 tests/PoseFunctions.Inference.Tests/Assets/make_scam.py"""

from pathlib import Path

import torch

from posemodels.architectures.scam.config import ScamConfig
from posemodels.architectures.scam.scam import Scam
from posemodels.export.scam import export_scam_model

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
    export_scam_model(
        scam, Path(__file__).with_name("scam"), size=(64, 48), version="1.0.0", license="MIT", description="For tests."
    )
