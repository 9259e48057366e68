"""`samples`: renders the people whose photos `eng/demo` and the tests upload."""

from __future__ import annotations

import argparse
from pathlib import Path

from PIL import Image

from posemodels.errors import ConfigError
from posemodels.people.assets import ASSETS_VARIABLE, Assets, find_assets

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SIZE = (1152, 864)
SEEDS = (101, 108, 116, 121, 129, 111)
"""People who face the camera, of the seeds that no training sees."""
QUALITY = 90


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--assets", type=Path, metavar="DIR", help=f"MakeHuman assets; default: {ASSETS_VARIABLE}")
    parser.add_argument("--output", type=Path, default=SAMPLES, metavar="FOLDER")


def run(args: argparse.Namespace) -> int:
    try:
        from posemodels.people.rendering.renderer import Renderer
        from posemodels.people.rendering.scene import Framing
        from posemodels.people.sample import render_person
    except ImportError as error:
        raise ConfigError(f"rendering people needs moderngl: {error}") from error
    assets = Assets(find_assets(args.assets))
    renderer = Renderer(SIZE)
    args.output.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS):
        picture = render_person(assets, renderer, seed, poses=1, framing=Framing.WHOLE)[0].rgb
        Image.fromarray(picture).save(args.output / f"person-{number}.jpg", quality=QUALITY)
    print(f"{args.output}: {len(SEEDS)} people of {SIZE[0]}x{SIZE[1]}")
    return 0
