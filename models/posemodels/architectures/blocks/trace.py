"""How networks hand out their intermediates."""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor

Trace = Callable[[str, Tensor], None]
"""Receives intermediates by name, for parity checks."""
