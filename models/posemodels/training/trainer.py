"""The training loop of a generator: resumable at any step, the same losses again for the same seed."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from posemodels.architectures.blocks.layers import initialize_for_short_training
from posemodels.architectures.registry import generator_architecture
from posemodels.data.dataset import PairBatch
from posemodels.errors import CheckpointError
from posemodels.evaluation.contact_sheet import contact_sheet, save_sheet
from posemodels.evaluation.metrics import l1, psnr, ssim
from posemodels.export.weights_back import ReadBack, read_back, settle_norms
from posemodels.training.adversaries import make_adversary
from posemodels.training.attention_watch import AttentionWatch, guidance_loss, limit_energies
from posemodels.training.checkpoint import load_weights, read_checkpoint, write_checkpoint
from posemodels.training.config import StageConfig, TrainingConfig, parse_training_config
from posemodels.training.ema import WeightAverage, estimate_norm_statistics
from posemodels.training.losses import GeneratorLoss, WeightedTerms
from posemodels.training.objectives import OBJECTIVES
from posemodels.training.optimizers import learning_rate, load_moments, make_optimizer, moments
from posemodels.training.pair_source import PairSource, pair_source
from posemodels.training.pairs import foreground, judged
from posemodels.training.parallel import share_gradients

CHECKPOINT_FILE = "latest.pt"
LOG_FILE = "log.jsonl"
_STATISTICS_BATCHES = 12


class Trainer:
    """One run in one folder: `latest.pt`, `log.jsonl`, `sheets/`."""

    def __init__(self, config: TrainingConfig, run_dir: Path, pairs: PairSource | None = None, rank: int = 0) -> None:
        """
        :param pairs: what to train on; by default what the configuration names, where that needs no folder.
        :param rank: which of the run's processes this is; each draws pairs of its own, the first one writes.
        """
        torch.set_num_threads(config.run.threads)
        torch.manual_seed(config.run.seed)
        self.config = config
        self.run_dir = run_dir
        self.writes = rank == 0
        self.device = torch.device(config.run.device)
        self.pairs = pairs or pair_source(config.data, config.run.seed + rank)
        architecture = generator_architecture(config.architecture)
        self.network_config = architecture.config(**config.network)
        self.inputs = architecture.inputs(self.network_config)
        self.generator = architecture.build(self.network_config)
        if config.initialization == "kaiming":
            initialize_for_short_training(self.generator, config.attention_gain)
        self.generator.to(self.device).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.average = WeightAverage(self.generator, config.optimizer.ema_decay)
        self.optimizer = make_optimizer(self.generator, config.optimizer)
        self.loss = GeneratorLoss(config.loss)
        self.watch = AttentionWatch(self.generator) if config.loss.guidance or config.optimizer.energy_limit else None
        self.auxiliary = (
            WeightedTerms(architecture.auxiliary_loss(self.network_config), config.loss.auxiliary)
            if architecture.auxiliary_loss is not None
            else None
        )
        self.adversary = make_adversary(config, self.network_config, self.inputs, self.device)
        self.started_from: str | None = None
        """The model whose weights the run began with."""
        self.step = 0
        self.samples = 0
        self._seconds_before = 0.0
        self._started = time.monotonic()

    @property
    def finished(self) -> bool:
        return self.samples >= self.config.samples

    def start_from(self, folder: Path) -> ReadBack:
        """Begins with the weights of a model folder of the same network; for a run that has not begun yet.

        Raises CheckpointError where the folder holds another network.
        """
        stage = self.config.stages[0]
        back = read_back(self.generator, folder)
        batches = (self.pairs.batch(at, stage) for at in range(_STATISTICS_BATCHES))
        learnt = (OBJECTIVES[self.config.objective](batch) for batch in batches)
        settle_norms(self.generator, (inputs for batch in learnt for inputs in self._inputs(batch)))
        self.average = WeightAverage(self.generator, self.config.optimizer.ema_decay)
        self.started_from = back.model
        return back

    def resume(self) -> bool:
        """Takes up the folder's checkpoint; False where there is none. The configuration may have changed since,
        as long as the network has not."""
        path = self.run_dir / CHECKPOINT_FILE
        if not path.exists():
            return False
        state = read_checkpoint(path)
        progress = json.loads(state["progress"])
        made_by = parse_training_config(progress["config"])
        if (made_by.architecture, made_by.network) != (self.config.architecture, self.config.network):
            raise CheckpointError(
                f"{path} is of another network; take another folder or the configuration it was made by"
            )
        load_weights(self.generator, state["generator"])
        load_weights(self.average.module, state["average"])
        load_moments(self.optimizer, state["optimizer"])
        if self.adversary is not None and state["adversary"] is not None:
            self.adversary.load(state["adversary"])
        torch.set_rng_state(state["random"])
        self.step, self.samples = progress["step"], progress["samples"]
        self.started_from = progress.get("started_from")
        self._seconds_before = progress["seconds"]
        return True

    def save(self) -> None:
        """Writes the checkpoint atomically. Numbers travel as JSON text: the restricted unpickler knows no floats."""
        progress = {
            "config": self.config.as_dict(),
            "step": self.step,
            "samples": self.samples,
            "seconds": round(self.seconds, 1),
            "started_from": self.started_from,
        }
        content: dict[str, Any] = {
            "progress": json.dumps(progress),
            "generator": self.generator.state_dict(),
            "average": self.average.module.state_dict(),
            "optimizer": moments(self.optimizer),
            "adversary": None if self.adversary is None else self.adversary.state(),
            "random": torch.get_rng_state(),
        }
        write_checkpoint(content, self.run_dir / CHECKPOINT_FILE)

    @property
    def seconds(self) -> float:
        """Training time so far, earlier runs included."""
        return self._seconds_before + time.monotonic() - self._started

    def train(self) -> None:
        """Runs to the end of the last stage, logging, evaluating and saving on the way."""
        run = self.config.run
        logged = saved = evaluated = time.monotonic()
        samples_logged = self.samples
        while not self.finished:
            losses = self.train_step()
            if not self.writes:
                continue
            now = time.monotonic()
            if now - logged >= run.log_seconds:
                rate = (self.samples - samples_logged) / (now - logged)
                self.log("train", samples_per_second=round(rate, 2), **losses)
                logged, samples_logged = now, self.samples
            if now - saved >= run.checkpoint_seconds:
                self.save()
                saved = time.monotonic()
            if now - evaluated >= run.evaluate_seconds:
                self.evaluate()
                evaluated = time.monotonic()
        if self.writes:
            self.evaluate()
            self.save()

    def train_step(self) -> dict[str, float]:
        """One batch through the generator and, where there is one, the adversary; returns the losses."""
        stage = self.config.stage_at(self.samples)
        pairs = self.pairs.batch(self.step, stage, stage.batch // self.config.run.processes)
        batch = OBJECTIVES[self.config.objective](pairs).to(self.device)
        for group in self.optimizer.param_groups:
            group["lr"] = self.learning_rate()
        self.generator.train()
        traced: dict[str, Tensor] = {}
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.config.run.bfloat16):
            generated = self.generator(*self.inputs.of(batch).values(), **self._tracing(traced))
        generated = judged(generated.float(), batch)
        total, parts = self.loss(generated, batch.target_image, foreground(batch))
        if self.auxiliary is not None:
            extra, extra_parts = self.auxiliary(traced, batch)
            total, parts = total + extra, parts | extra_parts
        if self.watch is not None and self.config.loss.guidance:
            parts["guidance"] = guidance_loss(self.watch, batch)
            total = total + self.config.loss.guidance * parts["guidance"]
        if self.adversary is not None:
            parts["adversarial"] = self.adversary.generator_loss(generated, batch)
            total = total + self.config.loss.adversarial * parts["adversarial"]
        self.optimizer.zero_grad(set_to_none=True)
        total.backward()
        share_gradients(self.generator)
        nn.utils.clip_grad_norm_(self.generator.parameters(), self.config.optimizer.gradient_clip)
        self.optimizer.step()
        if self.watch is not None:
            if self.config.optimizer.energy_limit:
                limit_energies(self.watch, self.config.optimizer.energy_limit)
            self.watch.clear()
        if self.adversary is not None:
            parts["discriminators"] = self.adversary.update(generated, batch, self.learning_rate())
        self.average.update(self.generator, self.step)
        self.step += 1
        self.samples += stage.batch
        return {"loss": total.item()} | {name: part.item() for name, part in parts.items()}

    def learning_rate(self) -> float:
        """Linear warm-up over steps, then constant, then half a cosine over the last part of the samples."""
        return learning_rate(self.config.optimizer, self.step, self.samples / self.config.samples)

    @torch.no_grad()
    def evaluate(self) -> dict[str, float]:
        """Measures the averaged weights on held-out pairs at the stage's size, logs the figures and saves a sheet."""
        stage = self.config.stage_at(self.samples)
        network = self.averaged_generator(stage)
        batch = self.pairs.held_out(self.config.run.evaluation_pairs, stage)
        generated = judged(torch.cat([network(*inputs).cpu() for inputs in self._inputs(batch)]), batch)
        similarity, copied = ssim(generated, batch.target_image), ssim(batch.source_image, batch.target_image)
        figures = {
            "ssim": similarity.mean().item(),
            "ssim_of_copy": copied.mean().item(),
            "ratio": ((1 - similarity.mean()) / (1 - copied.mean())).item(),
            "psnr": psnr(generated, batch.target_image).mean().item(),
            "l1": l1(generated, batch.target_image).mean().item(),
        }
        self.log("evaluate", height=stage.height, width=stage.width, pairs=len(generated), **figures)
        shown = slice(0, 16)
        sheet = contact_sheet(
            batch.source_image[shown], batch.target_keypoints[shown], generated[shown], batch.target_image[shown]
        )
        save_sheet(sheet, self.run_dir / "sheets" / f"{self.samples:08d}.png")
        return figures

    def averaged_generator(self, stage: StageConfig) -> nn.Module:
        """The averaged weights with batch norm statistics of their own."""
        batches = (self.pairs.batch(self.step + at, stage, 16) for at in range(_STATISTICS_BATCHES))
        random = torch.get_rng_state()
        estimate_norm_statistics(self.average.module, (next(self._inputs(batch)) for batch in batches))
        torch.set_rng_state(random)
        return self.average.module

    def _tracing(self, traced: dict[str, Tensor]) -> dict[str, Any]:
        """Intermediates are collected only where a loss reads them."""
        return {} if self.auxiliary is None else {"trace": traced.__setitem__}

    def _inputs(self, batch: PairBatch) -> Iterator[tuple[Tensor, ...]]:
        for chunk in zip(*(column.split(16) for column in self.inputs.of(batch).values())):
            yield tuple(part.to(self.device, memory_format=torch.channels_last) for part in chunk)

    def log(self, kind: str, **figures: float) -> None:
        """Appends one JSON line and prints it."""
        line: dict[str, Any] = {"kind": kind, "samples": self.samples, "step": self.step}
        line |= {"minutes": round(self.seconds / 60, 2), "learning_rate": round(self.learning_rate(), 7)}
        line |= {name: round(value, 5) for name, value in figures.items()}
        self.run_dir.mkdir(parents=True, exist_ok=True)
        with (self.run_dir / LOG_FILE).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)
