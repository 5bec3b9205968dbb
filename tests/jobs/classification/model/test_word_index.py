import pytest

from jobs.classification.model import word_index
from jobs.classification.model.linear import Weights
from jobs.classification.model.word_index import NO_PAIRS, WordIndex
from jobs.classification.model.word_tones import WordTone


def test_an_entry_has_what_each_table_knows() -> None:
    """A word finds weights and tone by itself, touchpoints and phrases by its stem, a number by "0"."""
    index = WordIndex(
        {"crashes": ((1, -1), (-2, 2), {"daily": (3, 0)}), "0": ((0, -4), 0, {})},
        {"crashes": WordTone(-0.5, 0.0, 0.0)},
        strange=lambda word: word == "blorp",
        topics={"crash": [7]},
        pairs={"crash": {"daily": 8}},
        named={"crash": [(0, ("crash",))]},
    )
    entry = index["crashes"]
    assert (entry.stem, entry.gram) == ("crash", "crashes")
    assert (entry.plain, entry.negated) == (Weights(1, -1), Weights(-2, 2))
    assert (entry.after, entry.tone) == ({"daily": Weights(3, 0)}, WordTone(-0.5, 0.0, 0.0))
    assert (entry.topics, entry.beside, entry.named) == ([7], {"daily": 8}, [(0, ("crash",))])
    assert (index["40"].gram, index["40"].plain) == ("0", Weights(0, -4))
    assert index["blorp"].strange
    assert not entry.strange


def test_a_word_that_nobody_knows_is_empty() -> None:
    """It has a stem and nothing else."""
    assert WordIndex({}, {})["quux"] == ("quux", False, "quux", None, None, {}, None, None, NO_PAIRS, (), ())


def test_not_all_words_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made-up words without end do not fill the memory, and what is forgotten is gathered again."""
    monkeypatch.setattr(word_index, "_KEPT", 10)
    index = WordIndex({"slow": ((1, 0), 0, {})}, {})
    for number in range(95):
        assert index[f"word{number}"].plain is None
        assert len(index) <= 10
    assert index["slow"].plain == Weights(1, 0)
