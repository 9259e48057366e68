"""3x3 convolutions by Winograd's minimal filtering F(4x4, 3x3): 36 products for 16 outputs instead of 144.

Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016, section 4, with other points: 0, 3/4,
-3/4, 3/2, -3/2 and infinity are a quarter as far from a direct convolution in 32-bit floats as 0, 1, -1, 2, -2.

Shapes: B batch, C channels in, O channels out, T tiles of 4 x 4 outputs, P = 16 * T positions in tiled order.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from posemodels.export.passes.editing import GraphEditor

TILE = 4
_TAPS = 3
_PATCH = TILE + _TAPS - 1
_POINTS = (Fraction(0), Fraction(3, 4), Fraction(-3, 4), Fraction(3, 2), Fraction(-3, 2))

FEW_TILES = 40
"""Below, the kernels are the left factor: the runtime reads a left factor in place and copies a right one."""


def tiled_order(height: int, width: int) -> np.ndarray:
    """For every position in tiled order its index row by row: first the place within the 4 x 4 tile, then the tile."""
    rows = np.arange(height * width).reshape(height // TILE, TILE, width // TILE, TILE)
    return rows.transpose(1, 3, 0, 2).reshape(-1)


def transforms() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The matrices of Toom and Cook for one axis: of the input, 6 x 6, of the kernel, 6 x 3, of the output, 4 x 6."""
    products = [[other for other in _POINTS if other != point] for point in _POINTS]
    into = [_polynomial(roots) + [Fraction(0)] for roots in products] + [_polynomial(list(_POINTS))]
    kernel = []
    for point, roots in zip(_POINTS, products):
        divisor = _polynomial_at(_polynomial(roots), point)
        kernel.append([point**power / divisor for power in range(_TAPS)])
    kernel.append([Fraction(0)] * (_TAPS - 1) + [Fraction(1)])
    back = [[point**power for point in _POINTS] + [Fraction(power == TILE - 1)] for power in range(TILE)]
    into_66, kernel_63, back_46 = (np.array(rows, dtype=np.float64) for rows in (into, kernel, back))
    return into_66, kernel_63, back_46


def emit_winograd(
    editor: GraphEditor,
    source_PBC: str,
    weight_OC33: np.ndarray,
    bias_O: np.ndarray | None,
    size: tuple[int, int],
    reflect: bool,
) -> str:
    """Adds the nodes of a 3x3 convolution from and to P x B x channels, whose border is mirrored or zero."""
    height, width = size
    tiles = height * width // TILE**2
    outputs, channels = weight_OC33.shape[:2]
    if not reflect:
        # One more position, of zeros: where the patches reach over the border.
        pads = editor.constant(np.array([0, 0, 0, 1, 0, 0], np.int64), "pads")
        source_PBC = editor.emit("Pad", [source_PBC, pads], mode="constant")
    into, kernel, back = (np.kron(matrix, matrix).astype(np.float32) for matrix in transforms())

    patches = editor.constant(_patches(height, width, reflect), "patches")
    gathered = editor.reshape(editor.emit("Gather", [source_PBC, patches], axis=0), [_PATCH**2, -1])
    transformed = editor.emit("MatMul", [editor.constant(into, "winograd_input"), gathered])
    transformed = editor.reshape(transformed, [_PATCH**2, -1, channels])

    # The file holds 9 numbers a kernel; the runtime makes 36 of them when it loads the graph.
    swapped = tiles < FEW_TILES
    axes = (2, 3, 0, 1) if swapped else (2, 3, 1, 0)
    taps = editor.constant(np.ascontiguousarray(weight_OC33.transpose(axes)).reshape(_TAPS**2, -1), "taps")
    kernels = editor.emit("MatMul", [editor.constant(kernel, "winograd_kernel"), taps])
    if swapped:
        kernels = editor.reshape(kernels, [_PATCH**2, outputs, channels])
        turned = editor.emit("Transpose", [transformed], perm=[0, 2, 1])
        products = editor.emit("MatMul", [kernels, turned])
    else:
        products = editor.emit("MatMul", [transformed, editor.reshape(kernels, [_PATCH**2, channels, outputs])])

    made = editor.emit(
        "MatMul", [editor.constant(back, "winograd_output"), editor.reshape(products, [_PATCH**2, -1])]
    )
    if swapped:
        made = editor.emit("Transpose", [editor.reshape(made, [TILE**2, outputs, -1])], perm=[0, 2, 1])
    return add_bias(editor, editor.reshape(made, [TILE**2 * tiles, -1, outputs]), bias_O)


def add_bias(editor: GraphEditor, source: str, bias: np.ndarray | None) -> str:
    """Adds a bias to the last axis where it is more than zeros."""
    if bias is None or not bias.any():
        return source
    return editor.emit("Add", [source, editor.constant(bias.astype(np.float32), "bias")])


def _patches(height: int, width: int, reflect: bool) -> np.ndarray:
    """Positions in tiled order that every tile's 6 x 6 patch takes, place in the patch first."""
    places = np.empty(height * width, np.int64)
    places[tiled_order(height, width)] = np.arange(height * width)
    map_places = places.reshape(height, width)
    if reflect:
        padded = np.pad(map_places, 1, mode="reflect")
    else:
        padded = np.pad(map_places, 1, mode="constant", constant_values=height * width)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (_PATCH, _PATCH))[::TILE, ::TILE]
    return np.ascontiguousarray(windows.transpose(2, 3, 0, 1).reshape(-1))


def _polynomial(roots: list[Fraction]) -> list[Fraction]:
    """Coefficients, lowest power first, of the product of (x - root)."""
    made = [Fraction(1)]
    for root in roots:
        made = [high - root * low for high, low in zip([Fraction(0), *made], [*made, Fraction(0)])]
    return made


def _polynomial_at(coefficients: list[Fraction], point: Fraction) -> Fraction:
    return sum((value * point**power for power, value in enumerate(coefficients)), Fraction(0))
