"""`squares`: prepares the person squares of annotated photographs that the parser for photographs is trained on."""

from __future__ import annotations

import argparse
import time
from multiprocessing import get_context
from pathlib import Path

from posemodels.data.photographs.annotation import AnnotatedFolder
from posemodels.data.photographs.person_finder import PersonFinder
from posemodels.data.photographs.person_landmarks import LandmarkModel
from posemodels.data.photographs.square_pool import SquareMaker, write_variant
from posemodels.errors import ConfigError

MODELS = Path(__file__).resolve().parents[2]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--photos", type=Path, required=True, help="folder of NAME.jpg with NAME.png")
    parser.add_argument("--output", type=Path, required=True, help="about 0.8 GB for each variant of 800 photos")
    parser.add_argument("--models", type=Path, default=MODELS, help="folder that holds the models of the next options")
    parser.add_argument("--detector", default="blazepose-detector", help="model of kind persons")
    parser.add_argument("--landmarks", default="blazepose-landmarks", help="model of kind landmarks")
    parser.add_argument("--variants", type=int, default=10, help="times that each photo is looked at")
    parser.add_argument("--held-out", type=int, default=80, help="photos at the end that get variant 0 alone")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)


def run(args: argparse.Namespace) -> int:
    photos = AnnotatedFolder.open(args.photos)
    if not 0 <= args.held_out < len(photos.photos):
        raise ConfigError(f"--held-out must leave some of the {len(photos.photos)} photos, got {args.held_out}")
    if min(args.variants, args.processes) < 1:
        raise ConfigError("--variants and --processes are at least 1")
    shares = [(args, range(at, args.variants, args.processes)) for at in range(args.processes)]
    if args.processes == 1:
        _write(*shares[0])
        return 0
    with get_context("spawn").Pool(args.processes) as pool:
        pool.starmap(_write, shares)
    return 0


def _write(args: argparse.Namespace, variants: range) -> None:
    photos = AnnotatedFolder.open(args.photos)
    maker = SquareMaker(
        photos, PersonFinder(args.models / args.detector), LandmarkModel(args.models / args.landmarks), args.seed
    )
    for variant in variants:
        started = time.monotonic()
        count = len(photos.photos) - (args.held_out if variant else 0)
        done = sum(1 for _ in write_variant(maker, variant, count, args.output))
        print(f"variant {variant}: {done} photos in {time.monotonic() - started:.0f} s", flush=True)
