"""Command line of the models: `python3 -m posemodels COMMAND`; `--help` lists the commands."""

from __future__ import annotations

import argparse
import importlib
import sys

from posemodels.errors import PoseModelsError

COMMANDS: dict[str, str] = {
    "train": "train a network as its configuration file says; resumes an interrupted run",
    "export": "write model.onnx, manifest.json and golden.bin",
    "evaluate": "measure the shipped models on held-out people and write the report",
    "ablate": "train and measure networks that differ in one thing each, and write what they show",
    "render": "draw procedural people",
    "squares": "prepare annotated photographs for the training of their parser",
    "parity": "compare an architecture with recorded outputs and intermediates",
    "people": "draw dressed people from the MakeHuman assets",
    "samples": "render the people whose photos the demo and the tests upload",
    "pairs": "render pairs of pictures of one person with exact correspondences",
    "poses": "write the pose library",
    "variants": "write faster builds of a model's graph for CPUs",
    "flops": "count what one run of an exported graph computes",
    "time": "run a generator for a benchmark that runs its exported graph beside it",
}


def main(argv: list[str] | None = None) -> int:
    """Runs one subcommand; 0 for success, 1 where the check it makes failed, 2 for bad input."""
    arguments = sys.argv[1:] if argv is None else argv
    parser = argparse.ArgumentParser(prog="python3 -m posemodels", description=__doc__)
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="|".join(COMMANDS))
    # Importing every command would import PyTorch even for `--help`: only the named one is loaded.
    named = next((argument for argument in arguments if argument in COMMANDS), None)
    for name, summary in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=summary, description=summary)
        if name == named:
            command = importlib.import_module(f"posemodels.commands.{name}")
            command.add_arguments(subparser)
            subparser.set_defaults(run=command.run)
    args = parser.parse_args(arguments)
    try:
        return int(args.run(args))
    except PoseModelsError as error:
        print(f"{parser.prog} {args.command}: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
