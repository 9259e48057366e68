"""Reads files of `torch.save` that hold more than tensors: what else is in them comes as placeholders.

Training frameworks store their own objects beside the weights. Here the class or function that a file names is never
looked up, so nothing of the file runs. PyTorch's own restricted reader refuses such files, and the release of it that
we support longest ignores a `pickle_module`; the two formats are simple enough to be read without it.
"""

from __future__ import annotations

import pickle
import zipfile
from collections import OrderedDict
from pathlib import Path
from typing import IO, Any

import torch
from torch import Tensor

_STORAGES = {
    "FloatStorage": torch.float32,
    "DoubleStorage": torch.float64,
    "HalfStorage": torch.float16,
    "BFloat16Storage": torch.bfloat16,
    "LongStorage": torch.int64,
    "IntStorage": torch.int32,
    "ShortStorage": torch.int16,
    "CharStorage": torch.int8,
    "ByteStorage": torch.uint8,
    "BoolStorage": torch.bool,
}
_LEGACY_MAGIC = 0x1950A86A20F9469CFC6C


class Placeholder:
    """Where an object of another class was. Takes whatever is done to objects while they are read."""

    def __new__(cls, *args: Any, **kwargs: Any) -> Placeholder:
        return object.__new__(cls)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        pass

    def __setstate__(self, state: Any) -> None:
        pass

    def __setitem__(self, key: Any, value: Any) -> None:
        pass

    def append(self, item: Any) -> None:
        pass

    def extend(self, items: Any) -> None:
        pass

    def add(self, item: Any) -> None:
        pass


def read_inert(path: Path) -> Any:
    """The content of a zip or older plain pickle file, tensors on the CPU.

    Raises what `pickle` and `zipfile` raise for a damaged file.
    """
    with path.open("rb") as file:
        zipped = file.read(4) == b"PK\x03\x04"
        file.seek(0)
        return _read_zip(file) if zipped else _read_legacy(file, path.stat().st_size)


class _Unpickler(pickle.Unpickler):
    """Knows tensors and ordered dictionaries."""

    def __init__(self, file: IO[bytes], storages: _Storages) -> None:
        super().__init__(file, encoding="utf-8")
        self._storages = storages

    def find_class(self, module_name: str, global_name: str) -> Any:
        known: dict[tuple[str, str], Any] = {
            ("collections", "OrderedDict"): OrderedDict,
            ("torch", "Size"): tuple,
            ("torch._utils", "_rebuild_tensor_v2"): _rebuild_tensor,
            ("torch._utils", "_rebuild_parameter"): _rebuild_parameter,
        }
        if module_name == "torch" and global_name in _STORAGES:
            return _STORAGES[global_name]
        return known.get((module_name, global_name), Placeholder)

    def persistent_load(self, pid: Any) -> Any:
        if not isinstance(pid, tuple) or not pid or pid[0] != "storage":
            # In older files the class of a module comes this way, with its source.
            return Placeholder
        return self._storages.get(pid)


class _Storages:
    """One flat tensor a storage, by the key that the file gives it."""

    def __init__(self, most_bytes: int, archive: zipfile.ZipFile | None = None, folder: str = "") -> None:
        self.by_key: dict[str, Tensor] = {}
        self._most_bytes = most_bytes
        self._archive = archive
        self._folder = folder

    def get(self, pid: tuple[Any, ...]) -> Tensor:
        _, dtype, key, _, count = pid[:5]
        if key in self.by_key:
            return self.by_key[key]
        if not isinstance(dtype, torch.dtype) or not isinstance(count, int) or count < 0:
            raise pickle.UnpicklingError(f"storage {key!r} is of no known type")
        if count > self._most_bytes:
            raise pickle.UnpicklingError(f"storage {key!r} is larger than the file")
        if self._archive is None:
            # An older file has its storages at the end; they are filled there.
            self.by_key[key] = torch.zeros(count, dtype=dtype)
        else:
            self.by_key[key] = _flat(self._archive.read(f"{self._folder}data/{key}"), dtype, count)
        return self.by_key[key]


def _read_zip(file: IO[bytes]) -> Any:
    with zipfile.ZipFile(file) as archive:
        name = next((name for name in archive.namelist() if name.endswith("/data.pkl")), None)
        if name is None:
            raise pickle.UnpicklingError("the archive holds no data.pkl")
        size = sum(entry.file_size for entry in archive.infolist())
        with archive.open(name) as content:
            return _Unpickler(content, _Storages(size, archive, name.removesuffix("data.pkl"))).load()


def _read_legacy(file: IO[bytes], size: int) -> Any:
    storages = _Storages(size)

    def load() -> Any:
        return _Unpickler(file, storages).load()

    if load() != _LEGACY_MAGIC:
        raise pickle.UnpicklingError("neither a zip file nor an older PyTorch file")
    load()  # version of the format
    load()  # the writer's byte order and type sizes
    content = load()
    for key in load():
        count = int.from_bytes(file.read(8), "little", signed=True)
        storage = storages.by_key[key]
        if count != len(storage):
            raise pickle.UnpicklingError(f"storage {key!r} has {count} elements, expected {len(storage)}")
        storage.copy_(_flat(file.read(count * storage.element_size()), storage.dtype, count))
    return content


def _flat(data: bytes, dtype: torch.dtype, count: int) -> Tensor:
    if not count:
        return torch.zeros(0, dtype=dtype)
    return torch.frombuffer(bytearray(data), dtype=dtype, count=count)


def _rebuild_tensor(storage: Tensor, offset: int, size: tuple[int, ...], stride: tuple[int, ...], *_: Any) -> Tensor:
    """Raises RuntimeError for a view beyond its storage."""
    return storage.as_strided(tuple(size), tuple(stride), offset)


def _rebuild_parameter(data: Tensor, *_: Any) -> Tensor:
    return data
