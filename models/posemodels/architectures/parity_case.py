"""How the recorded parity cases of an architecture are read and run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from torch import Tensor, nn

from posemodels.architectures.blocks.trace import Trace

Tensors = Mapping[str, Tensor]


@dataclass(frozen=True, kw_only=True)
class ParityFormat:
    """What the cases of one architecture hold beside `state/…`, and how ours is run on it."""

    model: str
    """How the `model` text of a case begins."""
    config: Callable[[Mapping[str, Any]], Any]
    """Reads the architecture's configuration off the settings."""
    inputs: tuple[str, ...]
    """Names under `input/` that a case must hold."""
    outputs: tuple[str, ...]
    """Names under `output/` that a case must hold; it may hold more of those that `run` makes."""
    run: Callable[[nn.Module, Tensors, Trace], Tensors]
    """Module and the case's tensors (by full name, `state/…` left out) to outputs by name, tracing intermediates."""
    groups: tuple[str, ...] = ()
    """What else a case holds, e.g. `noise`."""
    tolerance_of: Mapping[str, str] = field(default_factory=dict)
    """Beginning of a recorded name to the output whose suggested tolerance holds for it."""
