"""`pairs`: renders people in several poses each, with exact correspondences, into a folder of shards."""

from __future__ import annotations

import argparse
import time
from functools import partial
from pathlib import Path

from posemodels.commands.sizes import parse_size
from posemodels.data.synthetic import TRAINING_SEEDS
from posemodels.errors import ConfigError
from posemodels.people.assets import ASSETS_VARIABLE, Assets, find_assets


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("output", type=Path, help="folder of the data set; finished shards in it are kept")
    parser.add_argument("--assets", type=Path, metavar="DIR", help=f"MakeHuman assets; default: {ASSETS_VARIABLE}")
    parser.add_argument("--people", type=int, default=1500)
    parser.add_argument("--pictures", type=int, default=4, help="of each person")
    parser.add_argument("--first-seed", type=int, default=TRAINING_SEEDS.start, help="under 1000000: held-out people")
    parser.add_argument("--people-per-shard", type=int, default=25)
    parser.add_argument("--size", default="256x192", metavar="HxW")


def run(args: argparse.Namespace) -> int:
    try:
        from posemodels.data.render_pairs.shots import shoot
        from posemodels.people.rendering.renderer import Renderer
    except ImportError as error:
        raise ConfigError(f"rendering people needs moderngl: {error}") from error
    from posemodels.data.render_pairs.shards import ShardPlan, write_shards

    height, width = parse_size(args.size)
    plan = ShardPlan(
        first_seed=args.first_seed,
        people_per_shard=args.people_per_shard,
        pictures=args.pictures,
        height=height,
        width=width,
    )
    if args.people < 1:
        raise ConfigError("--people is at least 1")
    assets, renderer = Assets(find_assets(args.assets)), Renderer((height, width))
    started = time.perf_counter()

    def report(line: str) -> None:
        print(f"{time.perf_counter() - started:7.0f} s  {line}", flush=True)

    write_shards(args.output, plan, args.people, partial(shoot, assets, renderer, pictures=args.pictures), report)
    return 0
