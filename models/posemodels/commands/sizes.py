"""Picture sizes on the command line."""

from __future__ import annotations

from posemodels.errors import ConfigError


def parse_size(text: str) -> tuple[int, int]:
    """Height and width of `HxW`. :raises ConfigError: the text is something else."""
    try:
        height, width = (int(part) for part in text.split("x"))
    except ValueError as error:
        raise ConfigError(f"--size must be HxW, got {text!r}") from error
    return height, width
