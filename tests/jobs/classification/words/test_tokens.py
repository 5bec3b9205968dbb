import pytest

from jobs.classification.words.tokens import negated, numberless, turn, words


@pytest.mark.parametrize(
    "text,tokens",
    [
        ("It isn't great.", ["it", "is", "n't", "great", "."]),
        ("I cant log in", ["i", "ca", "n't", "log", "in"]),
        ("ca n't", ["ca", "n't"]),  # as word lists have it
        ("We can't, won't", ["we", "ca", "n't", ",", "wo", "n't"]),
        ("it's John's", ["it", "'s", "john", "'s"]),
        ("Waited 3.5 hours!!", ["waited", "3.5", "hours", "!!"]),
        ("", []),
    ],
)
def test_words(text: str, tokens: list[str]) -> None:
    """Words are lower case, contractions are taken apart, marks stand alone."""
    assert words(text) == tokens


@pytest.mark.parametrize(
    "text,reached",
    [
        ("it is not very good", ["very", "good"]),
        ("not slow, very good", ["slow"]),
        ("not cheap but good", ["cheap"]),
        ("never had a problem with the billing page", ["had", "a", "problem", "with"]),
        ("never been so disappointed, never such a mess", ["been"]),
        ("not so good", ["so", "good"]),
        ("all is well", []),
    ],
)
def test_a_negation_reaches_four_words(text: str, reached: list[str]) -> None:
    """A negation reaches up to four words, and stops at a mark and at "but", "never" also at "so"."""
    tokens = words(text)
    assert [token for token, under in zip(tokens, negated(tokens), strict=True) if under] == reached


def test_turn() -> None:
    """The turn is the last "but" that has something before it."""
    assert turn(words("good but slow but cheap")) == 3
    assert turn(words("but slow")) == 0
    assert turn(words("good and slow")) == 0


@pytest.mark.parametrize("first", ["Although", "Even though", "While", "Despite that"])
def test_what_is_given_away_first_counts_less(first: str) -> None:
    """The turn is the comma after it; a later "but" still wins, and without a comma there is none."""
    tokens = words(f"{first} it is slow, I like it")
    assert tokens[turn(tokens)] == ","
    assert turn(words("Although slow, it works but it is ugly")) == 5
    assert turn(words("Despite the price")) == 0


def test_numbers_are_one_word() -> None:
    """Forty seconds and 30 seconds are read alike."""
    assert numberless(["forty", "or", "30", "seconds"]) == ["0", "or", "0", "seconds"]
