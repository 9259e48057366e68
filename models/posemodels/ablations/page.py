"""The page that says what the ablations show, `docs/ablations.md`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from posemodels.ablations.config import AblationConfig, Claim
from posemodels.ablations.results import read_results
from posemodels.evaluation.held_out import Version
from posemodels.evaluation.tables import figures_table, table

_HEAD = """# Ablations

Written by `python3 -m posemodels ablate` (in `models/`), from the lines of `docs/ablations/*.jsonl`. Small trainings on
procedurally rendered people, one seed each: a difference in the third digit of SSIM is within what another seed gives.
Figures are those of `docs/evaluation.md`, of the averaged weights in PyTorch. Whether a claim holds is decided by the
figures alone.
"""

_COLUMNS = {
    "ssim": "SSIM",
    "masked_ssim": "masked SSIM",
    "psnr": "PSNR",
    "ratio": "ratio",
    "pckh50": "PCKh",
    "parsing_perceptual": "parsing perceptual",
    "parsing_frechet": "parsing Fréchet",
    "color_error": "colour error",
    "pattern_kept": "pattern kept",
    "pattern_strength": "pattern strength",
}


def write_page(ablations: Sequence[AblationConfig], folder: Path, page: Path, speed: str = "") -> None:
    """folder: of the results. Ablations without any are named as such. speed: what the comparison of speed says."""
    parts = [_HEAD.rstrip()]
    for ablation in ablations:
        parts += [f"## {ablation.name.replace('-', ' ').capitalize()}", ablation.question.strip()]
        parts.append(f"`python3 -m posemodels ablate configs/ablations/{ablation.name}.toml`")
        results = read_results(folder / f"{ablation.name}.jsonl")
        named = {variant.name: results[variant.name] for variant in ablation.variants if variant.name in results}
        if not named:
            parts.append("Not run yet.")
            continue
        parts.append(_trainings(named))
        for version in Version:
            rows = [
                (name, line["figures"][version.value])
                for name, line in named.items()
                if version.value in line["figures"]
            ]
            if rows:
                parts += [f"{version.value.capitalize()}:", figures_table(rows, _COLUMNS)]
        claims = [_verdict(claim, named) for claim in ablation.claims]
        if claims:
            parts.append("\n".join(claims))
        if ablation.notes:
            parts.append(ablation.notes.strip())
    if speed:
        parts.append(speed.rstrip())
    page.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _trainings(results: dict[str, dict[str, Any]]) -> str:
    head = ("variant", "design", "parameters", "pairs seen", "minutes", "size", "held-out pairs")
    rows = [
        (
            name,
            line["architecture"],
            f"{line['parameters']:,}",
            f"{line['samples']:,}",
            line["minutes"],
            f"{line['height']}x{line['width']}",
            line["pairs"],
        )
        for name, line in results.items()
    ]
    return table(head, rows)


def _verdict(claim: Claim, results: dict[str, dict[str, Any]]) -> str:
    figures = [results.get(name, {}).get("figures", {}).get(claim.version.value, {}) for name in claim.variants]
    values = [found.get(claim.figure) for found in figures]
    if any(value is None for value in values):
        return f"- {claim.text}: not measured yet."
    shown = ", ".join(f"{name} {value:.3f}" for name, value in zip(claim.variants, values))
    verdict = "holds" if claim.holds([float(value) for value in values if value is not None]) else "does not hold"
    return f"- {claim.text}: **{verdict}** ({claim.version.value}, {claim.figure}: {shown})."
