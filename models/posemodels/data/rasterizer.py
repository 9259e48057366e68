"""A z-buffer that draws smooth body parts, keeping for every pixel what the shading needs later.

All lengths are pixels of the (supersampled) canvas. Depth grows towards the viewer.
"""

from __future__ import annotations

from typing import Callable

import numpy as np

PROFILE_STEPS = 64


def profile(knots: list[tuple[float, float]]) -> np.ndarray:
    """A smooth table of `PROFILE_STEPS` values over [0, 1] through `knots` of (position, value)."""
    at, values = np.array(knots, dtype=np.float64).T
    table = np.interp(np.linspace(0.0, 1.0, PROFILE_STEPS), at, values)
    kernel = np.array([0.25, 0.5, 0.25])
    for _ in range(3):
        table = np.convolve(np.pad(table, 1, mode="edge"), kernel, mode="valid")
    return table.astype(np.float32)


class Rasterizer:
    """Canvas of one picture: depth, part, surface coordinates and diffuse light of the front-most surface."""

    def __init__(self, height: int, width: int, light: np.ndarray) -> None:
        """:param light: unit vector towards the light, world frame."""
        self.height, self.width = height, width
        self.light = [float(c) for c in light]
        self.depth = np.full((height, width), -1e9, dtype=np.float32)
        self.part = np.zeros((height, width), dtype=np.uint8)
        self.u = np.zeros((height, width), dtype=np.float32)
        self.v = np.zeros((height, width), dtype=np.float32)
        self.diffuse = np.zeros((height, width), dtype=np.float32)
        self._xs = np.arange(width, dtype=np.float32)
        self._ys = np.arange(height, dtype=np.float32)[:, None]

    def _box(self, start: np.ndarray, end: np.ndarray, margin: float) -> tuple[slice, slice] | None:
        x0 = max(0, int(min(start[0], end[0]) - margin))
        x1 = min(self.width, int(max(start[0], end[0]) + margin) + 2)
        y0 = max(0, int(min(start[1], end[1]) - margin))
        y1 = min(self.height, int(max(start[1], end[1]) + margin) + 2)
        return (slice(y0, y1), slice(x0, x1)) if x1 > x0 and y1 > y0 else None

    def limb(
        self,
        start: np.ndarray,
        end: np.ndarray,
        radius: np.ndarray,
        part: int,
        *,
        v_range: tuple[float, float],
        u_offset: float = 0.0,
        u_scale: float = 1.0,
        cut: tuple[float, float] | None = None,
        bias: float = 0.0,
    ) -> None:
        """Draws a round limb with spherical ends.

        :param start: [3] point on the axis, and `end` the other.
        :param radius: [PROFILE_STEPS] radius along the axis.
        :param part: value for the part map.
        :param v_range: surface coordinate v at start and end.
        :param u_offset: angle added round the axis, radians, before `u_scale` turns angles into lengths.
        :param cut: draw only positions in this range of the axis (0 start, 1 end), with flat ends.
        :param bias: added to the depth for the comparison, to order cloth over skin.
        """
        box = self._box(start, end, float(radius.max()))
        if box is None:
            return
        ax, ay = float(end[0] - start[0]), float(end[1] - start[1])
        length = (ax * ax + ay * ay) ** 0.5
        if length < 0.5:
            ax, ay, length = 0.0, 0.5, 0.5
        ax, ay = ax / length, ay / length
        dx = self._xs[box[1]] - np.float32(start[0])
        dy = self._ys[box[0]] - np.float32(start[1])
        along = dx * np.float32(ax / length) + dy * np.float32(ay / length)
        across = dx * np.float32(ay) - dy * np.float32(ax)
        clamped = np.clip(along, 0.0, 1.0)
        r = radius.take((clamped * np.float32(PROFILE_STEPS - 1)).astype(np.intp))
        excess = (along - clamped) * np.float32(length)
        height = r * r - across * across - excess * excess
        inside = height > 0.0
        if cut is not None:
            inside &= (along >= cut[0]) & (along <= cut[1])
        height = np.sqrt(np.maximum(height, 0.0))
        depth = clamped * np.float32(end[2] - start[2]) + height + np.float32(start[2] + bias)
        inside &= depth > self.depth[box]
        lx, ly, lz = self.light
        inverse = 1.0 / np.maximum(r, 1e-3)
        side = across * inverse
        diffuse = (
            side * np.float32(lx * ay - ly * ax)
            + (excess * np.float32(lx * ax + ly * ay) + height * np.float32(lz)) * inverse
        )
        np.copyto(self.depth[box], depth, where=inside)
        np.copyto(self.part[box], np.uint8(part), where=inside)
        np.copyto(self.diffuse[box], diffuse, where=inside)
        angle = np.arcsin(np.clip(side, -1.0, 1.0))
        np.copyto(self.u[box], (angle + np.float32(u_offset)) * np.float32(u_scale), where=inside)
        v = clamped * np.float32(v_range[1] - v_range[0]) + np.float32(v_range[0])
        np.copyto(self.v[box], v, where=inside)

    def loft(
        self,
        start: np.ndarray,
        end: np.ndarray,
        half_width: np.ndarray,
        half_depth: np.ndarray,
        facing: float,
        part: int,
        *,
        v_range: tuple[float, float],
        u_scale: float = 1.0,
        bias: float = 0.0,
        keep: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None,
        repaint: tuple[int, Callable[[np.ndarray, np.ndarray], np.ndarray]] | None = None,
    ) -> None:
        """Draws a body with elliptic cross-sections along an axis, without end caps.

        :param start: [3] upper end of the axis, and `end` the lower.
        :param half_width: [PROFILE_STEPS] half-axis to the person's side, and `half_depth` the one to the front.
        :param facing: angle of the front about the vertical, radians; 0 faces the viewer.
        :param keep: of (position along the axis, angle from the front): which surface exists at all.
        :param repaint: another part number and where (same arguments) it replaces `part`.
        """
        c, s = float(np.cos(facing)), float(np.sin(facing))
        a, b = half_width.astype(np.float64), half_depth.astype(np.float64)
        extent = np.sqrt((a * c) ** 2 + (b * s) ** 2)
        box = self._box(start, end, float(extent.max()))
        if box is None:
            return
        ax, ay = float(end[0] - start[0]), float(end[1] - start[1])
        length = max((ax * ax + ay * ay) ** 0.5, 1.0)
        ax, ay = ax / length, ay / length
        safe = np.maximum(extent, 1e-3)
        slope = np.clip(np.gradient(extent) * (PROFILE_STEPS - 1) / length, -2.5, 2.5)
        tables = np.stack(
            [extent**2, (b * b - a * a) * s * c / safe**2, a * b / safe**2, 1.0 / np.maximum(a, 1e-3),
             1.0 / np.maximum(b, 1e-3), slope, 1.0 / np.sqrt(1.0 + slope**2)]
        ).astype(np.float32)  # fmt: skip
        dx = self._xs[box[1]] - np.float32(start[0])
        dy = self._ys[box[0]] - np.float32(start[1])
        along = dx * np.float32(ax / length) + dy * np.float32(ay / length)
        across = dx * np.float32(ay) - dy * np.float32(ax)
        index = np.clip(along * np.float32(PROFILE_STEPS - 1), 0, PROFILE_STEPS - 1).astype(np.intp)
        height = tables[0].take(index) - across * across
        inside = (height > 0.0) & (along >= 0.0) & (along <= 1.0)
        height = tables[1].take(index) * across + tables[2].take(index) * np.sqrt(np.maximum(height, 0.0))
        depth = height + along * np.float32(end[2] - start[2]) + np.float32(start[2] + bias)
        inside &= depth > self.depth[box]
        if not inside.any():
            return
        inverse_a, inverse_b = tables[3].take(index), tables[4].take(index)
        side = (across * np.float32(c) - height * np.float32(s)) * inverse_a
        front = (across * np.float32(s) + height * np.float32(c)) * inverse_b
        angle = np.arctan2(side, front)
        if keep is not None:
            inside &= keep(along, angle)
        normal_side, normal_front = side * inverse_a, front * inverse_b
        scale = 1.0 / np.sqrt(normal_side**2 + normal_front**2 + 1e-12)
        lx, ly, lz = self.light
        # The light seen from the part's own frame, so that the normal needs no rotation of its own.
        screen_x = lx * ay - ly * ax
        light_side, light_front = screen_x * c - lz * s, screen_x * s + lz * c
        diffuse = (normal_side * np.float32(light_side) + normal_front * np.float32(light_front)) * scale
        diffuse -= tables[5].take(index) * np.float32(lx * ax + ly * ay)
        diffuse *= tables[6].take(index)
        np.copyto(self.depth[box], depth, where=inside)
        np.copyto(self.part[box], np.uint8(part), where=inside)
        if repaint is not None:
            np.copyto(self.part[box], np.uint8(repaint[0]), where=inside & repaint[1](along, angle))
        np.copyto(self.diffuse[box], diffuse, where=inside)
        np.copyto(self.u[box], angle * np.float32(u_scale), where=inside)
        v = along * np.float32(v_range[1] - v_range[0]) + np.float32(v_range[0])
        np.copyto(self.v[box], v, where=inside)
