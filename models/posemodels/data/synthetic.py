"""Renders groups of pictures of procedural people: one person, one outfit, one studio, several poses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .figure import HEAD_U_SCALE, Camera, FigurePainter, Part
from .patterns import PatternKind
from .person import Garment, Person, sample_person
from .poses import sample_pose
from .rasterizer import Rasterizer
from .scene import Scene, draw_background, sample_scene
from .skeleton import JOINT_COUNT, Pose, Skeleton, pose_skeleton

LABEL_NAMES: tuple[str, ...] = (
    "background", "hair", "face", "upper_clothes", "lower_clothes", "arms", "legs", "shoes",
)  # fmt: skip

HELD_OUT_SEEDS = range(0, 1_000_000)
"""Seeds of people that no model is ever trained on."""

TRAINING_SEEDS = range(1_000_000, 2_000_000_000)
"""Seeds of people for training."""

_LABEL_OF_PART = np.zeros(16, dtype=np.uint8)
for _part, _label in {
    Part.HEAD: 2, Part.NECK: 2, Part.CHEST: 2, Part.ARM: 5, Part.HAND: 5, Part.LEG: 6, Part.HAIR: 1, Part.TOP: 3,
    Part.SLEEVE: 3, Part.PELVIS: 4, Part.TROUSER: 4, Part.SKIRT: 4, Part.SHOE: 7,
}.items():  # fmt: skip
    _LABEL_OF_PART[_part] = _label

_TOP_PARTS = np.isin(np.arange(16), (Part.TOP, Part.SLEEVE))
_BOTTOM_PARTS = np.isin(np.arange(16), (Part.PELVIS, Part.TROUSER, Part.SKIRT))
_FACE_JOINTS = (0, 14, 15, 16, 17)


@dataclass(frozen=True)
class PersonGroup:
    """Pictures of one person in K poses before one background and camera."""

    images: np.ndarray
    """[K, H, W, 3] uint8 RGB."""
    keypoints: np.ndarray
    """[K, 18, 2] float32 (x, y) in pixels, pixel centres at whole numbers; missing joints are (-1, -1)."""
    visible: np.ndarray
    """[K, 18] bool: the joint is in the picture and not far behind another part (it may still be given above)."""
    labels: np.ndarray
    """[K, H, W] uint8 index into `LABEL_NAMES`."""


def render_group(
    seed: int,
    count: int = 4,
    size: tuple[int, int] = (128, 96),
    *,
    poses: Sequence[Pose] | None = None,
    clutter: bool = False,
    supersample: int = 2,
    dress: Callable[[Person], Person] | None = None,
) -> PersonGroup:
    """Renders one random person in several poses.

    :param seed: decides everything; see `TRAINING_SEEDS` and `HELD_OUT_SEEDS`.
    :param count: number of poses K, at least 1; ignored with `poses`.
    :param size: height and width in pixels.
    :param poses: the poses to draw instead of random ones.
    :param clutter: random shapes instead of a studio wall.
    :param supersample: samples a pixel and axis, 1 or 2.
    :param dress: changes the person that the seed gives; poses, framing and background stay those of the seed.
    """
    height, width = size
    if height < 32 or width < 16 or count < 1 or supersample not in (1, 2):
        raise ValueError(f"cannot render {count} pictures of {height}x{width} with supersampling {supersample}")
    rng = np.random.default_rng(seed)
    person = sample_person(rng)
    if dress is not None:
        person = dress(person)
    scene = sample_scene(rng, clutter)
    if poses is None:
        poses = [sample_pose(rng) for _ in range(count)]
    skeletons = [pose_skeleton(pose, person.proportions) for pose in poses]
    cameras = _frame(skeletons, height, width, rng)
    background = draw_background(scene, height, width)
    pictures = [
        _render(person, scene, background, bones, camera, supersample, rng)
        for bones, camera in zip(skeletons, cameras, strict=True)
    ]
    images, keypoints, visible, labels = (np.stack(column) for column in zip(*pictures, strict=True))
    return PersonGroup(images, keypoints, visible, labels)


def _frame(skeletons: list[Skeleton], height: int, width: int, rng: np.random.Generator) -> list[Camera]:
    """One scale and floor line for the group; small sideways steps between the pictures."""
    scale = height * rng.uniform(0.80, 0.91)
    smallest = scale * 0.84
    extents = []
    for bones in skeletons:
        points = np.concatenate([bones.joints, bones.hands, bones.toes, bones.head_top[None]])
        extents.append((points[:, 0].min() - 0.03, points[:, 0].max() + 0.03, points[:, 1].min() - 0.02))
    tallest = max(bones.floor - top for bones, (_, _, top) in zip(skeletons, extents, strict=True))
    widest = max(right - left for left, right, _ in extents)
    scale = max(smallest, min(scale, 0.93 * height / tallest, 0.97 * width / widest))
    floor_y = height * rng.uniform(0.945, 0.975)
    shift = rng.normal() * 0.02 * width
    cameras = []
    for bones, (left, right, _) in zip(skeletons, extents, strict=True):
        centre = 0.5 * (left + right) * scale
        x = width / 2.0 + shift + rng.normal() * 0.01 * width - centre * 0.7
        free = max(0.0, (width - (right - left) * scale) / 2.0)
        x = float(np.clip(x, width / 2.0 - centre - free, width / 2.0 - centre + free))
        cameras.append(Camera(scale, x, floor_y - bones.floor * scale - 0.02 * scale))
    return cameras


def _render(
    person: Person,
    scene: Scene,
    background: np.ndarray,
    bones: Skeleton,
    camera: Camera,
    supersample: int,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    height, width = background.shape[:2]
    s = supersample
    canvas = Rasterizer(height * s, width * s, scene.light)
    # Sample i of an axis lies at pixel (i + 0.5) / s - 0.5.
    fine = Camera(camera.scale * s, (camera.x + 0.5) * s - 0.5, (camera.y + 0.5) * s - 0.5)
    FigurePainter(person, bones, fine, canvas).draw()
    image = _drop_shadow(background, scene, bones, camera)
    labels = np.zeros((height, width), dtype=np.uint8)
    rows = np.flatnonzero(canvas.part.any(axis=1))
    columns = np.flatnonzero(canvas.part.any(axis=0))
    if rows.size:
        top, bottom = rows[0] // s, rows[-1] // s + 1
        left, right = columns[0] // s, columns[-1] // s + 1
        fine_box = slice(top * s, bottom * s), slice(left * s, right * s)
        color = _shade(person, scene, canvas, fine_box, camera.scale * s)
        part = canvas.part[fine_box]
        alpha = (part > 0).astype(np.float32)
        box = slice(top, bottom), slice(left, right)
        image[box] = _shrink(color, s) + (1.0 - _shrink(alpha, s))[..., None] * image[box]
        labels[box] = _majority(_LABEL_OF_PART[part], s)
    keypoints, visible = _keypoints(bones, camera, canvas, s, rng)
    return np.clip(image + 0.5, 0, 255).astype(np.uint8), keypoints, visible, labels


def _shade(person: Person, scene: Scene, canvas: Rasterizer, box: tuple[slice, slice], scale: float) -> np.ndarray:
    """Colour of the person in `box`, [h, w, 3] float32, black where there is nobody."""
    part, u, v = canvas.part[box], canvas.u[box], canvas.v[box]
    palette = np.zeros((16, 3), dtype=np.float32)
    for name in (Part.HEAD, Part.NECK, Part.CHEST, Part.ARM, Part.HAND, Part.LEG):
        palette[name] = person.skin
    palette[Part.HAIR], palette[Part.SHOE] = person.hair_color, person.shoes
    palette[_TOP_PARTS] = person.top.color
    palette[_BOTTOM_PARTS] = person.bottom.color
    color = palette.take(part.ravel(), axis=0)
    _paint_pattern(color, person.top, _TOP_PARTS, part, u, v)
    _paint_pattern(color, person.bottom, _BOTTOM_PARTS, part, u, v)
    _paint_face(color, person, part, u, v)

    light = np.float32(scene.ambient) + np.float32(1.12 - scene.ambient) * np.maximum(canvas.diffuse[box], 0.0)
    cloth = (_TOP_PARTS | _BOTTOM_PARTS)[part]
    folds = np.sin(v * np.float32(46.0) + u * np.float32(38.0)) * np.sin(u * np.float32(55.0) - v * np.float32(17.0))
    light *= 1.0 + folds * cloth * np.float32(person.folds)
    hair = part == Part.HAIR
    light += hair * np.sin(u * np.float32(300.0)) * np.float32(0.06)
    light *= _occlusion(canvas.depth[box], scale)
    color = color.reshape(*part.shape, 3)
    color *= light[..., None]
    color *= scene.tint.astype(np.float32)
    return np.minimum(color, 255.0)


def _paint_pattern(
    color: np.ndarray, garment: Garment, parts: np.ndarray, part: np.ndarray, u: np.ndarray, v: np.ndarray
) -> None:
    if garment.pattern.kind is PatternKind.PLAIN:
        return
    index = np.flatnonzero(parts[part])
    on_chest = part.ravel()[index] == Part.TOP
    covered = garment.pattern.coverage(u.ravel()[index], v.ravel()[index], on_chest)
    color[index[covered]] = garment.second


def _paint_face(color: np.ndarray, person: Person, part: np.ndarray, u: np.ndarray, v: np.ndarray) -> None:
    index = np.flatnonzero(part == Part.HEAD)
    if index.size == 0:
        return
    p = person.proportions
    at = v.ravel()[index]
    turn = u.ravel()[index] / np.float32(HEAD_U_SCALE * (p.head_width + p.head_depth))
    side = np.where(np.abs(turn) < np.pi / 2, np.sin(turn), 2.0)
    offset = np.abs(side) - 0.43
    white = (offset / 0.20) ** 2 + ((at - 0.50) / 0.038) ** 2 < 1.0
    iris = (offset / 0.11) ** 2 + ((at - 0.50) / 0.042) ** 2 < 1.0
    brow = (np.abs(offset) < 0.24) & (np.abs(at - 0.425 + 0.05 * offset) < 0.016)
    mouth = (side / 0.36) ** 2 + ((at - 0.795) / 0.030) ** 2 < 1.0
    color[index[white]] = (236.0, 232.0, 226.0)
    color[index[iris]] = person.eyes
    color[index[brow]] = np.minimum(np.array(person.hair_color) * 0.8, np.array(person.skin) * 0.75)
    color[index[mouth]] = person.lips


def _occlusion(depth: np.ndarray, scale: float) -> np.ndarray:
    """Darkening where a neighbouring surface stands in front, so that an arm shows before a torso of its colour."""
    reach = max(1, int(round(0.010 * scale)))
    near = np.float32(1.0 / (0.05 * scale))
    shade = np.zeros_like(depth)
    padded = np.pad(depth, reach, mode="edge")
    height, width = depth.shape
    for dy, dx in ((0, 1), (0, -1), (-1, 0)):
        y, x = reach + dy * reach, reach + dx * reach
        step = padded[y : y + height, x : x + width] - depth
        shade += np.clip(step * near - np.float32(0.25), 0.0, 1.0)
    return 1.0 - np.minimum(shade * np.float32(0.22), np.float32(0.38))


def _drop_shadow(background: np.ndarray, scene: Scene, bones: Skeleton, camera: Camera) -> np.ndarray:
    """The scene with soft contact shadows under the feet, a fresh array."""
    image = background.copy()
    height, width = image.shape[:2]
    for heel, toe in zip(bones.heels, bones.toes, strict=True):
        cx, cy = (heel + toe)[:2] * 0.5 * camera.scale + (camera.x, camera.y)
        cy = max(cy, bones.floor * camera.scale + camera.y - 0.03 * camera.scale) + 0.018 * camera.scale
        rx, ry = 0.10 * camera.scale, 0.026 * camera.scale
        y0, y1 = max(0, int(cy - ry)), min(height, int(cy + ry) + 2)
        x0, x1 = max(0, int(cx - rx)), min(width, int(cx + rx) + 2)
        if y1 <= y0 or x1 <= x0:
            continue
        y = (np.arange(y0, y1, dtype=np.float32) - np.float32(cy))[:, None] / np.float32(ry)
        x = (np.arange(x0, x1, dtype=np.float32) - np.float32(cx)) / np.float32(rx)
        fade = np.clip(1.0 - x * x - y * y, 0.0, 1.0) * np.float32(scene.shadow)
        image[y0:y1, x0:x1] *= (1.0 - fade)[..., None]
    return image


def _shrink(fine: np.ndarray, s: int) -> np.ndarray:
    if s == 1:
        return fine
    return (fine[0::2, 0::2] + fine[1::2, 0::2] + fine[0::2, 1::2] + fine[1::2, 1::2]) * np.float32(0.25)


def _majority(fine: np.ndarray, s: int) -> np.ndarray:
    if s == 1:
        return fine
    a, b, c, d = fine[0::2, 0::2], fine[1::2, 1::2], fine[1::2, 0::2], fine[0::2, 1::2]
    return np.where((a == b) | (a == c) | (a == d), a, np.where((b == c) | (b == d), b, c))


def _keypoints(
    bones: Skeleton, camera: Camera, canvas: Rasterizer, s: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    points = camera.project(bones.joints)
    keypoints = np.full((JOINT_COUNT, 2), -1.0, dtype=np.float32)
    visible = np.zeros(JOINT_COUNT, dtype=bool)
    forgotten = rng.random(JOINT_COUNT) < 0.5
    for joint, (x, y, z) in enumerate(points):
        column, row = int(round((x + 0.5) * s - 0.5)), int(round((y + 0.5) * s - 0.5))
        if not (0 <= column < canvas.width and 0 <= row < canvas.height):
            continue
        face = joint in _FACE_JOINTS
        margin = (0.035 if face else 0.115) * camera.scale
        hidden = canvas.depth[row, column] / s - z > margin
        visible[joint] = not hidden
        # A detector guesses a hidden elbow about as often as not, but never a hidden eye.
        if not hidden or not (face or forgotten[joint]):
            keypoints[joint] = x, y
    return keypoints, visible
