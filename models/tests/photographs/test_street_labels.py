"""Every label of the annotation ends in one of ours."""

from __future__ import annotations

import pytest

from posemodels.data.photographs.street_labels import FIRST_SKIN, PERSON_LABELS, SKIN, STREET_LABELS, our_labels

STREET = [name for names in STREET_LABELS.values() for name in names] + ["skin"]


def test_the_table_names_all_59_labels_once() -> None:
    assert len(STREET) == len(set(STREET)) == FIRST_SKIN


@pytest.mark.parametrize(
    ("street", "ours"),
    [
        ("null", "background"),
        ("dress", "upper_clothes"),
        ("leggings", "lower_clothes"),
        ("tights", "legs"),
        ("hat", "accessory"),
        ("boots", "shoes"),
    ],
)
def test_a_label_ends_where_the_card_says(street: str, ours: str) -> None:
    assert our_labels(STREET)[STREET.index(street)] == PERSON_LABELS.index(ours)


def test_split_skin_has_codes_of_its_own() -> None:
    table = our_labels(STREET)
    assert [PERSON_LABELS[table[FIRST_SKIN + at]] for at in range(len(SKIN))] == list(SKIN)


def test_an_unknown_label_is_named() -> None:
    with pytest.raises(ValueError, match="spacesuit"):
        our_labels(["null", "spacesuit"])
