"""Training of the parser for photographs on prepared person squares."""

from __future__ import annotations

import copy
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from posemodels.architectures.perception.person_parser import PersonParser
from posemodels.data.photographs.annotation import AnnotatedFolder
from posemodels.data.photographs.parser_batches import ParserBatches
from posemodels.data.photographs.square_pool import open_variants
from posemodels.errors import ConfigError
from posemodels.evaluation.photographs.confusion import confusion, measured_iou
from posemodels.training.muon import Muon
from posemodels.training.parsing_losses import parser_loss

_WARM_UP = 50


@dataclass(frozen=True)
class ParserConfig:
    """Settings of a run; unknown names in a configuration file are refused."""

    kind: str
    photos: str
    """Folder of the annotated photos."""
    squares: str
    """Folder that `python3 -m posemodels squares` wrote for them."""
    features: tuple[str, ...]
    """Names of the landmark network's activations, by ascending stride."""
    widths: tuple[int, int, int, int] = (32, 64, 96, 144)
    steps: int = 3000
    decay_steps: int = 1000
    """The learning rate is constant until so many steps are left, then falls to zero in a line."""
    batch: int = 16
    window: int = 128
    """Width of the part of a square that most steps see; each fourth step sees half as many whole squares."""
    learning_rate: float = 2e-3
    weight_decay: float = 1e-2
    average: float = 0.995
    held_out: int = 80
    """Photos at the end of the folder that are measured, never trained on."""
    seed: int = 1
    threads: int = 2
    save_every: int = 100
    measure_every: int = 300

    def __post_init__(self) -> None:
        counts = (self.steps, self.batch, self.threads, self.save_every, self.measure_every, self.held_out)
        if min(counts) < 1 or not 0 <= self.decay_steps <= self.steps:
            raise ValueError("steps, batch, threads, held_out, save_every and measure_every must be positive")
        if self.window % 16 or self.window < 16 or len(self.widths) != 4:
            raise ValueError(f"window must be a multiple of 16 and widths four, got {self.window} and {self.widths}")

    @staticmethod
    def from_dict(config: Mapping[str, Any]) -> ParserConfig:
        """:raises ConfigError: a setting is unknown or makes no sense."""
        unknown = set(config) - {field.name for field in fields(ParserConfig)}
        if unknown:
            raise ConfigError(f"unknown settings: {', '.join(sorted(unknown))}")
        try:
            return ParserConfig(**{k: tuple(v) if isinstance(v, list) else v for k, v in config.items()})
        except (TypeError, ValueError) as error:
            raise ConfigError(str(error)) from error

    def rate(self, step: int) -> float:
        left = (self.steps - step) / max(1, self.decay_steps)
        return self.learning_rate * min(1.0, (step + 1) / _WARM_UP, left)


class ParserTrainer:
    """One run: `checkpoint.pt` and `log.csv` in its folder; the same seed gives the same batches, resumed or not."""

    def __init__(self, config: ParserConfig, run_dir: Path) -> None:
        self.config, self.run_dir = config, run_dir
        torch.set_num_threads(config.threads)
        torch.manual_seed(config.seed)
        photos = AnnotatedFolder.open(Path(config.photos))
        variants = open_variants(Path(config.squares))
        absent = [name for name in config.features if name not in variants[0]]
        if absent:
            raise ConfigError(f"the prepared squares have no {', '.join(absent)}")
        self.batches = ParserBatches(variants, photos.table, config.features)
        self.photos = len(photos.photos) - config.held_out
        maps = [variants[0][name].shape for name in config.features]
        self.channels = {self.batches.size // shape[-1]: int(shape[1]) for shape in maps}
        self.network = PersonParser(self.channels, config.widths)
        self.network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.average = copy.deepcopy(self.network).eval().requires_grad_(False)
        self.optimizer = Muon(self.network.parameters(), config.learning_rate)
        self.step = 0
        self.seconds = 0.0

    @property
    def checkpoint(self) -> Path:
        return self.run_dir / "checkpoint.pt"

    def resume(self) -> bool:
        """Takes up where an earlier run stopped; False where there is none."""
        if not self.checkpoint.exists():
            return False
        state = torch.load(self.checkpoint, map_location="cpu")
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.seconds = state["step"], state["seconds"]
        return True

    def train(self) -> None:
        """Until `steps`; a checkpoint's `average` entry holds the weights to use."""
        self.run_dir.mkdir(parents=True, exist_ok=True)
        started, running = time.monotonic() - self.seconds, 0.0
        with (self.run_dir / "log.csv").open("a" if self.step else "w", encoding="utf-8") as log:
            if not self.step:
                print("step,loss,miou,seconds", file=log, flush=True)
            while self.step < self.config.steps:
                running += self._advance()
                self.seconds = time.monotonic() - started
                if self.step % self.config.save_every == 0 or self.step == self.config.steps:
                    self._save()
                    measure = self.step % self.config.measure_every == 0 or self.step == self.config.steps
                    miou = f"{self.measure():.4f}" if measure else ""
                    print(f"{self.step},{running / self.config.save_every:.4f},{miou},{self.seconds:.0f}", file=log)
                    log.flush()
                    running = 0.0

    def measure(self) -> float:
        """Mean IoU of the averaged network on the photos held out, in the squares."""
        counts = np.zeros((1, 1), np.int64)
        rows = range(self.photos, self.photos + self.config.held_out)
        with torch.no_grad():
            for at in range(0, len(rows), 8):
                batch = self.batches.plain(rows[at : at + 8])
                found = self._scores(self.average, batch.inputs).argmax(1)
                counts = counts + confusion(batch.labels.numpy(), found.numpy())
        return float(np.nanmean(list(measured_iou(counts).values())))

    def _advance(self) -> float:
        rng = np.random.default_rng([self.config.seed, self.step])
        torch.manual_seed(self.config.seed * 1_000_003 + self.step)
        whole = self.step % 4 == 3
        count, width = (self.config.batch // 2, self.batches.size) if whole else (self.config.batch, self.config.window)
        batch = self.batches.drawn(rng, max(count, 1), self.photos, width)
        rate = self.config.rate(self.step)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.network.train()
        loss = parser_loss(self._scores(self.network, batch.inputs), batch.labels)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        with torch.no_grad():
            for weight in self.network.parameters():
                if weight.ndim > 1:
                    weight.mul_(1 - rate * self.config.weight_decay)
        self.optimizer.step()
        self.step += 1
        self._follow(min(self.config.average, self.step / (self.step + 10)))
        return float(loss.detach())

    @staticmethod
    def _scores(network: nn.Module, inputs: tuple[Tensor, ...]) -> Tensor:
        arranged = [value.contiguous(memory_format=torch.channels_last) for value in inputs]
        with torch.cpu.amp.autocast(dtype=torch.bfloat16):
            scores: Tensor = network(*arranged)
        return scores.float()

    @torch.no_grad()
    def _follow(self, decay: float) -> None:
        pairs = zip(self.average.state_dict().values(), self.network.state_dict().values(), strict=True)
        for slow, fast in pairs:
            if slow.dtype.is_floating_point:
                slow.lerp_(fast, 1 - decay)
            else:
                slow.copy_(fast)

    def _save(self) -> None:
        partial = self.checkpoint.with_suffix(".partial")
        state = {
            "kind": self.config.kind,
            "features": self.channels,
            "feature_names": list(self.config.features),
            "widths": list(self.config.widths),
            "batch": self.config.batch,
            "step": self.step,
            "seconds": self.seconds,
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
        }
        torch.save(state, partial)
        os.replace(partial, self.checkpoint)
