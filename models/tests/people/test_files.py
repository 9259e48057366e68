"""Readers of MakeHuman's files, on small ones written here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from posemodels.people.assets import ASSETS_VARIABLE, find_assets
from posemodels.people.files.errors import AssetError
from posemodels.people.files.material import read_textures
from posemodels.people.files.mhclo import read_mhclo
from posemodels.people.files.obj_mesh import read_obj


def test_obj_polygons_become_triangles_of_their_group(tmp_path: Path) -> None:
    path = tmp_path / "square.obj"
    path.write_text(
        "# a square and a triangle\nv 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nvt 0 0\nvt 1 0\nvt 1 1\n"
        "g body\nf 1/1 2/2 3/3 4/1\ng helper\nf 1 2 4\n"
    )
    mesh = read_obj(path)
    assert mesh.triangles.tolist() == [[0, 1, 2], [0, 2, 3], [0, 1, 3]]
    assert mesh.uv_triangles.tolist() == [[0, 1, 2], [0, 2, 0], [0, 0, 0]]
    assert mesh.group("helper").tolist() == [[0, 1, 3]]


@pytest.mark.parametrize("text", ["v 0 0 0\n", "v 0 0 0\nf 1 2 3\n"])
def test_obj_without_usable_faces_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "empty.obj"
    path.write_text(text)
    with pytest.raises(AssetError, match="empty.obj"):
        read_obj(path)


CLOTHES = """# a garment
obj_file shirt.obj
material shirt.mhmat
x_scale 0 1 2.0
verts 0
2
0 1 2 0.25 0.25 0.5 0.1 0.2 0.3
delete_verts
4 7 - 9 12
"""


def test_clothes_follow_the_base_mesh_and_scale_their_offsets(tmp_path: Path) -> None:
    path = tmp_path / "shirt.mhclo"
    path.write_text(CLOTHES)
    binding = read_mhclo(path)
    base = np.array([[0.0, 0.0, 0.0], [4.0, 0.0, 0.0], [0.0, 2.0, 0.0]])
    # x_scale: the two base vertices are 4 apart, twice the 2 that offsets were made for.
    np.testing.assert_allclose(binding.fit(base), [[0, 2, 0], [1.0 + 0.2, 1.0 + 0.2, 0.3]])
    assert binding.hidden.tolist() == [4, 7, 8, 9, 12]
    assert binding.mesh == tmp_path / "shirt.obj"


def test_clothes_without_a_mesh_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "shirt.mhclo"
    path.write_text("verts 0\n2\n")
    with pytest.raises(AssetError, match="names no mesh"):
        read_mhclo(path)


def test_materials_prefer_packed_textures_and_leave_out_absent_ones(tmp_path: Path) -> None:
    (tmp_path / "cloth.webp").touch()
    (tmp_path / "shirt.mhmat").write_text("diffuseTexture cloth.png\nnormalmapTexture absent.png\n")
    textures = read_textures(tmp_path / "shirt.mhmat")
    assert textures.diffuse == tmp_path / "cloth.webp"
    assert textures.normal is None


def test_folder_without_assets_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ASSETS_VARIABLE, raising=False)
    with pytest.raises(AssetError, match="--assets"):
        find_assets()
    monkeypatch.setenv(ASSETS_VARIABLE, str(tmp_path))
    with pytest.raises(AssetError, match="base.obj"):
        find_assets()
