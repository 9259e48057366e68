"""Draws posed people with OpenGL, on the CPU where there is no graphics device."""

from __future__ import annotations

import moderngl
import numpy as np
from PIL import Image

from posemodels.errors import ConfigError
from posemodels.people.person import PackedPart, Person
from posemodels.people.posing.person_pose import PersonPose
from posemodels.people.posing.solver import solve_pose
from posemodels.people.rendering.annotations import label_map, project_joints
from posemodels.people.rendering.camera import look_at, orthographic
from posemodels.people.rendering.person_buffers import PartTextures, PersonBuffers
from posemodels.people.rendering.picture import RenderedPerson
from posemodels.people.rendering.programs import compile_program, set_matrix
from posemodels.people.rendering.scene import Background, Scene
from posemodels.people.rendering.surface import surface_points
from posemodels.people.rendering.textures import Textures

LARGEST_SIDE = 1400
_SHADOW_REACH, _SHADOW_DISTANCE = 11.5, 30
_SHADOWLESS = ("brows", "lashes", "eyes")
_OVER = moderngl.SRC_ALPHA, moderngl.ONE_MINUS_SRC_ALPHA
_DIFFUSE, _NORMAL, _OCCLUSION, _FABRIC, _PRINT, _SHADOW = range(6)
_SAMPLERS = ("diffuse_map", "normal_map", "occlusion_map", "fabric_map", "print_map", "shadow_map")


