"""The Fréchet distance between two sets of feature vectors, each described by a Gaussian."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Gaussian:
    """Mean, D values, and covariance, D x D."""

    mean: Array
    covariance: Array

    @staticmethod
    def of(vectors_ND: NDArray[np.floating]) -> Gaussian:
        """Fitted to N >= 2 vectors, without bias."""
        if vectors_ND.ndim != 2 or len(vectors_ND) < 2:
            raise ValueError(f"a Gaussian is fitted to at least 2 vectors, got shape {vectors_ND.shape}")
        vectors = vectors_ND.astype(np.float64)
        return Gaussian(vectors.mean(axis=0), np.atleast_2d(np.cov(vectors, rowvar=False)))


def frechet_distance(first: Gaussian, second: Gaussian) -> float:
    """|m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2)), the squared Wasserstein-2 distance (Dowson and Landau, 1982).

    The eigenvalues of C1 C2 are those of C1^(1/2) C2 C1^(1/2), which is symmetric: no complex roots to throw away.
    """
    root = _root(first.covariance)
    values = np.linalg.eigvalsh(root @ second.covariance @ root)
    shift = float(np.square(first.mean - second.mean).sum())
    spread = float(np.trace(first.covariance) + np.trace(second.covariance))
    return max(0.0, shift + spread - 2.0 * float(np.sqrt(np.clip(values, 0.0, None)).sum()))


def _root(covariance: Array) -> Array:
    values, vectors = np.linalg.eigh(covariance)
    root: Array = (vectors * np.sqrt(np.clip(values, 0.0, None))) @ vectors.T
    return root
