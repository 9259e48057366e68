"""What an evaluation found: the lines of the table, and what there is to look at."""

from __future__ import annotations

from dataclasses import dataclass, field

from posemodels.evaluation.photographs.measure import Measure
from posemodels.evaluation.photographs.scored import ScoringMeasure
from posemodels.evaluation.photographs.worst_sheet import PicturesOf


@dataclass
class Outcome:
    measures: list[Measure] = field(default_factory=list)
    """In the order of the table."""
    notes: list[str] = field(default_factory=list)
    """What was not measured and why, and what was refused."""
    rows: list[tuple[ScoringMeasure, PicturesOf]] = field(default_factory=list)
    """Of the sheet of the worst."""

    def add(self, other: Outcome) -> None:
        self.measures += other.measures
        self.notes += other.notes
        self.rows += other.rows
