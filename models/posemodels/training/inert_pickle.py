"""Stands in for `pickle` while PyTorch reads a file: tensors and plain data come out, anything else as a placeholder.

Training frameworks store their own objects beside the weights. Here the class or function that a file names is never
looked up, so nothing of the file runs.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from typing import IO, Any

import torch

_REBUILDERS = ("_rebuild_tensor", "_rebuild_tensor_v2", "_rebuild_parameter")
_DTYPES = ("float16", "bfloat16", "float32", "float64", "uint8", "int8", "int16", "int32", "int64", "bool")
_KNOWN: dict[tuple[str, str], Any] = {
    ("collections", "OrderedDict"): OrderedDict,
    ("torch", "Size"): torch.Size,
    **{("torch._utils", name): getattr(torch._utils, name) for name in _REBUILDERS},
    **{("torch", name): getattr(torch, name) for name in _DTYPES},
}


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


class Unpickler(pickle.Unpickler):
    """Knows tensors, their dtypes and ordered dictionaries."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        return _KNOWN.get((module_name, global_name), Placeholder)


def load(file: IO[bytes], **settings: Any) -> Any:
    """As `pickle.load`."""
    return Unpickler(file, **settings).load()
