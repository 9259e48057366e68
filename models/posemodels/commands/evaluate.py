"""`evaluate`: measures shipped models and writes manifests, model cards, `docs/evaluation.md` and contact sheets."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from PIL import Image

from posemodels.errors import ConfigError

MODELS = Path(__file__).resolve().parents[2]
DOCS = MODELS.parent / "docs"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", help="name of a folder in models/; default: all of them")
    parser.add_argument("--pairs", type=int, default=256, help="held-out pairs for generators")
    parser.add_argument("--people", type=int, default=128, help="held-out people a condition for the other models")
    parser.add_argument("--dry-run", action="store_true", help="print the figures and write nothing")


def run(args: argparse.Namespace) -> int:
    from posemodels.evaluation.report import write_generator_card, write_metrics, write_report

    names = [args.model] if args.model else sorted(path.parent.name for path in MODELS.glob("*/manifest.json"))
    for name in names:
        folder = MODELS / name
        metrics, sheet = _measure(folder, args)
        print(f"{name}: {json.dumps(metrics)}")
        if args.dry_run:
            continue
        manifest = write_metrics(folder, metrics)
        if sheet is not None:
            write_generator_card(folder, manifest)
            sheet.save(DOCS / "images" / f"{name}-contact-sheet.png", optimize=True)
    if not args.dry_run:
        write_report(MODELS, DOCS / "evaluation.md")
    return 0


def _measure(folder: Path, args: argparse.Namespace) -> tuple[dict[str, float], Image.Image | None]:
    try:
        kind = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["kind"]
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(f"{folder} is not a model folder: {error}") from error
    if kind == "generator":
        from posemodels.evaluation.generator import evaluate_generator

        evaluation = evaluate_generator(folder, MODELS / "keypoints", args.pairs)
        return evaluation.metrics, evaluation.sheet
    from posemodels.evaluation import keypoints, segmentation

    measure = keypoints.evaluate if kind == "keypoints" else segmentation.evaluate
    return measure(folder, args.people), None
