"""`parity CASE.npz`: prints the largest error of every recorded tensor; fails beyond tolerance."""

from __future__ import annotations

import argparse
from pathlib import Path

from posemodels.parity import check_parity


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("cases", nargs="+", type=Path, metavar="CASE.npz", help="settings are read from CASE.json")
    parser.add_argument("--tolerance", type=float, help="largest absolute error; default: what the case suggests")


def run(args: argparse.Namespace) -> int:
    passed = True
    for case in args.cases:
        results = check_parity(case, args.tolerance)
        print(f"{case.name}: {len(results)} tensors")
        for result in results:
            print(result)
        passed &= bool(results) and all(result.passed for result in results)
    return 0 if passed else 1
