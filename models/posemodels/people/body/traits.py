"""What is random about a body, drawn as the traits that MakeHuman's macro targets span."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class BodyTraits:
    """All in 0 to 1 with the average at 0.5, where not said otherwise."""

    female: bool
    age: float
    """0 is young, 1 is old."""
    ancestry: dict[str, float]
    """Shares of caucasian, african, asian; they sum to 1."""
    muscle: float
    weight: float
    height: float
    proportions: float
    """-1 uncommon to 1 ideal."""
    cup: float
    firmness: float

    @property
    def sex(self) -> str:
        return "female" if self.female else "male"

    @property
    def dark(self) -> bool:
        return self.ancestry["african"] > 0.45


def random_traits(rng: np.random.Generator) -> BodyTraits:
    """Adults of every size and ancestry; somewhat more women, as in shops."""
    female = bool(rng.random() < 0.55)
    shares = rng.dirichlet([0.5, 0.5, 0.5])
    return BodyTraits(
        female=female,
        age=float(rng.choice([0.0, 0.5, 1.0], p=[0.62, 0.25, 0.13])),
        ancestry=dict(zip(("caucasian", "african", "asian"), shares.tolist(), strict=True)),
        muscle=float(np.clip(rng.normal(0.42 if female else 0.52, 0.16), 0.05, 0.95)),
        weight=float(np.clip(rng.normal(0.47, 0.18), 0.05, 0.97)),
        height=float(np.clip(rng.normal(0.5, 0.045), 0.38, 0.64)),
        proportions=float(rng.uniform(-0.2, 0.9)),
        cup=float(np.clip(rng.normal(0.5, 0.22), 0, 1)),
        firmness=float(rng.uniform(0.3, 0.8)),
    )
