"""The 59 labels of the annotated street photographs (Clothing Co-Parsing) as labels of ours."""

from __future__ import annotations

import numpy as np

PERSON_LABELS: tuple[str, ...] = (
    "background", "hair", "face", "upper_clothes", "lower_clothes", "arms", "legs", "shoes", "accessory",
)  # fmt: skip
"""In channel order."""

SKIN = ("face", "arms", "legs")
"""What the annotation's `skin` is split into by the nearest bone, in the order of the codes from `FIRST_SKIN`."""

STREET_LABELS: dict[str, tuple[str, ...]] = {
    "background": ("null",),
    "hair": ("hair",),
    # A suit is annotated as its jacket, its trousers as pants. Of dresses this is the part above the hips, see
    # `ONE_PIECE`.
    "upper_clothes": (
        "blazer", "blouse", "bodysuit", "bra", "cape", "cardigan", "coat", "dress", "hoodie", "intimate", "jacket",
        "jumper", "romper", "shirt", "suit", "sweater", "sweatshirt", "swimwear", "t-shirt", "top", "vest",
    ),
    "lower_clothes": ("jeans", "leggings", "panties", "pants", "shorts", "skirt"),
    # They follow the limb's shape and move with it.
    "arms": ("gloves",),
    "legs": ("socks", "stockings", "tights"),
    "shoes": (
        "boots", "clogs", "flats", "heels", "loafers", "pumps", "sandals", "shoes", "sneakers", "wedges",
    ),
    # Things that cover the person or a garment and do not belong to its colour.
    "accessory": (
        "accessories", "bag", "belt", "bracelet", "earrings", "glasses", "hat", "necklace", "purse", "ring", "scarf",
        "sunglasses", "tie", "wallet", "watch",
    ),
}  # fmt: skip
"""For each label of ours the annotation's labels that it merges, without `skin`, which joints split, see `SKIN`."""

ONE_PIECE = ("dress", "romper")
"""What is `upper_clothes` above the hips and `lower_clothes` below them, as in our renders: a photo does not tell
whether a top and a skirt of one cloth are one garment, and a generator need not know."""

FIRST_SKIN = 59
"""Codes from here on stand for split skin in maps that otherwise hold the annotation's codes."""

BELOW_HIPS = FIRST_SKIN + len(SKIN)
"""Code of the part of `ONE_PIECE` below the hips."""


def our_labels(street: list[str]) -> np.ndarray:
    """[256] uint8: a code (an index into `street`, or one from `FIRST_SKIN` on) to an index into `PERSON_LABELS`.

    :param street: the annotation's labels in the order of their codes.
    :raises ValueError: one of them is in no row of the table.
    """
    ours = {name: PERSON_LABELS.index(label) for label, names in STREET_LABELS.items() for name in names}
    unknown = [name for name in street if name not in ours and name != "skin"]
    if unknown:
        raise ValueError(f"labels that are none of ours: {', '.join(unknown)}")
    table = np.zeros(256, np.uint8)
    table[: len(street)] = [ours.get(name, PERSON_LABELS.index(SKIN[0])) for name in street]
    table[FIRST_SKIN : FIRST_SKIN + len(SKIN)] = [PERSON_LABELS.index(label) for label in SKIN]
    table[BELOW_HIPS] = PERSON_LABELS.index("lower_clothes")
    return table
