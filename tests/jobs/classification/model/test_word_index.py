import pytest

from jobs.classification.model import word_index as vocabulary_module
from jobs.classification.model.word_index import NO_PAIRS, Vocabulary


def test_an_entry_has_what_each_table_knows() -> None:
    """A word finds weights and tone by itself, touchpoints and phrases by its stem, a number by "0"."""
    vocabulary = Vocabulary(
        {"crashes": (1, 2, {"daily": 3}), "0": (4, 0, {})},
        {"crashes": (-0.5, 0.0, 0.0)},
        strange=lambda word: word == "blorp",
        topics={"crash": [7]},
        pairs={"crash": {"daily": 8}},
        named={"crash": [(0, ("crash",))]},
    )
    entry = vocabulary["crashes"]
    assert (entry.stem, entry.gram, entry.plain, entry.negated) == ("crash", "crashes", 1, 2)
    assert (entry.after, entry.tone) == ({"daily": 3}, (-0.5, 0.0, 0.0))
    assert (entry.topics, entry.beside, entry.named) == ([7], {"daily": 8}, [(0, ("crash",))])
    assert (vocabulary["40"].gram, vocabulary["40"].plain) == ("0", 4)
    assert vocabulary["blorp"].strange
    assert not entry.strange


def test_a_word_that_nobody_knows_is_empty() -> None:
    """It has a stem and nothing else."""
    assert Vocabulary({}, {})["quux"] == ("quux", False, "quux", 0, 0, NO_PAIRS, None, None, NO_PAIRS, (), ())


def test_not_all_words_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made-up words without end do not fill the memory, and what is forgotten is gathered again."""
    monkeypatch.setattr(vocabulary_module, "_KEPT", 10)
    vocabulary = Vocabulary({"slow": (1, 0, {})}, {})
    for number in range(95):
        assert vocabulary[f"word{number}"].plain == 0
        assert len(vocabulary) <= 10
    assert vocabulary["slow"].plain == 1
