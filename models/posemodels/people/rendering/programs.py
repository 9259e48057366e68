"""The shader programs, compiled from the files beside this module."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np

_SHADERS = Path(__file__).parent / "shaders"


def compile_program(context: moderngl.Context, name: str) -> moderngl.Program:
    """The program of `shaders/NAME.vert` and `shaders/NAME.frag`."""
    vertex, fragment = ((_SHADERS / f"{name}.{kind}").read_text(encoding="utf-8") for kind in ("vert", "frag"))
    return context.program(vertex_shader=vertex, fragment_shader=fragment)


def set_matrix(program: moderngl.Program, name: str, matrix: np.ndarray) -> None:
    """Sets a matrix uniform; OpenGL has columns first."""
    program[name].write(np.ascontiguousarray(matrix.T).astype(np.float32).tobytes())
