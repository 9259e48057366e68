"""The training loop: resumable at any step, the same losses again for the same seed."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import nn

from posemodels.errors import CheckpointError
from posemodels.training.checkpoint import load_weights, read_checkpoint, write_checkpoint
from posemodels.training.ema import WeightAverage
from posemodels.training.flow_transfer.config import FlowTransferTraining
from posemodels.training.flow_transfer.task import Task
from posemodels.training.optimizers import learning_rate, load_moments, make_optimizer, moments
from posemodels.training.trainer import CHECKPOINT_FILE, LOG_FILE


class FlowTransferRun:
    """One run in one folder: `latest.pt`, `log.jsonl`."""

    def __init__(self, config: FlowTransferTraining, task: Task, run_dir: Path) -> None:
        self.config, self.task, self.run_dir = config, task, run_dir
        self.average = WeightAverage(task.network, config.optimizer.ema_decay)
        self.optimizer = make_optimizer(task.network, config.optimizer)
        self.step = 0
        self.samples = 0
        self._seconds_before = 0.0
        self._started = time.monotonic()

    @property
    def finished(self) -> bool:
        return self.samples >= self.config.samples

    @property
    def seconds(self) -> float:
        """Training time so far, earlier starts included."""
        return self._seconds_before + time.monotonic() - self._started

    def resume(self) -> bool:
        """Takes up the folder's checkpoint; False where there is none. Raises CheckpointError where it is of another
        network."""
        path = self.run_dir / CHECKPOINT_FILE
        if not path.exists():
            return False
        state = read_checkpoint(path)
        progress = json.loads(state["progress"])
        made_by = FlowTransferTraining.parse(progress["config"])
        if (made_by.kind, made_by.network) != (self.config.kind, self.config.network):
            raise CheckpointError(f"{path} is of another network; take another folder or its own configuration")
        load_weights(self.task.network, state["network"])
        load_weights(self.average.module, state["average"])
        load_moments(self.optimizer, state["optimizer"])
        self.task.load(state["beside"])
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
        content: dict[str, Any] = {
            "progress": json.dumps(progress),
            "network": self.task.network.state_dict(),
            "average": self.average.module.state_dict(),
            "optimizer": moments(self.optimizer),
            "beside": self.task.state(),
        }
        write_checkpoint(content, self.run_dir / CHECKPOINT_FILE)

    def train(self) -> None:
        """Runs to the last sample, logging, evaluating and saving on the way."""
        run = self.config.run
        logged = saved = evaluated = time.monotonic()
        samples_logged, figures = self.samples, _Means()
        while not self.finished:
            figures.add(self.train_step())
            now = time.monotonic()
            if now - logged >= run.log_seconds:
                rate = (self.samples - samples_logged) / (now - logged)
                self._log("train", samples_per_second=rate, **figures.taken())
                logged, samples_logged = now, self.samples
            if now - saved >= run.checkpoint_seconds:
                self.save()
                saved = time.monotonic()
            if now - evaluated >= run.evaluate_seconds:
                self.evaluate()
                evaluated = time.monotonic()
        self.evaluate()
        self.save()

    def train_step(self) -> dict[str, float]:
        """One batch; returns the parts of its loss."""
        config = self.config
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate(config.optimizer, self.step, self.samples / config.samples)
        self.task.network.train()
        loss, parts = self.task.loss(self.step)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.task.network.parameters(), config.optimizer.gradient_clip)
        self.optimizer.step()
        parts |= self.task.after_step(self.step)
        self._average()
        self.step += 1
        self.samples += config.batch
        return {"loss": loss.item()} | parts

    @torch.no_grad()
    def evaluate(self) -> dict[str, float]:
        """Measures the averaged weights on held-out pairs and logs the figures."""
        figures = self.task.measure(self.average.module)
        self._log("evaluate", **figures)
        return figures

    @torch.no_grad()
    def _average(self) -> None:
        """Of weights and of the norms' statistics, so that the average can be used at any step."""
        self.average.update(self.task.network, self.step)
        decay = min(self.average.decay, (1 + self.step) / (10 + self.step))
        for average, value in zip(self.average.module.buffers(), self.task.network.buffers()):
            if average.is_floating_point():
                average.lerp_(value, 1 - decay)

    def _log(self, kind: str, **figures: float) -> None:
        """Appends one JSON line and prints it."""
        line: dict[str, Any] = {"kind": kind, "samples": self.samples, "step": self.step}
        line |= {"minutes": round(self.seconds / 60, 2)}
        line |= {name: round(value, 5) for name, value in figures.items()}
        self.run_dir.mkdir(parents=True, exist_ok=True)
        with (self.run_dir / LOG_FILE).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)


class _Means:
    """Of figures over the steps since they were last taken."""

    def __init__(self) -> None:
        self._seen: list[dict[str, float]] = []

    def add(self, figures: dict[str, float]) -> None:
        self._seen.append(figures)

    def taken(self) -> dict[str, float]:
        seen, self._seen = self._seen, []
        return {name: sum(one[name] for one in seen) / len(seen) for name in (seen[-1] if seen else {})}
