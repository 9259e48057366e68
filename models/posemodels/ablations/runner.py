"""Trains and measures the variants of an ablation, taking up where an earlier run stopped."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from posemodels.ablations.config import AblationConfig, Variant
from posemodels.ablations.results import find_result, write_result
from posemodels.evaluation.generator import TrainedGenerator, measure_versions
from posemodels.evaluation.protocol import Counts, Judges, Protocol
from posemodels.training.config import TrainingConfig
from posemodels.training.trainer import Trainer

_TIMED_STEPS = 3


def run_ablation(ablation: AblationConfig, runs: Path, results: Path, models: Path) -> None:
    """Trains every variant without a result of its configuration, and appends its figures to `results`.

    A result of the same configuration that another ablation left beside `results` is taken over: the design that is
    varied is often the same. runs: where the variants' training folders lie. models: the folder of the shipped
    perception models, the judges.
    """
    counts = Counts(pairs=ablation.pairs, each_pattern=ablation.each_pattern, others=ablation.others)
    protocol: Protocol | None = None
    for variant in ablation.variants:
        known = find_result(results, variant.digest, asdict(counts))
        if known is not None:
            print(f"{variant.name}: already measured", flush=True)
            write_result(results, known | {"variant": variant.name})
            continue
        trainer = Trainer(variant.config, runs / variant.name)
        if trainer.resume():
            print(f"{variant.name}: resumed after {trainer.samples} samples", flush=True)
        trainer.train()
        stage = variant.config.stages[-1]
        if protocol is None:
            protocol = Protocol((stage.height, stage.width), Judges(models), counts)
        write_result(results, _result(variant, trainer, protocol))


def tried(config: TrainingConfig, steps: int) -> TrainingConfig:
    """The same training, `steps` batches a stage long."""
    stages = tuple(replace(stage, samples=steps * stage.batch) for stage in config.stages)
    return replace(config, stages=stages)


def estimate_minutes(variant: Variant, folder: Path) -> float:
    """How long one core would train the variant, from a few steps of each stage in processor time."""
    seconds = 0.0
    for stage in variant.config.stages:
        trainer = Trainer(replace(variant.config, stages=(stage,)), folder)
        # A run renders a few new people a batch; the first batches render the whole window.
        batch = trainer.pairs.batch(0, stage)
        trainer.pairs.batch = lambda *_: batch  # type: ignore[method-assign, assignment]
        trainer.train_step()
        started = time.process_time()
        for _ in range(_TIMED_STEPS):
            trainer.train_step()
        seconds += (time.process_time() - started) / _TIMED_STEPS * stage.samples / stage.batch
    return seconds / 60


def _result(variant: Variant, trainer: Trainer, protocol: Protocol) -> dict[str, Any]:
    config = variant.config
    generator = TrainedGenerator(trainer.averaged_generator(config.stages[-1]), trainer.inputs, config.stages[-1].sigma)
    versions = measure_versions(generator, protocol, generator.draw(protocol.pairs))
    return {
        "variant": variant.name,
        "config_sha256": variant.digest,
        "architecture": config.architecture,
        "network": json.loads(json.dumps(dict(config.network))),
        "parameters": sum(parameter.numel() for parameter in trainer.generator.parameters()),
        "seed": config.run.seed,
        "samples": trainer.samples,
        "minutes": round(trainer.seconds / 60, 1),
        "height": protocol.size[0],
        "width": protocol.size[1],
        "pairs": len(protocol.pairs),
        "counts": asdict(protocol.counts),
        "figures": {
            version.value: {name: round(value, 5) for name, value in figures.items()}
            for version, figures in versions.items()
        },
    }
