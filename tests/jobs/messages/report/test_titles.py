"""The title of each pair of words is the one that was drawn."""

import json
from itertools import product
from pathlib import Path

import pytest

from jobs.instruments import Band
from jobs.messages.report.verdict import NoWord, SideWord, title_clause
from storage.records import Lean

POOR, MIXED, GOOD = Band
WORDS: dict[str, SideWord] = {
    "poor": (POOR,),
    "poor to mixed": (POOR, MIXED),
    "mixed": (MIXED,),
    "mixed to good": (MIXED, GOOD),
    "good": (GOOD,),
    "unclear": (POOR, MIXED, GOOD),
    "waiting": NoWord.WAITING,
    "open": NoWord.OPEN,
    "not asked": NoWord.NOT_ASKED,
}
EVERY_WORD: list[SideWord] = [*WORDS.values(), *Lean, NoWord.WITHDRAWN, NoWord.NOT_YET]
TITLES = json.loads((Path(__file__).parent.parent / "drawn" / "titles.json").read_text())


@pytest.mark.parametrize("pair", TITLES)
def test_each_pair_of_words_has_its_title(pair: str) -> None:
    """It is word for word the one that was drawn."""
    cx, ux = pair.split(" / ")
    assert title_clause(WORDS[cx], WORDS[ux]) == TITLES[pair]


def test_all_pairs_are_drawn() -> None:
    """Every two words have a title, but two sides of which nothing is asked."""
    assert len(TITLES) == len(WORDS) ** 2 - 1 == 80


@pytest.mark.parametrize(
    "lean,customers,users",
    [
        (Lean.GOOD, "customers lean to good", "users lean to good"),
        (Lean.POOR, "customers lean to poor", "users lean to poor"),
        (Lean.NEITHER, "customers are divided", "users are divided"),
    ],
)
def test_the_word_of_a_word_round(lean: Lean, customers: str, users: str) -> None:
    """It stands last, as for a side that has no word of the level."""
    assert title_clause(lean, (POOR,)) == f"hard to use; {customers}"
    assert title_clause((GOOD,), lean) == f"customers are happy; {users}"
    assert title_clause(lean, lean) == f"{customers}; {users}"
    assert title_clause(lean, NoWord.WAITING) == f"{customers}; too few user answers so far"


def test_a_score_that_was_withdrawn_or_is_still_to_come() -> None:
    """Neither is called too few answers."""
    assert (
        title_clause(NoWord.WITHDRAWN, (MIXED, GOOD))
        == "fairly easy to use; the customer score was withdrawn"
    )
    assert title_clause((POOR,), NoWord.NOT_YET) == "customers are unhappy; no user score yet"


def test_two_pairs_never_have_one_title() -> None:
    """A title says which pair it stands for."""
    pairs = list(product(EVERY_WORD, repeat=2))
    assert len({title_clause(cx, ux) for cx, ux in pairs}) == len(pairs)


def test_no_title_speaks_of_time() -> None:
    """It never says changed, worse, first or early, and fits beside the longest name of a product."""
    titles = {title_clause(cx, ux) for cx, ux in product(EVERY_WORD, repeat=2)}
    said = " ".join(titles).replace(",", "").replace(";", "").split()
    assert not {"changed", "worse", "better", "first", "early", "since", "now"} & set(said)
    assert max(map(len, titles)) <= 150 - 82


@pytest.mark.parametrize("bands", [(), (POOR, GOOD), (MIXED, POOR)])
def test_bands_with_a_gap(bands: tuple[Band, ...]) -> None:
    """They are no word, and refused."""
    with pytest.raises(ValueError, match="without a gap"):
        title_clause(bands, (GOOD,))
