"""Training of the layout network on rendered pairs: resumable at any step, the same losses again for the same seed."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from posemodels.architectures.layout.layout_net import STRIDE, LayoutNet
from posemodels.data.heatmaps import gaussian_maps
from posemodels.data.labels import EIGHT_LABELS
from posemodels.data.layout_noise import LayoutNoise, LayoutPairs, disturbed
from posemodels.errors import ConfigError
from posemodels.evaluation.segmentation import confusion, intersection_over_union
from posemodels.training.checkpoint import load_weights, read_checkpoint, write_checkpoint
from posemodels.training.config import (
    DataConfig,
    OptimizerConfig,
    RunConfig,
    StageConfig,
    build_run_config,
    stage_at,
)
from posemodels.training.ema import WeightAverage, estimate_norm_statistics
from posemodels.training.optimizers import learning_rate, load_moments, make_optimizer, moments
from posemodels.training.pair_source import PairSource, pair_source
from posemodels.training.perception import parsing_loss
from posemodels.training.trainer import CHECKPOINT_FILE, LOG_FILE

KIND = "layout"
_STATISTICS_BATCHES = 24
_STEP_PRIME = 1_000_003


@dataclass(frozen=True, kw_only=True)
class LayoutTrainingConfig:
    """Everything that decides a run. Raises ConfigError for what makes no sense."""

    kind: str = KIND
    stages: tuple[StageConfig, ...]
    data: DataConfig = field(default_factory=DataConfig)
    noise: LayoutNoise = field(default_factory=LayoutNoise)
    optimizer: OptimizerConfig = field(default_factory=OptimizerConfig)
    run: RunConfig = field(default_factory=RunConfig)

    def __post_init__(self) -> None:
        if self.kind != KIND:
            raise ConfigError(f"kind must be {KIND!r}, got {self.kind!r}")
        if not self.stages:
            raise ConfigError("at least one stage is needed")
        if any(stage.height % STRIDE or stage.width % STRIDE for stage in self.stages):
            raise ConfigError(f"height and width of every stage must be multiples of {STRIDE}")
        if self.run.processes != 1:
            raise ConfigError(f"this network is trained by one process, not {self.run.processes}")

    @property
    def samples(self) -> int:
        """Pairs seen in the whole run."""
        return sum(stage.samples for stage in self.stages)

    @staticmethod
    def parse(content: Mapping[str, Any]) -> LayoutTrainingConfig:
        """From TOML-like data; raises ConfigError for unknown names and impossible values."""
        parts = {"data": DataConfig, "noise": LayoutNoise, "optimizer": OptimizerConfig, "run": RunConfig}
        return build_run_config(LayoutTrainingConfig, parts, content)


class LayoutTrainer:
    """One run in one folder: `latest.pt`, `log.jsonl`."""

    def __init__(self, config: LayoutTrainingConfig, run_dir: Path, pairs: Path | None = None) -> None:
        """pairs: folder of rendered ones, where the configuration asks for them."""
        torch.set_num_threads(config.run.threads)
        torch.manual_seed(config.run.seed)
        self.config = config
        self.run_dir = run_dir
        self.pairs = pair_source(config.data, config.run.seed, pairs)
        self.network = LayoutNet().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.average = WeightAverage(self.network, config.optimizer.ema_decay)
        self.optimizer = make_optimizer(self.network, config.optimizer)
        self.step = 0
        self.samples = 0
        self._seconds_before = 0.0
        self._started = time.monotonic()

    @property
    def finished(self) -> bool:
        return self.samples >= self.config.samples

    @property
    def seconds(self) -> float:
        """Training time so far, earlier runs included."""
        return self._seconds_before + time.monotonic() - self._started

    def resume(self) -> bool:
        """Takes up the folder's checkpoint; False where there is none."""
        path = self.run_dir / CHECKPOINT_FILE
        if not path.exists():
            return False
        state = read_checkpoint(path)
        progress = json.loads(state["progress"])
        load_weights(self.network, state["network"])
        load_weights(self.average.module, state["average"])
        load_moments(self.optimizer, state["optimizer"])
        self.step, self.samples = progress["step"], progress["samples"]
        self._seconds_before = progress["seconds"]
        return True

    def save(self) -> None:
        """Writes the checkpoint atomically. Numbers travel as JSON text: the restricted unpickler knows no floats."""
        progress = {
            "config": asdict(self.config),
            "step": self.step,
            "samples": self.samples,
            "seconds": round(self.seconds, 1),
        }
        content = {
            "progress": json.dumps(progress),
            "network": self.network.state_dict(),
            "average": self.average.module.state_dict(),
            "optimizer": moments(self.optimizer),
        }
        write_checkpoint(content, self.run_dir / CHECKPOINT_FILE)

    def train(self) -> None:
        """Runs to the end of the last stage, logging, evaluating and saving on the way."""
        run = self.config.run
        logged = saved = evaluated = time.monotonic()
        samples_logged = self.samples
        while not self.finished:
            loss = self.train_step()
            now = time.monotonic()
            if now - logged >= run.log_seconds:
                self._log("train", loss=loss, samples_per_second=(self.samples - samples_logged) / (now - logged))
                logged, samples_logged = now, self.samples
            if now - saved >= run.checkpoint_seconds:
                self.save()
                saved = time.monotonic()
            if now - evaluated >= run.evaluate_seconds:
                self.evaluate()
                evaluated = time.monotonic()
        self.evaluate()
        self.save()

    def train_step(self) -> float:
        """One batch; returns its loss."""
        config = self.config
        stage = stage_at(config.stages, self.samples)
        pairs = disturbed_pairs(self.pairs, self.step, stage, config)
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate(config.optimizer, self.step, self.samples / config.samples)
        self.network.train()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=config.run.bfloat16):
            scores = self.network(*network_inputs(pairs, stage.sigma))
        loss = parsing_loss(scores.float(), pairs.target_labels)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), config.optimizer.gradient_clip)
        self.optimizer.step()
        self.average.update(self.network, self.step)
        self.step += 1
        self.samples += stage.batch
        return loss.item()

    @torch.no_grad()
    def evaluate(self) -> float:
        """Mean IoU of the averaged weights on held-out pairs with true labels and joints, at the stage's size."""
        stage = stage_at(self.config.stages, self.samples)
        settle_norms(self.average.module, self.pairs, self.step, stage, self.config)
        batch = self.pairs.held_out(self.config.run.evaluation_pairs, stage)
        scores = self.average.module(*network_inputs(LayoutPairs.of(batch), stage.sigma))
        iou = intersection_over_union(confusion(scores.argmax(1), batch.target_labels))
        self._log("evaluate", height=stage.height, width=stage.width, miou=float(iou.nanmean()))
        return float(iou.nanmean())

    def _log(self, kind: str, **figures: float) -> None:
        """Appends one JSON line and prints it."""
        line: dict[str, Any] = {"kind": kind, "samples": self.samples, "step": self.step}
        line |= {"minutes": round(self.seconds / 60, 2)}
        line |= {name: round(value, 5) for name, value in figures.items()}
        self.run_dir.mkdir(parents=True, exist_ok=True)
        with (self.run_dir / LOG_FILE).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)