class Renderer:
    """Pictures of (height, width) `size`, averaged over `supersampling` samples in each direction.

    Keeps the person of the last picture on the device: draw all pictures of one person in a row. Raises ConfigError
    where a side is over `LARGEST_SIDE` or OpenGL is not to be had.
    """

    def __init__(self, size: tuple[int, int], supersampling: int = 2) -> None:
        if not 16 <= min(size) <= max(size) <= LARGEST_SIDE:
            raise ConfigError(f"sides of a picture are 16 to {LARGEST_SIDE} pixels, not {size[0]}x{size[1]}")
        self.size, self._supersampling = size, supersampling
        try:
            context = moderngl.create_context(standalone=True, backend="egl")
        except Exception as error:  # moderngl raises bare exceptions.
            raise ConfigError(f"OpenGL cannot be used: {error}; install libegl1 and libgl1-mesa-dri") from error
        self._context = context
        self._person, self._shadow, self._wall, self._floor = (
            compile_program(context, name) for name in ("person", "shadow", "background", "floor")
        )
        self._code_sample = (supersampling - 1) // 2
        self._code_offset = 0.5 - (self._code_sample + 0.5) / supersampling
        self._samples = size[1] * supersampling, size[0] * supersampling
        attachments = [context.texture(self._samples, 4) for _ in range(2)]
        self._target = context.framebuffer(attachments, context.depth_renderbuffer(self._samples))
        side = 512 if max(size) <= 320 else 1024
        self._shadow_map = context.depth_texture((side, side))
        self._shadow_map.compare_func = "<="
        self._shadow_map.repeat_x = self._shadow_map.repeat_y = False
        self._shadow_target = context.framebuffer(depth_attachment=self._shadow_map)
        quad = context.buffer(np.array([-1, -1, 1, -1, -1, 1, 1, 1], np.float32).tobytes())
        self._wall_quad = context.vertex_array(self._wall, [(quad, "2f", "corner")])
        self._floor_corners = context.buffer(reserve=48)
        self._floor_quad = context.vertex_array(self._floor, [(self._floor_corners, "3f", "position")])
        self._textures = Textures(context, largest=512 if max(size) <= 512 else 1024)
        self._buffers: PersonBuffers | None = None

    def render(self, person: Person, pose: PersonPose, scene: Scene) -> RenderedPerson:
        """Draws `person` in `pose`."""
        buffers = self._load(person)
        bones = solve_pose(person, pose)
        points, normals = person.skin(bones)
        buffers.move(points, normals)
        light_from = scene.middle + scene.light.direction * _SHADOW_DISTANCE
        lamp = orthographic(_SHADOW_REACH, 1, 2 * _SHADOW_DISTANCE) @ look_at(light_from, scene.middle)
        self._draw_shadow(buffers, lamp)
        self._target.use()
        self._context.viewport = (0, 0, *self._samples)
        self._target.clear(0, 0, 0, 0, depth=1)
        self._draw_background(scene.background)
        self._draw_floor(scene, person.shape.floor, lamp)
        self._draw_person(buffers, scene, lamp)
        rgb, triangle = self._read()
        barycentric, depth = surface_points(triangle, person.triangles, points, scene.camera, self._code_offset)
        joints, inside, visible = project_joints(person, bones, scene.camera, triangle, depth)
        return RenderedPerson(
            rgb=rgb,
            labels=label_map(person, triangle, barycentric),
            joints=joints,
            inside=inside,
            visible=visible,
            triangle=triangle,
            barycentric=barycentric,
            depth=depth,
            person=person,
            pose=pose,
            camera=scene.camera,
            points=points,
        )

    def _load(self, person: Person) -> PersonBuffers:
        if self._buffers is None or self._buffers.person is not person:
            if self._buffers is not None:
                self._buffers.release()
            self._buffers = PersonBuffers(self._context, person, self._textures, self._person, self._shadow)
        return self._buffers

    def _draw_shadow(self, buffers: PersonBuffers, lamp: np.ndarray) -> None:
        self._context.enable_only(moderngl.DEPTH_TEST)
        self._shadow_target.use()
        self._context.viewport = (0, 0, *self._shadow_map.size)
        self._shadow_target.clear(depth=1)
        set_matrix(self._shadow, "lamp", lamp)
        for part in buffers.person.parts:
            if part.name not in _SHADOWLESS:
                buffers.shadow.render(moderngl.TRIANGLES, vertices=3 * part.count, first=3 * part.first)

    def _draw_background(self, background: Background) -> None:
        self._context.enable_only(moderngl.NOTHING)
        wall = self._textures.white if background.texture is None else self._textures.upload(background.texture)
        wall.use(0)
        self._wall["wall"] = 0
        self._wall["first"], self._wall["second"] = tuple(background.first), tuple(background.second)
        shares = background.vertical, background.radial, background.texture_share, background.texture_repeats
        self._wall["shares"] = shares
        self._wall_quad.render(moderngl.TRIANGLE_STRIP)
        if background.texture is not None:
            wall.release()

    def _draw_floor(self, scene: Scene, floor: float, lamp: np.ndarray) -> None:
        self._shadow_map.use(_SHADOW)
        if scene.background.floor_shadow <= 0:
            return
        self._context.enable_only(moderngl.BLEND)
        self._context.blend_func = (*_OVER, moderngl.ZERO, moderngl.ONE)
        corners = np.array([[x, floor, z] for z in (-9, 9) for x in (-9, 9)], np.float32)
        self._floor_corners.write(corners.tobytes())
        set_matrix(self._floor, "camera", scene.camera.matrix)
        set_matrix(self._floor, "lamp", lamp)
        self._floor["shadow_map"], self._floor["darkness"] = _SHADOW, scene.background.floor_shadow
        self._floor_quad.render(moderngl.TRIANGLE_STRIP)

    def _draw_person(self, buffers: PersonBuffers, scene: Scene, lamp: np.ndarray) -> None:
        program, light = self._person, scene.light
        set_matrix(program, "camera", scene.camera.matrix)
        set_matrix(program, "lamp", lamp)
        program["eye"], program["lamp_direction"] = tuple(scene.camera.eye), tuple(light.direction)
        program["lamp_color"], program["sky_color"] = tuple(light.color), tuple(light.sky)
        program["ground_color"] = tuple(light.ground)
        for unit, sampler in enumerate(_SAMPLERS):
            program[sampler] = unit
        lit = bool(light.color.any())
        self._context.blend_func = (*_OVER, moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA)
        for blending in (False, True):
            program["blending"] = blending
            self._context.enable_only(moderngl.DEPTH_TEST | (moderngl.BLEND if blending else 0))
            # Single hairs are blended over what is behind, and hide nothing from each other.
            self._target.depth_mask = not blending
            for part, textures in zip(buffers.person.parts, buffers.textures, strict=True):
                if part.material.translucent or not blending:
                    self._set_material(part, textures, lit)
                    buffers.drawn.render(moderngl.TRIANGLES, vertices=3 * part.count, first=3 * part.first)
        self._target.depth_mask = True

    def _set_material(self, part: PackedPart, own: PartTextures, lit: bool) -> None:
        program, material = self._person, part.material
        self._textures.get(material.texture).use(_DIFFUSE)
        has_normals = material.normal_map is not None
        (self._textures.get(material.normal_map) if has_normals else self._textures.wrinkles).use(_NORMAL)
        self._textures.get(material.occlusion_map).use(_OCCLUSION)
        own.fabric.use(_FABRIC)
        own.print.use(_PRINT)
        program["has_normals"] = has_normals and lit
        program["has_occlusion"] = material.occlusion_map is not None
        program["has_fabric"], program["has_print"] = material.fabric is not None, material.chest_print is not None
        program["first_triangle"] = part.first
        program["skin"], program["wrinkle"], program["specular"] = (
            value if lit else 0.0 for value in (material.skin, material.wrinkle, material.specular)
        )
        program["fabric_scale"] = 1 / material.fabric.width if material.fabric else 1.0
        program["texture_detail"] = material.texture_detail
        program["texture_luminance"] = max(material.texture_luminance, 0.04)
        program["print_rectangle"] = material.chest_print.rectangle if material.chest_print else (0.0, 0.0, 1.0, 1.0)
        set_matrix(program, "color_matrix", material.color_matrix)
        program["tint"] = tuple(material.tint)

    def _read(self) -> tuple[np.ndarray, np.ndarray]:
        """[H, W, 3] uint8 colours, and [H, W] int32 triangles at the sample up and left of the centre."""
        width, height = self._samples
        colors, codes = (self._target.read(components=4, attachment=attachment) for attachment in (0, 1))
        image = Image.frombuffer("RGBA", self._samples, colors, "raw", "RGBA", 0, -1).convert("RGB")
        rgb = np.asarray(image.reduce(self._supersampling) if self._supersampling > 1 else image)
        step, start = self._supersampling, self._code_sample
        numbers = np.frombuffer(codes, "<u4").reshape(height, width)[::-1][start::step, start::step]
        return rgb, (numbers & 0xFFFFFF).astype(np.int32) - 1
