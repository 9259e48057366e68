"""Results of ablations: one JSON line a variant, the latest of a name counting."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def read_results(path: Path) -> dict[str, dict[str, Any]]:
    """Name of each measured variant to its result; empty where there is no file."""
    if not path.exists():
        return {}
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return {line["variant"]: line for line in lines}


def find_result(path: Path, config_sha256: str, counts: dict[str, int]) -> dict[str, Any] | None:
    """What was measured of a configuration with these counts, by this ablation or by another one in the same folder."""
    for file in (path, *sorted(path.parent.glob("*.jsonl"))):
        for line in read_results(file).values():
            if line.get("config_sha256") == config_sha256 and line.get("counts") == counts:
                return line
    return None


def write_result(path: Path, result: dict[str, Any]) -> None:
    """Adds the line, in place of an older one of the same variant."""
    results = read_results(path) | {result["variant"]: result}
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    partial.write_text("".join(json.dumps(line) + "\n" for line in results.values()), encoding="utf-8")
    partial.replace(path)
