"""The table's last word: which measures are short, and with what the command ends."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from posemodels.__main__ import main
from posemodels.evaluation.photographs import protocol, reading, table
from posemodels.evaluation.photographs.measure import is_enough
from posemodels.evaluation.photographs.outcome import Outcome
from posemodels.evaluation.photographs.transfers import program


@dataclass
class Fixed:
    """A measure with a known value."""

    measured: float
    bar: float
    at_most: bool
    name: str = "fixed"

    def value(self) -> float:
        return self.measured

    def details(self) -> dict[str, float]:
        return {"fixed.part": self.measured / 2}


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):  # type: ignore[no-untyped-def]
    """Runs the command with these measures of reading and of results."""

    def run(of_reading: list[Fixed], of_results: list[Fixed]) -> int:
        monkeypatch.setattr(reading, "PhotoReader", lambda *folders: None)
        monkeypatch.setattr(table, "measure_folder", lambda *photos: of_reading)
        monkeypatch.setattr(protocol, "measure_results", lambda *photos: Outcome(list(of_results)))
        monkeypatch.setattr(program.TransferProgram, "find", lambda *library: None)
        return main(["evaluate", "--photos", str(tmp_path)])

    return run


GOOD = Fixed(0.9, 0.9, at_most=False), Fixed(6.0, 6.0, at_most=True)
SHORT = Fixed(0.89, 0.9, at_most=False), Fixed(6.1, 6.0, at_most=True)


@pytest.mark.parametrize("short", SHORT)
def test_one_measure_that_is_short_makes_the_exit_code(command, short: Fixed) -> None:  # type: ignore[no-untyped-def]
    assert command(list(GOOD), list(GOOD)) == 0
    assert command([short, *GOOD], list(GOOD)) == 1
    assert command(list(GOOD), [*GOOD, short]) == 1


def test_lines_are_measure_value_bar_and_verdict(command, capsys) -> None:  # type: ignore[no-untyped-def]
    command([GOOD[0]], [SHORT[1]])
    lines = capsys.readouterr().out.splitlines()
    assert lines[:4] == ["fixed.part 0.4500", "fixed 0.9000 0.90 ok", "fixed.part 3.0500", "fixed 6.1000 6.00 short"]
    assert lines[4] == "coverage-told and pattern-kept not measured: no --rendered-pairs"
    assert lines[5] == "real-pairs not measured: no --photo-pairs"


@pytest.mark.parametrize("at_most", [True, False])
def test_what_was_not_measured_is_short(at_most: bool) -> None:
    assert not is_enough(Fixed(float("nan"), 1.0, at_most))
