"""`people`: draws dressed people from the MakeHuman assets as one contact sheet."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from PIL import Image

from posemodels.errors import ConfigError
from posemodels.people.assets import ASSETS_VARIABLE, Assets, find_assets


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--assets", type=Path, metavar="DIR", help=f"MakeHuman assets; default: {ASSETS_VARIABLE}")
    parser.add_argument("--contact-sheet", type=Path, required=True, metavar="FILE", help="PNG to write")
    parser.add_argument("--seed", type=int, default=0, help="seed of the first person")
    parser.add_argument("--count", type=int, default=24, help="people")
    parser.add_argument("--size", default="256x192", metavar="HxW", help="of one picture")
    parser.add_argument("--columns", type=int, default=8)


def run(args: argparse.Namespace) -> int:
    try:
        from posemodels.people.contact_sheet import people_sheet
        from posemodels.people.rendering.renderer import Renderer
    except ImportError as error:
        raise ConfigError(f"rendering people needs moderngl: {error}") from error
    try:
        height, width = (int(part) for part in args.size.split("x"))
    except ValueError as error:
        raise ConfigError(f"--size is HEIGHTxWIDTH, not {args.size}") from error
    if args.count < 1 or args.columns < 1:
        raise ConfigError("--count and --columns are at least 1")
    assets = Assets(find_assets(args.assets))
    renderer = Renderer((height, width))
    started = time.perf_counter()
    sheet = people_sheet(assets, renderer, range(args.seed, args.seed + args.count), args.columns)
    rate = args.count / (time.perf_counter() - started)
    args.contact_sheet.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(sheet).save(args.contact_sheet, optimize=True)
    print(f"{args.contact_sheet}: {args.count} people of {args.size}, {rate:.1f} a second")
    return 0
