"""Parity with recorded cases: the shared test data where present, and a small case made here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from posemodels.__main__ import main
from posemodels.errors import ParityCaseError
from posemodels.parity import check_parity
from tests.generators import example_inputs, tiny

SHARED = Path(__file__).resolve().parents[3] / "shared" / "parity"
SETTINGS = {
    "model": "XingGAN generator (small)",
    "ngf": 4,
    "n_blocks": 2,
    "N_intermediate_per_stream": 2,
    "attention_maps": 5,
    "norm": "batch",
    "use_dropout": True,
    "height": 16,
    "width": 12,
    "batch": 2,
    "suggested_tolerance_max_abs": 1e-5,
}


def make_case(folder: Path, changes: dict[str, Any] | None = None, arrays: dict[str, Any] | None = None) -> Path:
    """A case that our own network recorded; `arrays` replace or, as None, remove entries."""
    generator, inputs = tiny("xinggan").eval(), example_inputs()
    content: dict[str, Any] = {f"state/model.{key}": value.numpy() for key, value in generator.state_dict().items()}
    for name, argument in (("image", "source_image"), ("bp1", "source_pose"), ("bp2", "target_pose")):
        content[f"input/{name}"] = inputs[argument].numpy()

    def trace(name: str, tensor: torch.Tensor) -> None:
        content[f"mid/{name}"] = tensor[:1].numpy()

    with torch.no_grad():
        content["output/image"] = generator(**inputs, trace=trace).numpy()
    content |= arrays or {}
    path = folder / "case.npz"
    np.savez(path, **{key: value for key, value in content.items() if value is not None})
    path.with_suffix(".json").write_text(json.dumps(SETTINGS | (changes or {})), encoding="utf-8")
    return path


@pytest.mark.parametrize("case", sorted(SHARED.glob("*.npz")) or [None], ids=str)
def test_recorded_cases_are_reproduced(case: Path | None) -> None:
    if case is None:
        pytest.skip(f"the shared test data is not there: {SHARED}")
    results = check_parity(case)
    assert len(results) > 1
    assert [str(result) for result in results if not result.passed] == []


def test_case_of_our_own_passes_with_every_intermediate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parity", str(make_case(tmp_path))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + 2 + 2 * 2 + 3 + 1
    assert all("max_abs_error=" in line and "tolerance=" in line for line in lines[1:])


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"output/image": np.zeros((2, 3, 16, 12), np.float32)}, "output/image max_abs_error="),
        ({"mid/block1/x2": np.zeros((1, 32, 4, 3), np.float32)}, "mid/block1/x2 max_abs_error="),
        ({"mid/down/x1": np.zeros((1, 16, 4, 4), np.float32)}, "recorded shape (1, 16, 4, 4), ours (1, 16, 4, 3)"),
        ({"mid/block9/x1": np.zeros(1, np.float32)}, "the architecture has no such tensor"),
        ({"output/image": None}, "the case does not hold it"),
    ],
)
def test_difference_fails_and_is_named(
    arrays: dict[str, Any], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["parity", str(make_case(tmp_path, arrays=arrays))]) == 1
    failed = [line for line in capsys.readouterr().out.splitlines() if "FAILED" in line]
    assert len(failed) == 1 and message in failed[0]


@pytest.mark.parametrize(
    ("changes", "arrays", "message"),
    [
        ({"model": "Unheard of"}, {}, "no architecture for model"),
        ({"norm": "layer"}, {}, "norm must be"),
        ({"padding_type": "zero"}, {}, "padding_type 'zero' is not supported"),
        ({"attention_maps": 21}, {}, "21 attention maps do not fit 2 images per stream"),
        ({"height": 32}, {}, "the settings say height 32"),
        ({"n_blocks": 3}, {}, "missing: att.2.gamma"),
        ({}, {"input/bp2": None}, "the case has no input bp2"),
        ({}, {"state/model.att.0.gamma": None}, "missing: att.0.gamma"),
        ({}, {"state/model.extra": np.zeros(1, np.float32)}, "unexpected: extra"),
        ({}, {"noise/x": np.zeros(1, np.float32)}, "unknown keys"),
    ],
)
def test_case_that_cannot_run_says_why(
    changes: dict[str, Any],
    arrays: dict[str, Any],
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["parity", str(make_case(tmp_path, changes, arrays))]) == 2
    assert message in capsys.readouterr().err


def test_case_without_settings_is_refused(tmp_path: Path) -> None:
    path = make_case(tmp_path)
    path.with_suffix(".json").unlink()
    with pytest.raises(ParityCaseError, match="case.json"):
        check_parity(path)
