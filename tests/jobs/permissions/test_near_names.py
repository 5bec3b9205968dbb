"""Which known names may have been meant."""

import pytest

from jobs.permissions.near_names import edits, near_names

KNOWN = ["Atlas", "Beacon", "Beacon Mobile", "CRM", "Our Portal", "Zephyr"]


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("Altas", ["Atlas"]),
        ("Atlsa", ["Atlas"]),
        ("atla", ["Atlas"]),
        ("Atlass", ["Atlas"]),
        ("A t l a s", ["Atlas"]),
        ("Atlas 2", ["Atlas"]),
        ("Atlas mobile app", ["Atlas", "Beacon Mobile"]),
        ("Becon", ["Beacon"]),
        ("Beacon Desktop", ["Beacon", "Beacon Mobile"]),
        ("Baecon mobile", ["Beacon Mobile"]),
        ("Zefyr", ["Zephyr"]),
        ("The Portal", ["Our Portal"]),
        ("CRN", ["CRM"]),
        ("Baecon Desktop", ["Beacon", "Beacon Mobile"]),
        ("Mobiel", ["Beacon Mobile"]),
        ("Protal", ["Our Portal"]),
        ("ERP", []),
        ("our app", []),
        ("Halo", []),
        ("", []),
    ],
)
def test_names_within_two_edits_come_first_then_those_that_share_a_word(typed: str, meant: list[str]) -> None:
    """A slip of the hand finds what was meant; a short name or a little word finds nothing by chance."""
    assert near_names(typed, KNOWN) == meant


@pytest.mark.parametrize(
    "one, two, count",
    [
        ("", "", 0),
        ("a", "", 1),
        ("ab", "ba", 1),
        ("atlas", "altas", 1),
        ("ca", "abc", 3),
        ("kitten", "sitting", 3),
    ],
)
def test_neighbours_that_are_exchanged_are_one_edit(one: str, two: str, count: int) -> None:
    """Letters put in, left out, replaced or exchanged with their neighbour count one each."""
    assert edits(one, two) == edits(two, one) == count
