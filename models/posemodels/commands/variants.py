"""`variants`: builds of a shipped generator's graph that are faster on a CPU, beside it and in its manifest."""

from __future__ import annotations

import argparse
from pathlib import Path

MODELS = Path(__file__).resolve().parents[2]
_FIRST_CALIBRATION, _FIRST_CHECK = 1000, 2000
"""Where the people begin that ranges are measured on, and those that the search looks at."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", default="xinggan", help="names the folder")
    parser.add_argument("--folder", type=Path, help="default: models/<model>")
    parser.add_argument("--only", choices=("winograd", "int8"), help="default: both")
    parser.add_argument("--pairs", type=int, default=8, help="to measure ranges on, and as many to check on")
    parser.add_argument("--psnr", type=float, default=41.0, help="dB that int8 images must be like those in floats")


def run(args: argparse.Namespace) -> int:
    from posemodels.export.passes.doubling import use_sub_pixel_convolutions
    from posemodels.export.passes.editing import GraphEditor
    from posemodels.export.passes.tiled_layout import use_tiled_layout
    from posemodels.export.variants.folder import ModelFolder
    from posemodels.export.variants.inputs import held_out_inputs
    from posemodels.export.variants.search import quantize_alike

    folder = ModelFolder(args.folder or MODELS / args.model)
    if args.only != "int8":
        editor = GraphEditor(folder.model)
        use_tiled_layout(editor)
        entry = folder.add("winograd", editor.model(), requires=())
        print(f"winograd: {entry['psnrAgainstFp32']} dB on the golden pair")
    if args.only != "winograd":
        calibration = held_out_inputs(folder, args.pairs, _FIRST_CALIBRATION)
        check = held_out_inputs(folder, args.pairs, _FIRST_CHECK)
        editor = GraphEditor(folder.model)
        use_sub_pixel_convolutions(editor)
        result = quantize_alike(editor.model(), folder.outputs, [calibration], check, args.psnr)
        entry = folder.add("int8", result.model, requires=("avx512_vnni|avx_vnni",))
        print(
            f"int8: {result.quantized} of {result.considered} convolutions, {result.share:.0%} of their products, "
            f"{result.psnr:.2f} dB on {args.pairs} held-out pairs, {entry['psnrAgainstFp32']} dB on the golden pair"
        )
    return 0
