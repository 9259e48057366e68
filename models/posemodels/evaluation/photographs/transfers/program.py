"""The C# program that runs the service's own code on a folder of photos."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from posemodels.errors import ConfigError

ROOT = Path(__file__).resolve().parents[5]
PROJECT = Path("tests/PoseFunctions.Benchmarks")
BUILT = ROOT / PROJECT / "bin/Release/net10.0/PoseFunctions.Benchmarks.dll"
LOG_FILE = "transfer.log"
_COMMAND = "transfer"
_LINES_SHOWN = 12


@dataclass(frozen=True)
class TransferProgram:
    """How to start it."""

    start: tuple[str, ...]

    @staticmethod
    def find(library: Path | None = None) -> TransferProgram:
        """library: the built program; by default that of this working copy.

        Raises ConfigError where it is not built, or .NET is missing.
        """
        dotnet = shutil.which("dotnet")
        if dotnet is None:
            raise ConfigError(
                "the service's own code transfers the photos, and there is no `dotnet` to run it: install .NET 10"
            )
        path = library or BUILT
        if not path.is_file():
            raise ConfigError(
                f"{path} is not there; build it with `dotnet build -c Release {PROJECT}` in the repository"
            )
        return TransferProgram((dotnet, str(path)))

    def run(self, photos: Path, output: Path, options: Mapping[str, object]) -> None:
        """Writes results, report and what the program says into `output`. Options without a value are left out.

        Raises ConfigError where the program fails.
        """
        output.mkdir(parents=True, exist_ok=True)
        words = [str(word) for name, value in options.items() if value is not None for word in (name, value)]
        log = output / LOG_FILE
        with log.open("wb") as stream:
            ended = subprocess.run(
                [*self.start, _COMMAND, str(photos.resolve()), str(output.resolve()), *words],
                stdout=stream,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if ended.returncode:
            said = log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LINES_SHOWN:]
            raise ConfigError("\n".join([f"the transfers ended with {ended.returncode}, see {log}:", *said]))
