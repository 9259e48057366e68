"""`render`: draws procedural people as single pictures with their labels, or as one contact sheet."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from PIL import Image

from posemodels.data.contact_sheet import contact_sheet
from posemodels.data.skeleton import JOINT_NAMES
from posemodels.data.synthetic import PersonGroup, render_group
from posemodels.errors import ConfigError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--contact-sheet", type=Path, metavar="FILE", help="PNG with all people, skeletons and labels")
    parser.add_argument("--output", type=Path, metavar="FOLDER", help="one PNG a picture, its parsing map and joints")
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--poses", type=int, default=3, help="pictures of each person")
    parser.add_argument("--size", default="256x176", metavar="HxW")
    parser.add_argument(
        "--seed", type=int, default=0, help="seed of the first person; those below 1000000 are held out"
    )
    parser.add_argument("--clutter", action="store_true", help="random shapes behind the people")


def run(args: argparse.Namespace) -> int:
    try:
        height, width = (int(part) for part in args.size.split("x"))
        started = time.perf_counter()
        groups = [
            render_group(args.seed + i, args.poses, (height, width), clutter=args.clutter) for i in range(args.people)
        ]
    except ValueError as error:
        raise ConfigError(f"cannot render: {error}") from error
    seconds = time.perf_counter() - started
    print(f"{args.people * args.poses} pictures of {args.size}, {args.people * args.poses / seconds:.0f} a second")
    if args.contact_sheet is not None:
        args.contact_sheet.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(contact_sheet(groups)).save(args.contact_sheet, optimize=True)
    if args.output is not None:
        for i, group in enumerate(groups):
            _write(group, args.output, args.seed + i)
    return 0


def _write(group: PersonGroup, folder: Path, seed: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, image in enumerate(group.images):
        stem = folder / f"person-{seed}-{number}"
        Image.fromarray(image).save(f"{stem}.png")
        Image.fromarray(group.labels[number]).save(f"{stem}.labels.png")
        joints = {
            name: None if point[0] < 0 else [round(float(c), 2) for c in point]
            for name, point in zip(JOINT_NAMES, group.keypoints[number], strict=True)
        }
        Path(f"{stem}.json").write_text(json.dumps(joints, indent=1) + "\n", encoding="utf-8")
