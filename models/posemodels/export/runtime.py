"""ONNX Runtime through its C API, as the service runs it: no Python package of it is needed.

The library is that of the package that the service is built with (`dotnet restore src/PoseFunctions.Worker` brings it),
or the one that POSEMODELS_ONNXRUNTIME names.
"""

from __future__ import annotations

import ctypes
import os
import re
from collections.abc import Mapping, Sequence
from ctypes import POINTER, byref, c_char_p, c_int, c_int64, c_size_t, c_uint32, c_void_p
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from posemodels.errors import ExportError

LIBRARY_VARIABLE = "POSEMODELS_ONNXRUNTIME"
_PACKAGE = "Microsoft.ML.OnnxRuntime"
_VERSIONS = Path(__file__).resolve().parents[3] / "Directory.Packages.props"
_API_VERSION = 22
_OPTIMIZE_ALL = 99
_WARNING = 2

_ENTRIES = {
    "GetErrorMessage": 2,
    "CreateEnv": 3,
    "CreateSessionFromArray": 8,
    "Run": 9,
    "CreateSessionOptions": 10,
    "EnableProfiling": 14,
    "SetSessionGraphOptimizationLevel": 23,
    "SetIntraOpNumThreads": 24,
    "CreateTensorWithDataAsOrtValue": 49,
    "GetTensorMutableData": 51,
    "GetTensorElementType": 60,
    "GetDimensionsCount": 61,
    "GetDimensions": 62,
    "GetTensorTypeAndShape": 65,
    "CreateCpuMemoryInfo": 69,
    "ReleaseStatus": 93,
    "ReleaseSession": 95,
    "ReleaseValue": 96,
    "ReleaseTensorTypeAndShapeInfo": 99,
    "ReleaseSessionOptions": 100,
    "AddSessionConfigEntry": 130,
}
"""Positions in the table of functions, which only ever grows at its end."""

_TYPES: dict[int, Any] = {1: np.float32, 2: np.uint8, 3: np.int8, 6: np.int32, 7: np.int64, 9: np.bool_}
_CODES = {np.dtype(kind): code for code, kind in _TYPES.items()}


def library_path() -> Path | None:
    """Where the library lies, or None where it is not installed."""
    named = os.environ.get(LIBRARY_VARIABLE)
    path = Path(named) if named else _package_folder() / "runtimes/linux-x64/native/libonnxruntime.so"
    return path if path.exists() else None


def _package_folder() -> Path:
    version = re.search(rf'Include="{re.escape(_PACKAGE)}" Version="([^"]+)"', _VERSIONS.read_text())
    packages = Path(os.environ.get("NUGET_PACKAGES") or Path.home() / ".nuget/packages")
    return packages / _PACKAGE.lower() / (version[1] if version else "unknown")


