"""Several processes that train one network: each has its own pairs, and all share their gradients' mean."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import torch.distributed as distributed
import torch.multiprocessing as multiprocessing
from torch import nn
from torch._utils import _flatten_dense_tensors, _unflatten_dense_tensors

_PR_SET_PDEATHSIG = 1


def run_processes(count: int, work: Callable[[int], None]) -> None:
    """Runs `work(rank)` in `count` processes that can share gradients, and ends them all when one fails.

    :param work: a module's own function, or a partial of one: it is sent to the processes.
    """
    if count == 1:
        work(0)
        return
    with tempfile.TemporaryDirectory() as folder:
        multiprocessing.spawn(_join, (count, Path(folder) / "rendezvous", work), nprocs=count)


def _join(rank: int, count: int, rendezvous: Path, work: Callable[[int], None]) -> None:
    _end_with_parent()
    os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
    distributed.init_process_group("gloo", init_method=f"file://{rendezvous}", rank=rank, world_size=count)
    try:
        work(rank)
    finally:
        distributed.destroy_process_group()


def _end_with_parent() -> None:
    """Asks the kernel for a SIGTERM when the parent dies: a killed run must not train on unseen.

    PyTorch asks for a SIGINT, which a run started in a shell's background ignores.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def share_gradients(module: nn.Module) -> None:
    """Replaces every gradient by its mean over the processes; nothing where there is one process."""
    if not (distributed.is_available() and distributed.is_initialized()):
        return
    gradients = [parameter.grad for parameter in module.parameters() if parameter.grad is not None]
    flat = _flatten_dense_tensors(gradients)
    distributed.all_reduce(flat)
    flat /= distributed.get_world_size()
    for gradient, shared in zip(gradients, _unflatten_dense_tensors(flat, gradients)):
        gradient.copy_(shared)
