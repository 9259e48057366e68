"""`ablate`: trains and measures the variants of an ablation, and writes `docs/ablations.md`."""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

MODELS = Path(__file__).resolve().parents[2]
CONFIGS = MODELS / "configs" / "ablations"
RUNS = MODELS / "runs" / "ablations"
DOCS = MODELS.parent / "docs"
SPEED = "speed"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "config", type=Path, nargs="?", help="a file of configs/ablations/; default: write the page only"
    )
    parser.add_argument("--variant", help="train and measure this one only")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--dry-run", action="store_true", help="print the variants and stop")
    mode.add_argument("--estimate", action="store_true", help="print how long one core would train each variant")
    mode.add_argument("--try", dest="steps", type=int, metavar="STEPS", help="train a few steps, and keep nothing")


def run(args: argparse.Namespace) -> int:
    if args.config is not None and args.config.stem == SPEED:
        _speed(args.config)
    elif args.config is not None:
        if not _train(args):
            return 0
    _write_page()
    return 0


def _train(args: argparse.Namespace) -> bool:
    """Whether there is something new to write."""
    from posemodels.ablations.config import read_ablation
    from posemodels.ablations.runner import estimate_minutes, run_ablation, tried
    from posemodels.errors import ConfigError

    ablation = read_ablation(args.config)
    if args.variant is not None:
        chosen = tuple(variant for variant in ablation.variants if variant.name == args.variant)
        if not chosen:
            raise ConfigError(f"no variant {args.variant!r} in {args.config}")
        ablation = replace(ablation, variants=chosen, claims=())
    if args.dry_run:
        for variant in ablation.variants:
            config = variant.config
            print(f"{variant.name}: {config.architecture} {dict(config.network)}, {config.samples} pairs")
        return False
    with tempfile.TemporaryDirectory() as scratch:
        if args.estimate:
            for variant in ablation.variants:
                print(f"{variant.name}: {estimate_minutes(variant, Path(scratch)):.0f} minutes", flush=True)
            return False
        if args.steps:
            short = tuple(replace(item, config=tried(item.config, args.steps)) for item in ablation.variants)
            small = replace(ablation, variants=short, pairs=8, each_pattern=1, others=16)
            run_ablation(small, Path(scratch), Path(scratch) / "results.jsonl", MODELS)
            print((Path(scratch) / "results.jsonl").read_text(encoding="utf-8"), end="")
            return False
    run_ablation(ablation, RUNS / ablation.name, DOCS / "ablations" / f"{ablation.name}.jsonl", MODELS)
    return True


def _speed(path: Path) -> None:
    from posemodels.ablations.results import write_result
    from posemodels.ablations.speed import measure_speed, read_speed

    for result in measure_speed(read_speed(path), path.parent):
        print(result)
        write_result(DOCS / "ablations" / f"{SPEED}.jsonl", result)


def _write_page() -> None:
    from posemodels.ablations.config import read_ablation
    from posemodels.ablations.page import write_page
    from posemodels.ablations.results import read_results
    from posemodels.ablations.speed import read_speed, speed_section

    results = DOCS / "ablations"
    ablations = [read_ablation(path) for path in sorted(CONFIGS.glob("*.toml")) if path.stem != SPEED]
    speed = speed_section(read_speed(CONFIGS / f"{SPEED}.toml"), read_results(results / f"{SPEED}.jsonl"))
    write_page(ablations, results, DOCS / "ablations.md", speed)