def disturbed_pairs(source: PairSource, step: int, stage: StageConfig, config: LayoutTrainingConfig) -> LayoutPairs:
    """What the network is trained on at a step; it depends on the seed and the step alone."""
    random = torch.Generator().manual_seed(config.run.seed * _STEP_PRIME + step)
    return disturbed(LayoutPairs.of(source.batch(step, stage)), config.noise, random)


def network_inputs(pairs: LayoutPairs, sigma: float) -> tuple[Tensor, Tensor, Tensor]:
    """Source labels, source pose and target pose as the network takes them; sigma of the pose maps in pixels."""
    _, height, width = pairs.source_labels.shape
    return (
        EIGHT_LABELS.one_hot(pairs.source_labels),
        gaussian_maps(pairs.source_keypoints, (height, width), sigma),
        gaussian_maps(pairs.target_keypoints, (height, width), sigma),
    )


def settle_norms(
    network: nn.Module, source: PairSource, step: int, stage: StageConfig, config: LayoutTrainingConfig
) -> None:
    """Gives averaged weights batch norm statistics of their own, from what is trained on from a step on."""

    def batches() -> Iterator[tuple[Tensor, ...]]:
        for at in range(step, step + _STATISTICS_BATCHES):
            yield network_inputs(disturbed_pairs(source, at, stage, config), stage.sigma)

    estimate_norm_statistics(network, batches())
