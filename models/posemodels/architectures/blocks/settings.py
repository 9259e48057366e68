"""Checks that several designs' configurations share."""

from __future__ import annotations

from typing import Any

from posemodels.errors import ConfigError


def require_counts(config: Any, *names: str) -> None:
    """:raises ConfigError: one of the named settings is not a whole number of at least 1."""
    for name in names:
        value = getattr(config, name)
        if type(value) is not int or value < 1:
            raise ConfigError(f"{name} must be a whole number of at least 1, got {value!r}")


def require_crossing_width(width: int) -> None:
    """:raises ConfigError: crossing blocks of this width would have no query channels."""
    if width < 2:
        raise ConfigError("width must be at least 2: queries and keys have width // 2 channels")


def require_norm(norm: str) -> None:
    """:raises ConfigError: there is no such norm."""
    if norm not in ("batch", "instance"):
        raise ConfigError(f"norm must be 'batch' or 'instance', got {norm!r}")
