"""`evaluate`: measures all shipped models in one run and writes manifests, cards, `docs/evaluation.md` and sheets."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from posemodels.errors import ConfigError

if TYPE_CHECKING:
    from posemodels.evaluation.photographs.outcome import Outcome
    from posemodels.evaluation.photographs.reading import PhotoReader
    from posemodels.evaluation.photographs.transfers.transfers import Transfers

MODELS = Path(__file__).resolve().parents[2]
DOCS = MODELS.parent / "docs"
_ON_RENDERED_PAIRS = "flow-transfer"
"""The architecture that is measured on rendered pairs alone."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", help="name of a folder in models/: measures it alone, and leaves the page as it is")
    parser.add_argument("--pairs", type=int, default=256, help="held-out pairs for generators and the layout model")
    parser.add_argument("--each-pattern", type=int, default=24, help="further pairs for every pattern; 0 for none")
    parser.add_argument("--others", type=int, default=512, help="pictures that generated sets are compared with")
    parser.add_argument("--people", type=int, default=128, help="held-out people a condition for the other models")
    parser.add_argument(
        "--rendered-pairs", type=Path, help="folder of `pairs`: with --model, measures a generator on those held out"
    )
    parser.add_argument("--dry-run", action="store_true", help="print the figures and write nothing")
    _add_photograph_arguments(parser.add_argument_group("photographs"))


def _add_photograph_arguments(photos: argparse._ArgumentGroup) -> None:
    photos.add_argument(
        "--photos",
        type=Path,
        metavar="FOLDER",
        help="of NAME.jpg and NAME.png: measures what the service reads in photographs and what it makes of them",
    )
    photos.add_argument("--reading", action="store_true", help="measure what it reads alone; needs no .NET")
    photos.add_argument("--detector", type=Path, default=MODELS / "blazepose-detector", help="model of kind persons")
    photos.add_argument("--landmarks", type=Path, default=MODELS / "blazepose-landmarks", help="of kind landmarks")
    photos.add_argument("--parser", type=Path, default=MODELS / "person-parsing", help="of kind parsing")
    photos.add_argument("--last", type=int, help="look at so many photos at the end of the folder alone")
    photos.add_argument("--models", type=Path, metavar="FOLDER", help="the service's models; default: those here")
    photos.add_argument("--generator", metavar="NAME", help="default: the service's")
    photos.add_argument(
        "--program", type=Path, metavar="DLL", help="PoseFunctions.Benchmarks; default: the one built here"
    )
    photos.add_argument("--results", type=Path, metavar="FOLDER", help="keep what the service makes there")
    photos.add_argument("--reuse", action="store_true", help="make only what is not in --results yet")
    photos.add_argument("--worst", type=Path, metavar="FILE", help="draw the worst ten results of every measure")
    photos.add_argument(
        "--assets", type=Path, metavar="DIR", help="MakeHuman assets, with --rendered-pairs for patterns"
    )
    photos.add_argument(
        "--photo-pairs", type=Path, metavar="FOLDER", help="of NAME.source.jpg, .target.jpg, .METHOD.jpg"
    )
    photos.add_argument("--rival", metavar="METHOD", default="xinggan", help="what is to be beaten on those pairs")
    photos.add_argument("--record", metavar="NAME", help="write the parser's figures, under this name, and its card")


def run(args: argparse.Namespace) -> int:
    if args.photos is not None:
        return _measure_photos(args)
    if args.model and args.rendered_pairs is not None:
        return _measure_on_rendered_pairs(args)
    return _measure_models(args)


def _measure_photos(args: argparse.Namespace) -> int:
    from posemodels.evaluation.photographs.outcome import Outcome
    from posemodels.evaluation.photographs.parser_card import record_figures
    from posemodels.evaluation.photographs.reading import PhotoReader
    from posemodels.evaluation.photographs.table import measure_folder, parser_figures, print_table
    from posemodels.evaluation.photographs.transfers.program import TransferProgram
    from posemodels.evaluation.photographs.transfers.transfers import Transfers, results_in
    from posemodels.evaluation.photographs.worst_sheet import require_outside, worst_sheet

    # Before anything that takes minutes.
    if args.worst is not None:
        require_outside(args.worst)
    if not (args.reading or args.reuse):
        TransferProgram.find(args.program)
    reader = PhotoReader(args.detector, args.landmarks, args.parser)
    reading = measure_folder(args.photos, reader, args.last)
    outcome = Outcome(list(reading))
    if not args.reading:
        with results_in(args.results) as folder:
            transfers = Transfers(folder, args.program, args.generator, args.models, args.reuse)
            outcome.add(_measure_transfers(args, transfers, reader))
            if args.worst is not None:
                worst_sheet(outcome.rows).save(args.worst, quality=90)
    good = print_table(outcome.measures)
    for note in outcome.notes:
        print(note)
    if args.record is not None:
        record_figures(args.parser, args.record, parser_figures(reading))
    return 0 if good else 1


def _measure_transfers(args: argparse.Namespace, transfers: Transfers, reader: PhotoReader) -> Outcome:
    from posemodels.evaluation.photographs import protocol

    outcome = protocol.measure_results(transfers, args.photos, reader, args.last)
    if args.rendered_pairs is None:
        outcome.notes.append("coverage-told and pattern-kept not measured: no --rendered-pairs")
    else:
        outcome.add(protocol.measure_coverage(transfers, args.rendered_pairs / "held-out", args.pairs))
        outcome.add(protocol.measure_patterns(transfers, args.assets, args.each_pattern))
    if args.photo_pairs is None:
        outcome.notes.append("real-pairs not measured: no --photo-pairs")
    else:
        outcome.add(protocol.measure_pairs(transfers, args.photo_pairs, reader, args.rival))
    return outcome


def _measure_models(args: argparse.Namespace) -> int:
    from posemodels.evaluation.comparison import compare
    from posemodels.evaluation.generator_card import write_generator_card
    from posemodels.evaluation.layout_card import write_layout_card
    from posemodels.evaluation.page import TOGETHER_FILE, write_page
    from posemodels.evaluation.protocol import Counts
    from posemodels.evaluation.report import write_metrics

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
    from posemodels.evaluation import flow_transfer, flow_transfer_card, generator_card, rendered_pairs, report

    folder, held_out = MODELS / args.model, args.rendered_pairs / "held-out"
    if _kind(folder) != "generator":
        raise ConfigError(f"{args.model} is not measured on rendered pairs; leave --rendered-pairs out")
    by_flow = _manifest(folder)["architecture"] == _ON_RENDERED_PAIRS
    if by_flow:
        figures = flow_transfer.evaluate(folder, held_out, args.pairs)
    else:
        figures = rendered_pairs.evaluate(folder, MODELS, held_out, args.pairs)
    print(f"{args.model}: {json.dumps(figures)}")
    if args.dry_run:
        return 0
    if by_flow:
        manifest = report.write_metrics(folder, figures, flow_transfer_card.COMMAND)
        flow_transfer_card.write_flow_transfer_card(folder, manifest)
    else:
        generator_card.write_generator_card(folder, report.write_metrics(folder, figures, report.RENDERS_COMMAND))
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
