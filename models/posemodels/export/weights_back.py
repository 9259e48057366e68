"""Reads the weights of an exported generator back into its module, for a training that goes on from what ships.

An export folds batch norms into convolutions and rewrites some layers. Which weight came from which parameter is found
by exporting the module once more with weights that differ everywhere: a value in that graph tells which parameter it
came from, and the same place of the shipped graph what that parameter was.
"""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from posemodels.architectures.scam.scam import Scam
from posemodels.errors import CheckpointError
from posemodels.export.golden import read_golden
from posemodels.export.onnx import write_onnx
from posemodels.export.scam import Encode, Generate

_SPREAD = 0.05
"""Of the weights that the tracing export is made with."""
_TOLERANCE = 1e-6


@dataclass(frozen=True)
class ReadBack:
    """What became of a module that was filled from a folder."""

    model: str
    """Name and version of what was read."""
    left: tuple[str, ...]
    """Parameters for which the graph has no value, such as those of attention with several heads: they are as they
    were."""


def read_back(module: nn.Module, folder: Path) -> ReadBack:
    """Fills the module from the graphs in `folder`; its batch norms then change nothing but add, as `settle_norms`
    expects them. Raises CheckpointError where the folder holds another network."""
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        golden = {
            name: torch.from_numpy(array.copy()) for name, array in read_golden(manifest["golden"], folder).items()
        }
    except (OSError, ValueError, KeyError) as error:
        raise CheckpointError(f"cannot read the model in {folder}: {error}") from error
    traced = _with_telling_weights(module)
    found: dict[str, Tensor] = {}
    for part, described in _graphs(traced, manifest):
        inputs = {entry["name"]: golden[entry["name"]] for entry in described["inputs"]}
        paired = _paired(_traced(part, inputs, described), onnx.load(str(folder / described["file"])).graph)
        if paired is None:
            raise CheckpointError(f"the model in {folder} is not this network, or was exported in another way")
        parameters = {name: value.detach().numpy() for name, value in traced.named_parameters()}
        found |= _matched(parameters, paired)
    _fill(module, found)
    left = sorted(name for name, _ in module.named_parameters() if name not in found and not _is_scale(module, name))
    return ReadBack(f"{manifest['name']} {manifest['version']}", tuple(left))


@torch.no_grad()
def settle_norms(module: nn.Module, batches: Iterator[tuple[Tensor, ...]]) -> None:
    """Gives batch norms that change nothing a scale and a mean as activations have, so that the network computes in
    training, where norms divide by what they see, about what it computes in use."""
    norms = [part for part in module.modules() if isinstance(part, nn.BatchNorm2d)]
    seen: dict[nn.Module, list[Tensor]] = {norm: [] for norm in norms}
    hooks = [norm.register_forward_hook(lambda part, given, _: seen[part].append(_moments(given[0]))) for norm in norms]
    was_training = module.training
    module.eval()
    for inputs in batches:
        module(*inputs)
    for hook in hooks:
        hook.remove()
    module.train(was_training)
    for norm in (norm for norm in norms if seen[norm]):
        mean, square = torch.stack(seen[norm]).mean(dim=0)
        variance = (square - mean.square()).clamp_min(0)
        norm.weight.copy_((variance + norm.eps).sqrt())
        norm.bias.add_(mean)
        norm.get_buffer("running_mean").copy_(mean)
        norm.get_buffer("running_var").copy_(variance)


def _moments(activations: Tensor) -> Tensor:
    values = activations.float()
    return torch.stack([values.mean(dim=(0, 2, 3)), values.square().mean(dim=(0, 2, 3))])


@torch.no_grad()
def _with_telling_weights(module: nn.Module) -> nn.Module:
    """A copy whose parameters differ everywhere, and whose batch norms only add."""
    told = copy.deepcopy(module).eval().to(memory_format=torch.contiguous_format)  # type: ignore[call-overload]
    random = torch.Generator().manual_seed(0)
    for parameter in told.parameters():
        parameter.copy_(torch.randn(parameter.shape, generator=random) * _SPREAD)
    for part in told.modules():
        if isinstance(part, nn.BatchNorm2d):
            _let_through(part)
    return told


def _let_through(norm: nn.BatchNorm2d) -> None:
    norm.weight.fill_(1.0)
    norm.get_buffer("running_mean").zero_()
    norm.get_buffer("running_var").fill_(1.0 - norm.eps)


def _graphs(module: nn.Module, manifest: dict[str, Any]) -> list[tuple[nn.Module, dict[str, Any]]]:
    """What each file of the folder computes, with the manifest's description of it."""
    if not isinstance(module, Scam):
        return [(module, manifest)]
    if "encoder" not in manifest:
        raise CheckpointError(f"{manifest['name']} has one graph, where this network ships as two")
    return [(Encode(module), manifest["encoder"]), (Generate(module), manifest)]


