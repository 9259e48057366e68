"""Training of the colour network on top of a geometry network that stays as it is.

Tensor names end in the letters of their axes: B batch, L labels, H and W height and width, h and w half of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.flow_transfer.color_net import Carried, ColorNet, carry
from posemodels.architectures.flow_transfer.config import LABELS
from posemodels.data.render_pairs.framed_pairs import FramedPairs
from posemodels.data.render_pairs.framing import framed
from posemodels.data.render_pairs.framing_config import EXACT, FramingConfig
from posemodels.data.render_pairs.stream import PairStream
from posemodels.evaluation.transfer_figures import ColorFigures, person_mask
from posemodels.training.flow_transfer.config import GEOMETRY, HEIGHT, WIDTH, FlowTransferTraining
from posemodels.training.flow_transfer.geometry import geometry_inputs
from posemodels.training.flow_transfer.patch_critic import PatchCritic
from posemodels.training.flow_transfer.perceptual import PerceptualFeatures, find_features, perceptual_distance
from posemodels.training.flow_transfer.restored import restore

_SIZE = HEIGHT, WIDTH
_HALF = HEIGHT // 2, WIDTH // 2
_STEP_PRIME = 1_000_003
_TRUE_FLOW = 0.6
"""Share of pairs whose pixels are carried by the true flow: they teach to keep what is carried, the others to doubt."""
_CHUNK = 8


@dataclass(frozen=True)
class ColorInputs:
    """What the colour network is given, in the order of its `forward`."""

    carried: Carried
    target_labels_BLhw: Tensor
    target_pose: Tensor
    source_image: Tensor
    source_parsing: Tensor

    def fed_to(self, network: nn.Module) -> Tensor:
        painted: Tensor = network(
            self.carried, self.target_labels_BLhw, self.target_pose, self.source_image, self.source_parsing
        )
        return painted


class ColorTask:
    """Learns to paint targets."""

    def __init__(self, config: FlowTransferTraining, pairs: Path, held_out: Path, geometry_run: Path) -> None:
        """geometry_run: folder of the run whose geometry is used; it is read when a run starts."""
        torch.set_num_threads(config.run.threads)
        torch.manual_seed(config.run.seed)
        self.config = config
        self.network: nn.Module = ColorNet(config.network).to(
            memory_format=torch.channels_last  # type: ignore[call-overload]
        )
        self._geometry = restore(geometry_run, GEOMETRY).network
        self._features: PerceptualFeatures | None = find_features() if config.loss.perceptual else None
        self._critic = PatchCritic() if config.loss.adversarial else None
        self._seen: _Judged | None = None
        self._pairs, self._held_out = PairStream(pairs), PairStream(held_out)

    def loss(self, step: int) -> tuple[Tensor, dict[str, float]]:
        config = self.config
        random = torch.Generator().manual_seed(config.run.seed * _STEP_PRIME + step)
        raw = self._pairs.pairs(self._pairs.random_indices(config.run.seed, step, config.batch), images=True)
        batch = framed(raw, FramingConfig(), _SIZE, _HALF, random)
        true_flow_B = torch.rand(config.batch, generator=random) < _TRUE_FLOW
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=config.run.bfloat16):
            inputs = color_inputs(self._geometry, batch, true_flow_B)
            painted = inputs.fed_to(self.network)
            parts = self._parts(painted.float(), batch)
        if self._critic is not None:
            self._seen = judged(painted.float(), batch)
            parts["adversarial"] = self._critic.painters_loss(self._seen.painted, self._seen.labels_BLHW)
        total = torch.stack([getattr(config.loss, name) * part for name, part in parts.items()]).sum()
        return total, {name: part.item() for name, part in parts.items()}

    def _parts(self, painted: Tensor, batch: FramedPairs) -> dict[str, Tensor]:
        assert batch.target_image is not None
        person = person_mask(batch)
        unseen = F.interpolate((~batch.visible).float()[:, None], scale_factor=2.0, mode="nearest")
        weight = person * (1 + (self.config.loss.unseen - 1) * unseen)
        off = (painted - batch.target_image).abs().mean(dim=1, keepdim=True)
        parts = {"pixel": (off * weight).sum() / weight.sum().clamp_min(1)}
        if self._features is not None:
            with torch.no_grad():
                wanted = self._features(batch.target_image * person)
            parts["perceptual"] = perceptual_distance(self._features(painted * person), wanted).mean()
        return parts

    def after_step(self, step: int) -> dict[str, float]:
        if self._critic is None or self._seen is None:
            return {}
        return {"critic": self._critic.learn(self._seen.painted, self._seen.true, self._seen.labels_BLHW)}

    def measure(self, network: nn.Module) -> dict[str, float]:
        return measure_color(network, self._geometry, self._held_out, self.config.run.evaluation_pairs)

    def state(self) -> dict[str, Any] | None:
        return None if self._critic is None else self._critic.state()

    def load(self, state: dict[str, Any] | None) -> None:
        if self._critic is not None and state is not None:
            self._critic.load(state)


@dataclass(frozen=True)
class _Judged:
    """What a critic is shown: the person before mid-grey, with the true labels."""

    painted: Tensor
    true: Tensor
    labels_BLHW: Tensor


def judged(painted: Tensor, batch: FramedPairs) -> _Judged:
    assert batch.target_image is not None
    person = person_mask(batch)
    labels = F.one_hot(batch.target_labels, len(LABELS)).permute(0, 3, 1, 2).float()
    return _Judged(painted * person, batch.target_image * person, labels)


@torch.no_grad()
def color_inputs(geometry: nn.Module, batch: FramedPairs, true_flow_B: Tensor) -> ColorInputs:
    """From the geometry that a network finds; in some of the pairs its flow is replaced by the true one."""
    assert batch.source_image is not None
    posed = geometry_inputs(batch)
    _, fine = geometry(*posed)
    flow = torch.where(true_flow_B[:, None, None, None] & batch.matched[:, None], batch.positions, fine.flow_B2hw)
    labels = fine.labels_BLhw.softmax(dim=1)
    carried = carry(batch.source_image, posed[1], flow.float(), fine.visibility_B1hw.float().sigmoid())
    return ColorInputs(carried, labels.float(), posed[2], batch.source_image, posed[1])


@torch.no_grad()
def measure_color(network: nn.Module, geometry: nn.Module, held_out: PairStream, pairs: int) -> dict[str, float]:
    """On held-out pairs, beside the source carried by the flow alone."""
    random = torch.Generator().manual_seed(0)
    figures = ColorFigures()
    for chunk in held_out.spread(pairs, _CHUNK):
        batch = framed(held_out.pairs(chunk, images=True), EXACT, _SIZE, _HALF, random)
        inputs = color_inputs(geometry, batch, torch.zeros(len(chunk), dtype=torch.bool))
        figures.add(batch, inputs.fed_to(network))
        figures.add(batch, inputs.carried.image_B3HW, "_of_warp")
    return figures.figures()
