"""One person on the device."""

from __future__ import annotations

from dataclasses import dataclass

import moderngl
import numpy as np

from posemodels.people.person import Person
from posemodels.people.rendering.textures import Textures

_MOVING_BYTES = 24


@dataclass(frozen=True)
class PartTextures:
    """Those that belong to a person alone, white where a part has none."""

    fabric: moderngl.Texture
    print: moderngl.Texture


class PersonBuffers:
    """Vertex arrays and textures of a person; `release` frees them."""

    def __init__(
        self,
        context: moderngl.Context,
        person: Person,
        textures: Textures,
        drawing: moderngl.Program,
        shadow: moderngl.Program,
    ) -> None:
        self.person = person
        static, index = context.buffer(person.static.tobytes()), context.buffer(person.triangles.tobytes())
        self._moving = context.buffer(reserve=len(person.positions) * _MOVING_BYTES, dynamic=True)
        moving_layout = (self._moving, "3f 3f", "position", "normal")
        static_layout = (static, "2f 2f 3f 1f", "uv", "metric_uv", "rest", "cut")
        self.drawn = context.vertex_array(drawing, [moving_layout, static_layout], index)
        shadow_layout = [(self._moving, "3f 12x", "position"), (static, "28x 1f", "cut")]
        self.shadow = context.vertex_array(shadow, shadow_layout, index)
        self._owned = [static, index, self._moving, self.drawn, self.shadow]
        self.textures: list[PartTextures] = []
        for part in person.parts:
            fabric, chest_print = part.material.fabric, part.material.chest_print
            own = [
                textures.upload(image[::-1]) if image is not None else textures.white
                for image in (fabric.tile if fabric else None, chest_print.image if chest_print else None)
            ]
            self._owned += [texture for texture in own if texture is not textures.white]
            self.textures.append(PartTextures(*own))

    def move(self, positions: np.ndarray, normals: np.ndarray) -> None:
        """Poses the person: [C, 3] each."""
        self._moving.write(np.concatenate([positions, normals], axis=1).astype(np.float32).tobytes())

    def release(self) -> None:
        for owned in self._owned:
            owned.release()
