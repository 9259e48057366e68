"""What an ablation compares: one training configuration, varied."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from posemodels.errors import ConfigError
from posemodels.evaluation.held_out import Version
from posemodels.training.config import TrainingConfig, parse_training_config, read_toml


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One training of an ablation."""

    name: str
    config: TrainingConfig

    @property
    def digest(self) -> str:
        """Of the whole configuration: a recorded result belongs to exactly one."""
        text = json.dumps(self.config.as_dict(), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What a publication, or we, expect: a figure that rises or falls along some variants."""

    text: str
    figure: str
    rises_along: tuple[str, ...] = ()
    falls_along: tuple[str, ...] = ()
    version: Version = Version.TRANSFER

    def __post_init__(self) -> None:
        if bool(self.rises_along) == bool(self.falls_along):
            raise ConfigError(f"claim {self.text!r} needs either rises_along or falls_along")
        if len(self.variants) < 2:
            raise ConfigError(f"claim {self.text!r} needs at least two variants")

    @property
    def variants(self) -> tuple[str, ...]:
        return self.rises_along or self.falls_along

    def holds(self, figures: list[float]) -> bool:
        """figures: of the variants in the claim's order."""
        ordered = figures if self.rises_along else figures[::-1]
        return all(before < after for before, after in zip(ordered, ordered[1:]))


@dataclass(frozen=True, kw_only=True)
class AblationConfig:
    """One question, the trainings that answer it, and what is expected of them."""

    name: str
    question: str
    variants: tuple[Variant, ...]
    claims: tuple[Claim, ...] = ()
    pairs: int = 128
    each_pattern: int = 16
    others: int = 256
    notes: str = ""

    def __post_init__(self) -> None:
        if not self.variants:
            raise ConfigError("an ablation needs variants")
        known = {variant.name for variant in self.variants}
        for claim in self.claims:
            unknown = sorted(set(claim.variants) - known)
            if unknown:
                raise ConfigError(f"claim {claim.text!r} names no variant: {', '.join(unknown)}")
        sizes = {(v.config.stages[-1].height, v.config.stages[-1].width) for v in self.variants}
        if len(sizes) > 1:
            raise ConfigError(f"all variants end at one size; given: {sorted(sizes)}")


def read_ablation(path: Path) -> AblationConfig:
    """Reads a TOML file; raises ConfigError for unreadable files, unknown names and impossible values."""
    content = read_toml(path)
    try:
        return _parse(content, path)
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from error


def _parse(content: dict[str, Any], path: Path) -> AblationConfig:
    base, common = content.pop("base", None), content.pop("common", {})
    variants = []
    for name, changes in content.pop("variants", {}).items():
        values = dict(changes)
        file = values.pop("base", base)
        if file is None:
            raise ConfigError(f"variant {name!r} has no base to change")
        training = merged(merged(read_toml(path.parent / file), common), values)
        variants.append(Variant(name=name, config=parse_training_config(training)))
    claims = tuple(_claim(claim) for claim in content.pop("claims", ()))
    try:
        return AblationConfig(name=path.stem, variants=tuple(variants), claims=claims, **content)
    except TypeError as error:
        raise ConfigError(str(error).replace("AblationConfig.__init__() ", "")) from error


def _claim(values: Mapping[str, Any]) -> Claim:
    try:
        known: dict[str, Any] = dict(values)
        known |= {name: tuple(values[name]) for name in ("rises_along", "falls_along") if name in values}
        known["version"] = Version(values.get("version", "transfer"))
        return Claim(**known)
    except (TypeError, ValueError) as error:
        raise ConfigError(f"claim {values.get('text')!r}: {error}") from error


def merged(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with `changes`: tables are merged name by name, everything else is replaced."""
    result = dict(base)
    for name, value in changes.items():
        old = result.get(name)
        both_tables = isinstance(old, Mapping) and isinstance(value, Mapping)
        result[name] = merged(old, value) if both_tables else value  # type: ignore[arg-type]
    return result
