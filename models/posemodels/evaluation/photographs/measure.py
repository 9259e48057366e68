"""What a line of the table is made of."""

from __future__ import annotations

from typing import Protocol


class Measure(Protocol):
    """A figure that a bar is set for."""

    name: str
    bar: float
    """What is just good enough."""
    at_most: bool
    """Whether smaller is better."""

    def value(self) -> float:
        """NaN where nothing was measured, which is never good enough."""

    def details(self) -> dict[str, float]:
        """Figures beside the value that no bar is set for."""


def is_enough(measure: Measure) -> bool:
    value = measure.value()
    return value <= measure.bar if measure.at_most else value >= measure.bar
