"""Reading and writing of checkpoints: our own training state, and the weights others have published.

Nothing in a file is trusted: only tensors and plain containers are unpickled, and weights are matched by name and
shape, all of them, before a network is touched.
"""

from __future__ import annotations

import os
import pickle
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from posemodels.errors import CheckpointError
from posemodels.training.inert_pickle import read_inert

PUBLISHED_PREFIX = "model."
"""The releases wrap their network in a module that holds it as `model`."""

_SHOWN = 5


def read_checkpoint(path: Path, other_objects: bool = False) -> dict[str, Any]:
    """Reads a `.pth`/`.pt`/`.ckpt` file in the zip or the older plain pickle format: tensors and plain data.

    Objects of other classes are refused, or with `other_objects` come as placeholders; their code is never run.
    Raises CheckpointError where the file is absent, damaged, not a dictionary, or holds what is refused.
    """
    try:
        content = read_inert(path) if other_objects else torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise CheckpointError(f"{path}: no such file") from error
    except (pickle.UnpicklingError, zipfile.BadZipFile, RuntimeError, EOFError, ValueError, KeyError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise CheckpointError(f"{path}: not a readable checkpoint of plain tensors ({reason})") from error
    except (OSError, AttributeError, IndexError, TypeError, AssertionError) as error:
        raise CheckpointError(f"{path}: not a readable checkpoint ({type(error).__name__})") from error
    if not isinstance(content, dict):
        raise CheckpointError(f"{path}: expected a dictionary, found {type(content).__name__}")
    return content


def write_checkpoint(content: Mapping[str, Any], path: Path) -> None:
    """Writes atomically: a reader sees the old file or the new one, also when the process dies half-way."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    with partial.open("wb") as file:
        torch.save(dict(content), file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)


def published_weights(content: Mapping[str, Any]) -> dict[str, Tensor]:
    """Takes a published state dict apart: tensors only, the `model.` prefix removed.

    Raises CheckpointError where an entry is not a tensor or a key lacks the prefix.
    """
    others = [key for key, value in content.items() if not isinstance(value, Tensor)]
    if others:
        raise CheckpointError(f"a published checkpoint holds tensors only; found {_some(others)}")
    bare = [key for key in content if not key.startswith(PUBLISHED_PREFIX)]
    if bare:
        raise CheckpointError(
            f"every key of a published checkpoint begins with '{PUBLISHED_PREFIX}'; not: {_some(bare)}"
        )
    return {key[len(PUBLISHED_PREFIX) :]: value for key, value in content.items()}


def load_weights(module: nn.Module, weights: Mapping[str, Tensor]) -> None:
    """Loads weights by name, strictly: every key known, every key present, every shape equal, every value finite.

    Two things that old files do are allowed: they may lack `num_batches_tracked`, and they may carry running
    statistics of instance norms, which have none now and never used them.
    """
    own = module.state_dict()
    given = {key: value for key, value in weights.items() if not _is_stale(module, key)}
    missing = [key for key in own if key not in given and not key.endswith(".num_batches_tracked")]
    unexpected = [key for key in given if key not in own]
    wrong = [
        f"{key} is {tuple(value.shape)} where the network has {tuple(own[key].shape)}"
        for key, value in given.items()
        if key in own and value.shape != own[key].shape
    ]
    damaged = [key for key, value in given.items() if value.is_floating_point() and not value.isfinite().all()]
    problems = [
        f"{title}: {_some(keys)}"
        for title, keys in (
            ("missing", missing),
            ("unexpected", unexpected),
            ("wrong shape", wrong),
            ("not finite", damaged),
        )
        if keys
    ]
    if problems:
        raise CheckpointError("the checkpoint does not fit the network; " + "; ".join(problems))
    module.load_state_dict(own | given)


def _is_stale(module: nn.Module, key: str) -> bool:
    parent, _, leaf = key.rpartition(".")
    if leaf not in ("running_mean", "running_var", "num_batches_tracked"):
        return False
    try:
        return isinstance(module.get_submodule(parent), nn.InstanceNorm2d)
    except AttributeError:
        return False


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown} and {len(names) - _SHOWN} more"
