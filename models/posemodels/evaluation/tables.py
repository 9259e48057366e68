"""Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


def table(head: Sequence[str], rows: Iterable[Iterable[Any]]) -> str:
    """Whole numbers without a point, None and missing figures as a dash."""
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    lines += [f"| {' | '.join(_cell(value) for value in row)} |" for row in rows]
    return "\n".join(lines)


def figures_table(rows: Iterable[tuple[str, dict[str, float]]], columns: dict[str, str], digits: int = 3) -> str:
    """One row a name; `columns`: figure to its heading. Columns that no row has are left out."""
    given = [(name, figures) for name, figures in rows]
    shown = [column for column in columns if any(column in figures for _, figures in given)]
    body = [
        [name, *(f"{figures[column]:.{digits}f}" if column in figures else None for column in shown)]
        for name, figures in given
    ]
    return table(["", *(columns[column] for column in shown)], body)


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
