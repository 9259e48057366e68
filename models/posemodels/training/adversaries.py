"""The opponents that generators are trained against: discriminators with their optimiser and what they are shown."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import torch
from torch import Tensor, nn

from posemodels.architectures.scam.discriminator import ScamDiscriminator
from posemodels.architectures.xinggan.discriminator import Discriminator
from posemodels.data.dataset import PairBatch
from posemodels.data.inputs import GeneratorInputs, InputRole
from posemodels.data.labels import LabelSet
from posemodels.training.config import TrainingConfig
from posemodels.training.losses import ImagePool, adversarial_loss, hinge_loss
from posemodels.training.optimizers import load_moments, make_optimizer, moments
from posemodels.training.parallel import share_gradients

_POOL_SIZE = 50


class Adversary(nn.Module, ABC):
    """Discriminators and their training."""

    learning_rate_ratio = 1.0
    """The discriminators' learning rate as a multiple of the generator's."""

    _optimizer: torch.optim.Optimizer

    @abstractmethod
    def generator_loss(self, generated: Tensor, batch: PairBatch) -> Tensor:
        """What the generator is to make small."""

    @abstractmethod
    def loss(self, generated: Tensor, batch: PairBatch) -> Tensor:
        """What the discriminators are to make small; gradients stop at the generated image."""

    def update(self, generated: Tensor, batch: PairBatch, learning_rate: float) -> Tensor:
        """One step of the discriminators; the image was made before the generator's own step."""
        total = self.loss(generated.detach(), batch)
        for group in self._optimizer.param_groups:
            group["lr"] = self.learning_rate_ratio * learning_rate
        self._optimizer.zero_grad(set_to_none=True)
        total.backward()
        share_gradients(self)
        self._optimizer.step()
        return total.detach()

    def state(self) -> dict[str, Any]:
        return {"networks": self.state_dict(), "optimizer": moments(self._optimizer)}

    def load(self, state: dict[str, Any]) -> None:
        """Takes up what `state` gave."""
        self.load_state_dict(state["networks"])
        load_moments(self._optimizer, state["optimizer"])


class PoseAdversary(Adversary):
    """XingGAN's two: the image beside its target pose, and beside its source image.

    The pools of past fakes are not part of `state`: they only smooth what the discriminators see.
    """

    def __init__(self, config: TrainingConfig, network: Any, device: torch.device) -> None:
        """`network`: the generator's configuration; the discriminators share its width, norm and keypoint count."""
        super().__init__()
        width, norm = network.width, network.norm
        self._sigmoid = norm == "batch"
        self._autocast = torch.autocast(device.type, dtype=torch.bfloat16, enabled=config.run.bfloat16)
        self.shape = Discriminator(3 + network.keypoints, width, norm=norm, sigmoid=self._sigmoid).to(device)
        self.appearance = Discriminator(6, width, norm=norm, sigmoid=self._sigmoid).to(device)
        self._optimizer = make_optimizer(self, config.optimizer)
        random = torch.Generator().manual_seed(config.run.seed)
        size = _POOL_SIZE if norm == "batch" else 0
        self._pools = [ImagePool(size, random), ImagePool(size, random)]

    def generator_loss(self, generated: Tensor, batch: PairBatch) -> Tensor:
        """Half the sum of both discriminators' disbelief."""
        shape = self._judge(self.shape, generated, batch.target_pose, True)
        appearance = self._judge(self.appearance, generated, batch.source_image, True)
        return 0.5 * (shape + appearance)

    def loss(self, generated: Tensor, batch: PairBatch) -> Tensor:
        """Of real pairs and pooled fakes."""
        pairs = ((self.appearance, batch.source_image), (self.shape, batch.target_pose))
        total = torch.zeros((), device=generated.device)
        for (network, condition), pool in zip(pairs, self._pools):
            fakes = pool.exchange(torch.cat([generated, condition], dim=1))
            total = total + 0.5 * self._judge(network, batch.target_image, condition, True)
            total = total + 0.5 * self._judge(network, fakes[:, :3], fakes[:, 3:], False)
        return total

    def _judge(self, network: nn.Module, image: Tensor, condition: Tensor, real: bool) -> Tensor:
        with self._autocast:
            decision = network(torch.cat([image, condition], dim=1))
        return adversarial_loss(decision.float(), real, self._sigmoid)


class LayoutAdversary(Adversary):
    """SCAM's: the image beside its target labels at two scales, in float32, hinge losses averaged over the scales."""

    learning_rate_ratio = 4.0

    def __init__(self, config: TrainingConfig, network: Any, labels: LabelSet, device: torch.device) -> None:
        """`network`: the generator's configuration; the discriminators share its width."""
        super().__init__()
        self._labels = labels
        self.network = ScamDiscriminator(len(labels.names), network.width).to(device)
        self._optimizer = make_optimizer(self, config.optimizer)

    def generator_loss(self, generated: Tensor, batch: PairBatch) -> Tensor:
        """Minus the mean score."""
        scores = [features[-1] for features in self.network(generated, self._parsing(batch))]
        return -torch.stack([score.mean() for score in scores]).mean()

    def loss(self, generated: Tensor, batch: PairBatch) -> Tensor:
        """Real and generated images go through in one batch."""
        parsing = self._parsing(batch)
        images = torch.cat([batch.target_image, generated])
        judged = self.network(images, torch.cat([parsing, parsing]))
        losses = [hinge_loss(*features[-1].chunk(2)) for features in judged]
        return torch.stack(losses).mean()

    def _parsing(self, batch: PairBatch) -> Tensor:
        return self._labels.one_hot(batch.target_labels)


def make_adversary(
    config: TrainingConfig, network: Any, inputs: GeneratorInputs, device: torch.device
) -> Adversary | None:
    """What the configuration asks for: images are judged beside that which lays them out, poses or else labels."""
    if not config.loss.adversarial:
        return None
    if InputRole.TARGET_POSE not in inputs.roles and inputs.labels is not None:
        return LayoutAdversary(config, network, inputs.labels, device)
    return PoseAdversary(config, network, device)