class Session:
    """A graph loaded by ONNX Runtime with every graph optimisation, on `threads` threads of the CPU."""

    def __init__(
        self,
        model: bytes | Path,
        outputs: Sequence[str],
        *,
        threads: int = 1,
        settings: Mapping[str, str] | None = None,
        profile: Path | None = None,
    ) -> None:
        """outputs: which of the graph's outputs `run` returns. settings: session configuration entries by key.

        profile: beginning of the name of a JSON file of the time of every node. Raises ExportError where the library is
        missing or refuses the graph.
        """
        self._session = c_void_p()
        api = _Api.loaded()
        self._api, self._outputs = api, list(outputs)
        content = model if isinstance(model, bytes) else model.read_bytes()
        options = c_void_p()
        api.call("CreateSessionOptions", byref(options))
        try:
            api.call("SetSessionGraphOptimizationLevel", options, c_int(_OPTIMIZE_ALL))
            api.call("SetIntraOpNumThreads", options, c_int(threads))
            for key, value in (settings or {}).items():
                api.call("AddSessionConfigEntry", options, key.encode(), value.encode())
            if profile is not None:
                api.call("EnableProfiling", options, str(profile).encode())
            size = c_size_t(len(content))
            api.call("CreateSessionFromArray", api.environment, content, size, options, byref(self._session))
        finally:
            api.release("ReleaseSessionOptions", options)

    def run(self, inputs: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        """The outputs in the order they were asked for. Raises ExportError where the runtime refuses the inputs."""
        api = self._api
        # Kept by name until the call is over: the runtime reads the arrays where they lie.
        arrays = [np.ascontiguousarray(array) for array in inputs.values()]
        given = [self._value(array) for array in arrays]
        results = (c_void_p * len(self._outputs))()
        names = (c_char_p * len(arrays))(*(name.encode() for name in inputs))
        wanted = (c_char_p * len(self._outputs))(*(name.encode() for name in self._outputs))
        try:
            values = (c_void_p * len(given))(*given)
            counts = c_size_t(len(given)), c_size_t(len(self._outputs))
            api.call("Run", self._session, None, names, values, counts[0], wanted, counts[1], results)
            return [self._array(c_void_p(value)) for value in results]
        finally:
            for value in (*given, *(c_void_p(value) for value in results if value)):
                api.release("ReleaseValue", value)

    def close(self) -> None:
        """Frees the session; a profile is written now."""
        if self._session:
            self._api.release("ReleaseSession", self._session)
            self._session = c_void_p()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _value(self, array: np.ndarray) -> c_void_p:
        value = c_void_p()
        shape = (c_int64 * array.ndim)(*array.shape)
        data, size = array.ctypes.data_as(c_void_p), c_size_t(array.nbytes)
        code = c_int(_CODES[array.dtype])
        rank = c_size_t(array.ndim)
        self._api.call("CreateTensorWithDataAsOrtValue", self._api.memory, data, size, shape, rank, code, byref(value))
        return value

    def _array(self, value: c_void_p) -> np.ndarray:
        api, info = self._api, c_void_p()
        api.call("GetTensorTypeAndShape", value, byref(info))
        try:
            kind, rank = c_int(), c_size_t()
            api.call("GetTensorElementType", info, byref(kind))
            api.call("GetDimensionsCount", info, byref(rank))
            shape = (c_int64 * rank.value)()
            api.call("GetDimensions", info, shape, rank)
        finally:
            api.release("ReleaseTensorTypeAndShapeInfo", info)
        data = c_void_p()
        api.call("GetTensorMutableData", value, byref(data))
        array = np.empty(tuple(shape), _TYPES[kind.value])
        ctypes.memmove(array.ctypes.data, data, array.nbytes)
        return array


class _Api:
    """The table of functions, with one environment and one description of CPU memory for the whole process."""

    @staticmethod
    @cache
    def loaded() -> _Api:
        return _Api()

    def __init__(self) -> None:
        path = library_path()
        if path is None:
            raise ExportError("ONNX Runtime is not installed: dotnet restore src/PoseFunctions.Worker brings it")
        library = ctypes.CDLL(str(path))
        library.OrtGetApiBase.restype = POINTER(c_void_p)
        get_api = ctypes.CFUNCTYPE(c_void_p, c_uint32)(library.OrtGetApiBase()[0] or 0)
        address = get_api(_API_VERSION)
        if not address:
            raise ExportError(f"{path} is older than ONNX Runtime 1.{_API_VERSION}")
        self._table = ctypes.cast(address, POINTER(c_void_p))
        self.environment, self.memory = c_void_p(), c_void_p()
        self.call("CreateEnv", c_int(_WARNING), b"posemodels", byref(self.environment))
        self.call("CreateCpuMemoryInfo", c_int(1), c_int(0), byref(self.memory))

    def call(self, name: str, *arguments: Any) -> None:
        """Raises ExportError with the runtime's message where the call fails."""
        status = self._function(name, c_void_p)(*arguments)
        if status:
            message = self._function("GetErrorMessage", c_char_p)(c_void_p(status)).decode(errors="replace")
            self.release("ReleaseStatus", c_void_p(status))
            raise ExportError(f"ONNX Runtime: {message}")

    def release(self, name: str, handle: c_void_p) -> None:
        self._function(name, None)(handle)

    def _function(self, name: str, result: Any) -> Any:
        # Without declared parameters ctypes passes what it is given, which is why numbers are wrapped at every call.
        return ctypes.CFUNCTYPE(result)(self._table[_ENTRIES[name]] or 0)
