"""`evaluate`: measures all shipped models in one run and writes manifests, cards, `docs/evaluation.md` and sheets."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from posemodels.errors import ConfigError

MODELS = Path(__file__).resolve().parents[2]
DOCS = MODELS.parent / "docs"
_ON_RENDERED_PAIRS = "flow-transfer"
"""The architecture that is measured on rendered pairs."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", help="name of a folder in models/: measures it alone, and leaves the page as it is")
    parser.add_argument("--pairs", type=int, default=256, help="held-out pairs for generators and the layout model")
    parser.add_argument("--each-pattern", type=int, default=24, help="further pairs for every pattern; 0 for none")
    parser.add_argument("--others", type=int, default=512, help="pictures that generated sets are compared with")
    parser.add_argument("--people", type=int, default=128, help="held-out people a condition for the other models")
    parser.add_argument(
        "--rendered-pairs", type=Path, help="folder of `pairs`, for generators that are measured on them"
    )
    parser.add_argument("--dry-run", action="store_true", help="print the figures and write nothing")
    photos = parser.add_argument_group("photographs")
    photos.add_argument(
        "--photos", type=Path, help="folder of NAME.jpg and NAME.png: measures what the service reads in them, alone"
    )
    photos.add_argument("--detector", type=Path, default=MODELS / "blazepose-detector", help="model of kind persons")
    photos.add_argument("--landmarks", type=Path, default=MODELS / "blazepose-landmarks", help="of kind landmarks")
    photos.add_argument("--parser", type=Path, default=MODELS / "person-parsing", help="of kind parsing")
    photos.add_argument("--last", type=int, help="look at so many photos at the end of the folder alone")
    photos.add_argument("--record", metavar="NAME", help="write the parser's figures, under this name, and its card")


def run(args: argparse.Namespace) -> int:
    if args.photos is not None:
        return _measure_photos(args)
    if args.model and args.rendered_pairs is not None:
        return _measure_on_rendered_pairs(args)
    return _measure_models(args)


def _measure_photos(args: argparse.Namespace) -> int:
    from posemodels.evaluation.photographs.parser_card import record_figures
    from posemodels.evaluation.photographs.reading import PhotoReader
    from posemodels.evaluation.photographs.table import measure_folder, parser_figures, print_table

    measures = measure_folder(args.photos, PhotoReader(args.detector, args.landmarks, args.parser), args.last)
    good = print_table(measures)
    if args.record is not None:
        record_figures(args.parser, args.record, parser_figures(measures))
    return 0 if good else 1


def _measure_models(args: argparse.Namespace) -> int:
    from posemodels.evaluation.comparison import compare
    from posemodels.evaluation.layout_card import write_layout_card
    from posemodels.evaluation.page import TOGETHER_FILE, write_page
    from posemodels.evaluation.protocol import Counts
    from posemodels.evaluation.report import write_generator_card, write_metrics

    everything = [path.parent for folder in (MODELS, MODELS / "judges") for path in folder.glob("*/manifest.json")]
    found = [args.model] if args.model else sorted(str(folder.relative_to(MODELS)) for folder in everything)
    names = [name for name in found if not _is_for_photographs(MODELS / name)]
    kinds = {name: _kind(MODELS / name) for name in names}
    generators = [name for name, kind in kinds.items() if kind == "generator"]
    metrics = {name: _measured(name, kind, args) for name, kind in kinds.items() if kind != "generator"}
    counts = Counts(pairs=args.pairs, each_pattern=args.each_pattern, others=args.others)
    comparison = compare([MODELS / name for name in generators], MODELS, counts)
    metrics |= comparison.metrics
    for name, figures in metrics.items():
        print(f"{name}: {json.dumps(figures)}")
    if args.dry_run:
        return 0
    for name, figures in metrics.items():
        manifest = write_metrics(MODELS / name, figures)
        if name in comparison.sheets:
            write_generator_card(MODELS / name, manifest)
            comparison.sheets[name].save(DOCS / "images" / f"{name}-contact-sheet.png", optimize=True)
        if kinds[name] == "layout":
            write_layout_card(MODELS / name, manifest)
    if not args.model:
        if comparison.together is not None:
            comparison.together.save(DOCS / "images" / TOGETHER_FILE, optimize=True)
        write_page(comparison, MODELS, DOCS / "evaluation.md")
    return 0


def _is_for_photographs(folder: Path) -> bool:
    """What is made for photographs: there is nothing to measure it by in renders of mannequins."""
    manifest = _manifest(folder)
    on_squares = manifest["kind"] in ("persons", "landmarks") or manifest["fit"] == "uprightSquare"
    return on_squares or manifest["architecture"] == _ON_RENDERED_PAIRS


def _measure_on_rendered_pairs(args: argparse.Namespace) -> int:
    from posemodels.evaluation.flow_transfer import evaluate
    from posemodels.evaluation.flow_transfer_card import COMMAND, write_flow_transfer_card
    from posemodels.evaluation.report import write_metrics

    folder = MODELS / args.model
    if _manifest(folder)["architecture"] != _ON_RENDERED_PAIRS:
        raise ConfigError(f"{args.model} is not measured on rendered pairs; leave --rendered-pairs out")
    figures = evaluate(folder, args.rendered_pairs / "held-out", args.pairs)
    print(f"{args.model}: {json.dumps(figures)}")
    if not args.dry_run:
        write_flow_transfer_card(folder, write_metrics(folder, figures, COMMAND))
    return 0


def _kind(folder: Path) -> str:
    return str(_manifest(folder)["kind"])


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return {key: manifest[key] for key in ("kind", "fit", "architecture")}
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(f"{folder} is not a model folder: {error}") from error


def _measured(name: str, kind: str, args: argparse.Namespace) -> dict[str, float]:
    """Of a model that is no generator."""
    from posemodels.evaluation import keypoints, layouts, segmentation

    if kind == "layout":
        return layouts.evaluate(MODELS / name, args.pairs)
    measure = keypoints.evaluate if kind == "keypoints" else segmentation.evaluate
    return measure(MODELS / name, args.people)
