"""Two processes on one network: shared gradients keep their weights the same."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import torch
from torch import nn

from posemodels.errors import ConfigError
from posemodels.training.parallel import run_processes, share_gradients
from posemodels.training.trainer import Trainer
from tests.test_trainer import config


def _share(folder: Path, rank: int) -> None:
    layer = nn.Linear(2, 1)
    layer.weight.grad = torch.full_like(layer.weight, float(rank))
    layer.bias.grad = torch.full_like(layer.bias, 10.0 * rank)
    share_gradients(layer)
    torch.save((layer.weight.grad, layer.bias.grad), folder / f"{rank}.pt")


def test_gradients_become_their_mean_in_every_process(tmp_path: Path) -> None:
    run_processes(2, partial(_share, tmp_path))
    for rank in range(2):
        weight, bias = torch.load(tmp_path / f"{rank}.pt")
        assert weight.eq(0.5).all() and bias.eq(5.0).all()


def test_one_process_keeps_its_gradients(tmp_path: Path) -> None:
    run_processes(1, partial(_share, tmp_path))
    weight, _ = torch.load(tmp_path / "0.pt")
    assert weight.eq(0.0).all()


def _train(folder: Path, rank: int) -> None:
    settings = config(run={"seed": 5, "threads": 1, "evaluation_pairs": 2, "processes": 2})
    trainer = Trainer(settings, folder, rank=rank)
    trainer.train()
    torch.save(trainer.generator.state_dict(), folder / f"{rank}.pt")


def test_processes_end_with_the_same_weights_from_different_pairs(tmp_path: Path) -> None:
    run_processes(2, partial(_train, tmp_path))
    first, second = (torch.load(tmp_path / f"{rank}.pt") for rank in range(2))
    learnt = [name for name in first if "running" not in name and "tracked" not in name]
    assert all(torch.equal(first[name], second[name]) for name in learnt)
    # Batch norm has seen other pictures in each.
    assert any(not torch.equal(first[name], second[name]) for name in first if "running_mean" in name)
    assert (tmp_path / "latest.pt").exists()


def _wait_for_the_parent(folder: Path, rank: int) -> None:
    (folder / f"{rank}.pid").write_text(str(os.getpid()), encoding="utf-8")
    while True:
        signal.pause()


def _run_in_the_background(folder: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # as a shell starts what is to run in the background
    run_processes(2, partial(_wait_for_the_parent, folder))


def test_processes_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    parent = context.Process(target=_run_in_the_background, args=(tmp_path,))
    parent.start()
    pids = [_written(tmp_path / f"{rank}.pid") for rank in range(2)]
    parent.kill()
    parent.join()
    for pid in pids:
        _until(lambda: not _runs(pid))


def _written(path: Path) -> int:
    _until(lambda: path.exists() and path.read_text(encoding="utf-8") != "")
    return int(path.read_text(encoding="utf-8"))


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "waited for a minute"
        os.sched_yield()


def test_batch_that_cannot_be_shared_is_refused() -> None:
    with pytest.raises(ConfigError, match="cannot be shared by 3 processes"):
        config(run={"processes": 3})
