"""The command that a benchmark drives: exports, then answers every request with as many times as were asked for."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from posemodels.__main__ import main
from tests.generators import TINY

_TINY = json.dumps({"width": 2, "blocks": 1, "candidates": 1})


def test_time_exports_and_answers_every_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("1 2\n3 1\n"))
    arguments = ["--network", _TINY, "--size", "32x24", "--threads", "1", "--output", str(tmp_path / "timed")]
    assert main(["time", *arguments]) == 0
    ready, first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert ready["parameters"] > 0
    assert len(first) == 2 and len(second) == 1 and min(first + second) > 0
    manifest = json.loads((tmp_path / "timed" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["height"], manifest["width"]) == (32, 24) and (tmp_path / "timed" / manifest["file"]).exists()


def test_time_of_two_graphs_is_asked_for_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("1 1 model\n3 2 encoder\n1 1 decoder\n"))
    arguments = ["--architecture", "scam", "--network", json.dumps(TINY["scam"]), "--size", "32x32", "--threads", "1"]
    assert main(["time", *arguments, "--output", str(tmp_path / "timed")]) == 2
    printed = capsys.readouterr()
    ready, model, encoder = (json.loads(line) for line in printed.out.splitlines())
    assert ready["parameters"] > 0 and (len(model), len(encoder)) == (1, 2)
    assert "no part 'decoder'" in printed.err


@pytest.mark.parametrize("name", ["judges/keypoints", "judges/parsing"])
def test_time_takes_the_weights_of_a_shipped_network_from_its_graph(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("3 1\n"))
    folder = Path(__file__).parents[1] / name
    assert main(["time", "--model", str(folder), "--threads", "1", "--output", str(tmp_path / "unused")]) == 0
    ready, seconds = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert Path(ready["folder"]) == folder and ready["parameters"] > 0 and len(seconds) == 1


def test_time_exports_the_layout_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("1 1\n"))
    folder, output = tmp_path / "layout", tmp_path / "timed"
    folder.mkdir()
    described = {"kind": "layout", "architecture": "layout-net", "height": 32, "width": 32, "keypoints": {"sigma": 2.0}}
    (folder / "manifest.json").write_text(json.dumps(described), encoding="utf-8")
    assert main(["time", "--model", str(folder), "--threads", "1", "--output", str(output)]) == 0
    ready, seconds = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert Path(ready["folder"]) == output and (output / "model.onnx").exists() and len(seconds) == 1


def test_time_refuses_a_folder_that_is_no_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["time", "--model", str(tmp_path), "--output", str(tmp_path)]) == 2
    assert "does not say how its network is built" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--size", "32"], ["--network", "{"]])
def test_time_refuses_nonsense(wrong: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["time", "--output", str(tmp_path), *wrong]) == 2
    assert "must be" in capsys.readouterr().err
