"""`train`: runs a configuration file in a run folder, taking up where an earlier run stopped."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from posemodels.training.config import TrainingConfig, read_toml, read_training_config

RUNS = Path(__file__).resolve().parents[2] / "runs"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("config", type=Path, help="a file of configs/")
    parser.add_argument("--run-dir", type=Path, help="default: runs/<name of the configuration>")
    parser.add_argument("--pairs", type=Path, default=RUNS / "pairs", help="rendered pairs: folders train and held-out")
    parser.add_argument(
        "--start-from",
        type=Path,
        metavar="FOLDER",
        help="of a generator: begin with the weights of this model folder, where the run has no checkpoint yet",
    )
    parser.add_argument("--restart", action="store_true", help="ignore the run folder's checkpoint")
    parser.add_argument("--dry-run", action="store_true", help="print the resolved configuration and stop")


def run(args: argparse.Namespace) -> int:
    run_dir = args.run_dir or RUNS / args.config.stem
    content = read_toml(args.config)
    if content.get("kind") == "layout":
        return _train_layout(content, run_dir, args)
    if content.get("kind") == "person-parsing":
        return _train_parser(content, run_dir, args)
    if str(content.get("kind", "")).startswith("flow-"):
        return _train_flow_transfer(content, run_dir, args)
    if "kind" in content:
        return _train_perception(content, run_dir, args)
    config = read_training_config(args.config)
    print(json.dumps(config.as_dict()))
    if args.dry_run:
        return 0
    from posemodels.training.parallel import run_processes

    run_dir.mkdir(parents=True, exist_ok=True)
    (run_dir / "config.json").write_text(json.dumps(config.as_dict(), indent=2) + "\n", encoding="utf-8")
    run_processes(config.run.processes, partial(_train_generator, config, run_dir, args))
    return 0


def _train_generator(config: TrainingConfig, run_dir: Path, args: argparse.Namespace, rank: int) -> None:
    from posemodels.training.pair_source import pair_source
    from posemodels.training.trainer import Trainer

    trainer = Trainer(config, run_dir, pair_source(config.data, config.run.seed + rank, args.pairs), rank)
    news = None
    if not args.restart and trainer.resume():
        news = f"resumed after {trainer.samples} samples"
    elif args.start_from is not None:
        back = trainer.start_from(args.start_from)
        news = f"begun with the weights of {back.model}; not in it: {', '.join(back.left) or 'nothing'}"
    if news is not None and trainer.writes:
        print(news, flush=True)
    trainer.train()


def _train_perception(content: dict[str, Any], run_dir: Path, args: argparse.Namespace) -> int:
    """The networks that read photos; their configurations say of which kind they are."""
    print(json.dumps(content))
    if not args.dry_run:
        from posemodels.training.perception import train

        train(content, run_dir, resume=not args.restart)
    return 0


def _train_parser(content: dict[str, Any], run_dir: Path, args: argparse.Namespace) -> int:
    from posemodels.training.person_parsing import ParserConfig, ParserTrainer

    config = ParserConfig.from_dict(content)
    print(json.dumps(asdict(config)), flush=True)
    if not args.dry_run:
        trainer = ParserTrainer(config, run_dir)
        if not args.restart and trainer.resume():
            print(f"resumed after {trainer.step} steps", flush=True)
        trainer.train()
    return 0


def _train_layout(content: dict[str, Any], run_dir: Path, args: argparse.Namespace) -> int:
    from posemodels.training.layout import LayoutTrainer, LayoutTrainingConfig

    config = LayoutTrainingConfig.parse(content)
    print(json.dumps(asdict(config)), flush=True)
    if not args.dry_run:
        trainer = LayoutTrainer(config, run_dir, args.pairs)
        if not args.restart and trainer.resume():
            print(f"resumed after {trainer.samples} samples")
        trainer.train()
    return 0


def _train_flow_transfer(content: dict[str, Any], run_dir: Path, args: argparse.Namespace) -> int:
    """The two networks of the generator for photographs."""
    from posemodels.training.flow_transfer.config import GEOMETRY, FlowTransferTraining
    from posemodels.training.flow_transfer.run import FlowTransferRun
    from posemodels.training.flow_transfer.task import Task

    config = FlowTransferTraining.parse(content)
    print(json.dumps(asdict(config)), flush=True)
    if args.dry_run:
        return 0
    folders = args.pairs / "train", args.pairs / "held-out"
    task: Task
    if config.kind == GEOMETRY:
        from posemodels.training.flow_transfer.geometry import GeometryTask

        task = GeometryTask(config, *folders)
    else:
        from posemodels.training.flow_transfer.color import ColorTask

        task = ColorTask(config, *folders, run_dir.parent / config.geometry_run)
    run = FlowTransferRun(config, task, run_dir)
    if not args.restart and run.resume():
        print(f"resumed after {run.samples} samples", flush=True)
    run.train()
    return 0
