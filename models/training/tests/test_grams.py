from jobs.classification.words.tokens import negated, words
from models.training.grams import grams


def test_grams() -> None:
    """Words, marked when a negation reaches them, and pairs of neighbours."""
    tokens = words("It isn't good")
    assert grams(tokens, negated(tokens)) == [
        "it",
        "is",
        "n't",
        "!good",
        "^ it",
        "it is",
        "is n't",
        "n't good",
    ]
