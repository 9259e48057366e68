"""`flops`: what one run of an exported graph computes, by operator."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, help="an .onnx file")
    parser.add_argument(
        "--shape",
        action="append",
        default=[],
        metavar="NAME=1x3x128x96",
        help="of an input; default: as declared, with one item a batch",
    )
    parser.add_argument("--batch", type=int, default=1, help="size of axes that vary")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")


def run(args: argparse.Namespace) -> int:
    import onnx

    from posemodels.errors import ExportError
    from posemodels.export.cost import graph_cost
    from posemodels.export.shapes import parse_shape

    try:
        model = onnx.load(str(args.model))
    except (OSError, ValueError, RuntimeError) as error:
        raise ExportError(f"{args.model}: {error}") from error
    cost = graph_cost(model, dict(parse_shape(text) for text in args.shape), args.batch)
    if args.json:
        totals = {"product_flops": cost.product_flops, "elementwise_flops": cost.elementwise_flops}
        print(json.dumps(asdict(cost) | totals))
        return 0
    print(f"{'operator':<24}{'nodes':>7}{'GFLOP products':>16}{'GFLOP elementwise':>19}")
    by_cost = sorted(cost.operators.items(), key=lambda item: -item[1].product_flops - item[1].elementwise_flops)
    rows = [(name, item.nodes, item.product_flops, item.elementwise_flops) for name, item in by_cost]
    total = ("total", sum(item.nodes for item in cost.operators.values()), cost.product_flops, cost.elementwise_flops)
    for name, nodes, products, elementwise in (*rows, total):
        print(f"{name:<24}{nodes:>7}{products / 1e9:>16.4f}{elementwise / 1e9:>19.4f}")
    print(f"{cost.parameters:,} parameters")
    return 0