def _traced(part: nn.Module, inputs: dict[str, Tensor], described: dict[str, Any]) -> onnx.GraphProto:
    with torch.no_grad():
        result: Tensor = part(*inputs.values())
    with tempfile.TemporaryDirectory() as folder:
        outputs = {described["outputs"][0]["name"]: result}
        return write_onnx(part, inputs, outputs, Path(folder) / "traced.onnx").graph


def _paired(fresh: onnx.GraphProto, shipped: onnx.GraphProto) -> dict[str, tuple[np.ndarray, np.ndarray]] | None:
    """Constants of the fresh graph, each once, with what the shipped one has in their place; None where the graphs
    differ. Equal constants are stored once, so places are those of the nodes that read them."""
    told, values = (
        {item.name: numpy_helper.to_array(item) for item in graph.initializer} for graph in (fresh, shipped)
    )
    if [node.op_type for node in fresh.node] != [node.op_type for node in shipped.node]:
        return None
    paired: dict[str, tuple[np.ndarray, np.ndarray]] = {}
    for ours, theirs in zip(fresh.node, shipped.node):
        for name, other in zip(ours.input, theirs.input):
            if (name in told) != (other in values) or name in told and told[name].shape != values[other].shape:
                return None
            if name in told:
                paired[name] = told[name], values[other]
    return paired


def _matched(parameters: dict[str, np.ndarray], paired: dict[str, tuple[np.ndarray, np.ndarray]]) -> dict[str, Tensor]:
    """Shipped values of the parameters that the fresh graph's constants came from."""
    found: dict[str, np.ndarray] = {}
    for told, value in paired.values():
        if told.dtype != np.float32:
            continue
        for name, given in _origins(parameters, told, value):
            # A sum of convolutions has its norm's shift in several places.
            found[name] = found[name] + given if name in found and given.ndim == 1 else given
    return {name: torch.from_numpy(value.copy()) for name, value in found.items()}


def _origins(parameters: dict[str, np.ndarray], told: np.ndarray, value: np.ndarray) -> list[tuple[str, np.ndarray]]:
    """The parameter that a constant came from, or two of them stacked, with their shipped values."""
    if (alone := _origin(parameters, told, value)) is not None:
        return [alone]
    if told.ndim == 0 or len(told) % 2:
        return []
    halves = [_origin(parameters, *half) for half in zip(np.split(told, 2), np.split(value, 2))]
    return [half for half in halves if half is not None]


def _origin(parameters: dict[str, np.ndarray], told: np.ndarray, value: np.ndarray) -> tuple[str, np.ndarray] | None:
    for name, parameter in parameters.items():
        if parameter.size == told.size:
            if _same(parameter.reshape(told.shape), told):
                return name, value.reshape(parameter.shape)
            if parameter.ndim > 1:
                turned = np.swapaxes(parameter, 0, 1)
                if _same(turned.reshape(told.shape), told):
                    return name, np.swapaxes(value.reshape(turned.shape), 0, 1)
        elif parameter.ndim == told.ndim and (halved := _read_twice(parameter, told, value)) is not None:
            return name, halved
    return None


def _read_twice(parameter: np.ndarray, told: np.ndarray, value: np.ndarray) -> np.ndarray | None:
    """A weight whose first channels were read twice, and merged by the export: each gets half of the sum."""
    axes = [axis for axis in range(told.ndim) if parameter.shape[axis] != told.shape[axis]]
    if len(axes) != 1 or parameter.ndim < 2:
        return None
    axis = axes[0]
    twice = parameter.shape[axis] - told.shape[axis]
    if not 0 < twice <= told.shape[axis]:
        return None
    first, second, rest = np.split(parameter, [twice, 2 * twice], axis=axis)
    if not _same(np.concatenate([first + second, rest], axis=axis), told):
        return None
    summed, others = np.split(value, [twice], axis=axis)
    return np.concatenate([summed / 2, summed / 2, others], axis=axis)


def _same(first: np.ndarray, second: np.ndarray) -> bool:
    return bool(np.abs(first - second).max() < _TOLERANCE)


@torch.no_grad()
def _fill(module: nn.Module, found: dict[str, Tensor]) -> None:
    parameters = dict(module.named_parameters())
    for name, value in found.items():
        parameters[name].copy_(value)
    for part in module.modules():
        if isinstance(part, nn.BatchNorm2d):
            _let_through(part)


def _is_scale(module: nn.Module, name: str) -> bool:
    """Scales of batch norms are part of the convolutions before them."""
    parent, _, leaf = name.rpartition(".")
    return leaf == "weight" and isinstance(module.get_submodule(parent), nn.BatchNorm2d)
