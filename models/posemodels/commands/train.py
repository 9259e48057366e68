"""`train`: runs a configuration file in a run folder, taking up where an earlier run stopped."""

from __future__ import annotations

import argparse
import importlib
import json
from pathlib import Path

from posemodels.training.config import read_training_config

RUNS = Path(__file__).resolve().parents[2] / "runs"

PERCEPTION = ("keypoints", "parsing")
"""Configurations whose file name begins so train the networks that read photos."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("config", type=Path, help="a file of configs/")
    parser.add_argument("--run-dir", type=Path, help="default: runs/<name of the configuration>")
    parser.add_argument("--restart", action="store_true", help="ignore the run folder's checkpoint")
    parser.add_argument("--dry-run", action="store_true", help="print the resolved configuration and stop")


def run(args: argparse.Namespace) -> int:
    run_dir = args.run_dir or RUNS / args.config.stem
    if args.config.stem.startswith(PERCEPTION):
        perception = importlib.import_module("posemodels.training.perception")
        perception.train(args.config, run_dir, resume=not args.restart)
        return 0
    config = read_training_config(args.config)
    print(json.dumps(config.as_dict()))
    if args.dry_run:
        return 0
    from posemodels.training.trainer import Trainer

    trainer = Trainer(config, run_dir)
    if not args.restart and trainer.resume():
        print(f"resumed after {trainer.samples} samples")
    run_dir.mkdir(parents=True, exist_ok=True)
    (run_dir / "config.json").write_text(json.dumps(config.as_dict(), indent=2) + "\n", encoding="utf-8")
    trainer.train()
    return 0
