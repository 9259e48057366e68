"""`poses --output FILE`: writes the service's pose library."""

from __future__ import annotations

import argparse
from pathlib import Path

from posemodels.data.pose_library import pose_library, write_pose_library


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="JSON file to write")


def run(args: argparse.Namespace) -> int:
    write_pose_library(args.output)
    print(f"{args.output}: {len(pose_library())} poses")
    return 0
