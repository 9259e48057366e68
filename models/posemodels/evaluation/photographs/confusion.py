"""Measures of parsing maps of photographs: the labels of a person, skin as one, accessories left out."""

from __future__ import annotations

import numpy as np

from posemodels.data.photographs.street_labels import PERSON_LABELS, SKIN

MEASURED: tuple[str, ...] = ("background", "hair", "skin", "upper_clothes", "lower_clothes", "shoes")


def confusion(truth: np.ndarray, found: np.ndarray) -> np.ndarray:
    """[9, 9] counts of pixels, true label by found label; both hold indices into `PERSON_LABELS`."""
    labels = len(PERSON_LABELS)
    flat = truth.ravel().astype(np.int64) * labels + found.ravel()
    return np.bincount(flat, minlength=labels * labels).reshape(labels, labels)


def iou_by_label(counts: np.ndarray) -> dict[str, float]:
    """Intersection over union of each of `PERSON_LABELS`, pooled over the pixels; NaN where it does not occur."""
    return dict(zip(PERSON_LABELS, _iou(counts.astype(np.float64)), strict=True))


def measured_iou(counts: np.ndarray) -> dict[str, float]:
    """Of each of `MEASURED`: skin is face, arms and legs; pixels annotated as accessories do not count."""
    merge = np.zeros((len(PERSON_LABELS), len(MEASURED) + 1))
    for index, name in enumerate(PERSON_LABELS):
        merged = "skin" if name in SKIN else name
        merge[index, MEASURED.index(merged) if merged in MEASURED else len(MEASURED)] = 1
    counts = merge.T @ counts.astype(np.float64) @ merge
    counts[len(MEASURED)] = 0
    return dict(zip(MEASURED, _iou(counts), strict=False))


def _iou(counts: np.ndarray) -> list[float]:
    overlap = np.diagonal(counts)
    union = counts.sum(0) + counts.sum(1) - overlap
    return [float(a / b) if b else float("nan") for a, b in zip(overlap, union)]
