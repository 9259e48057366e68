"""`export`: a checkpoint, ours or a published one, becomes a model folder."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from posemodels.commands.sizes import parse_size
from posemodels.commands.train import RUNS

if TYPE_CHECKING:
    from posemodels.training.config import TrainingConfig

MODELS = Path(__file__).resolve().parents[2]

_OURS = {
    "procedural": "Redraws a rendered person in another pose; trained on procedurally rendered people.",
    "rendered": "Redraws a person in another pose, modestly; trained on rendered people in clothes, no photographs.",
}
_PUBLISHED = "Redraws a photographed person in another pose; published weights."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--checkpoint",
        type=Path,
        required=True,
        help="a run's latest.pt, or the authors' .pth; of flow-transfer both runs' folder",
    )
    parser.add_argument(
        "--model", default="xinggan", help="such as xinggan, parsing or flow-transfer; names the folder"
    )
    parser.add_argument(
        "--pairs", type=Path, default=RUNS / "pairs", help="rendered pairs, for what was trained on them"
    )
    parser.add_argument("--architecture", default="xinggan", help="design of a published generator checkpoint")
    parser.add_argument("--output", type=Path, help="default: models/<model>")
    parser.add_argument(
        "--size", metavar="HxW", help="native size; default: that of the last training stage, or 128x64"
    )
    parser.add_argument("--sigma", type=float, help="of the pose maps in native pixels; default: as trained, or 6")
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--license", help="SPDX identifier; default: MIT for ours, CC-BY-NC-SA-4.0 for published ones")
    parser.add_argument("--description")
    parser.add_argument(
        "--plain", action="store_true", help="layer for layer, without the rewrites that make it faster"
    )
    parser.add_argument("--remarks", help="for the model card: what is to be said of how the training went")


def run(args: argparse.Namespace) -> int:
    folder = args.output or MODELS / args.model
    if args.model in ("keypoints", "parsing"):
        from posemodels.export.perception import export_perception

        manifest = export_perception(args.checkpoint, folder)
    elif args.model == "person-parsing":
        from posemodels.export.person_parsing import export_person_parser

        manifest = export_person_parser(args.checkpoint, folder, version=args.version)
    elif args.model == "layout":
        from posemodels.export.layout import export_layout, restore_layout

        manifest = export_layout(restore_layout(args.checkpoint, args.pairs), folder, version=args.version)
    elif args.model == "flow-transfer":
        from posemodels.export.flow_transfer import export_flow_transfer, restore_flow_transfer

        runs = (args.checkpoint / f"flow-transfer-{part}" for part in ("geometry", "color"))
        held_out = args.pairs / "held-out"
        manifest = export_flow_transfer(restore_flow_transfer(*runs), held_out, folder, version=args.version)
    else:
        from posemodels.export.generator import export_generator, restore_generator

        restored = restore_generator(args.checkpoint, args.architecture, args.pairs)
        stage = restored.training.stages[-1] if restored.training else None
        native = (stage.height, stage.width) if stage else (128, 64)
        manifest = export_generator(
            restored,
            folder,
            size=parse_size(args.size) if args.size is not None else native,
            sigma=args.sigma or (stage.sigma if stage else 6.0),
            version=args.version,
            license=args.license or ("MIT" if stage else "CC-BY-NC-SA-4.0"),
            description=args.description or _described(restored.training),
            remarks=args.remarks,
            plain=args.plain,
        )
    print(f"{folder}: {manifest['name']} {manifest['version']}, {(folder / 'model.onnx').stat().st_size / 1e6:.1f} MB")
    return 0


def _described(training: TrainingConfig | None) -> str:
    return _PUBLISHED if training is None else _OURS[training.data.pairs]
