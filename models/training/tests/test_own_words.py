from collections import Counter

from jobs.classification.words import packaged
from models.training.own_words import own_words


def test_each_word_has_one_tone() -> None:
    """Our words are single, lower-case and there once, with a tone from -3 to 3."""
    words = list(own_words())
    assert [word for word, n in Counter(word for word, _ in words).items() if n > 1] == []
    assert all(word.isalpha() and word.islower() for word, _ in words)
    assert {tone for _, tone in words} == set(range(-3, 4))


def test_no_word_belongs_to_another_language() -> None:
    """A function word of another language is none of ours: it would make that language look English."""
    others = packaged.table("languages.toml")
    foreign = {word for language, words in others.items() if language != "en" for word in _flat(words)} - set(
        _flat(others["en"])
    )
    assert foreign
    assert sorted(foreign.intersection(word for word, _ in own_words())) == []


def _flat(words: object) -> list[str]:
    if isinstance(words, str):
        return words.split()
    return [each for part in words for each in _flat(part)] if isinstance(words, list) else []
