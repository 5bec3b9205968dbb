"""When the tone is better left open than guessed."""

import tomllib
from importlib import resources
from typing import Self

from jobs.classification.phrases import Phrases, Stems, listed
from jobs.classification.tokens import CONTRASTS, NEGATIONS
from storage.records import Sentiment

# A tone is only told when the opposite is this unlikely, and itself at least this likely. Fitted by the trainer's
# cross-validation: among the rest fewer than 5 % have the opposite sign.
AGAINST = 0.25
LEAST = 0.4
_NEAR = 3


class Caution:
    """Knows praise that stands beside a bad event, and scores that are too close to call."""

    def __init__(self, *, praise: Phrases, bad_event: Phrases, mended: Phrases) -> None:
        self._praise = praise
        self._bad_event = bad_event
        self._mended = mended

    @classmethod
    def load(cls) -> Self:
        """The packaged word lists, `caution.toml`."""
        return cls(
            **listed(tomllib.loads(resources.files(__package__).joinpath("caution.toml").read_text("utf-8")))
        )

    def praise_beside_bad_event(self, tokens: list[str], stemmed: Stems) -> tuple[str, str] | None:
        """The word of praise and the bad event, as written, where both stand in one breath; else None.

        "But" between them makes a contrast, which the model reads; what is denied or mended is no bad event.
        """
        praise = self._praise.find(stemmed)
        events = [found for found in self._bad_event.find(stemmed) if not _denied(tokens, found[0])]
        if not praise or not events or self._mended.find(stemmed) or not CONTRASTS.isdisjoint(tokens):
            return None
        if all(_denied(tokens, at) for at, _ in praise):
            return None
        return tuple(" ".join(tokens[at : at + len(phrase)]) for at, phrase in (praise[0], events[0]))  # type: ignore[return-value]  # two of two


def too_close(negative: float, neutral: float, positive: float) -> bool:
    """Whether the likeliest tone is not likely enough, or the opposite not unlikely enough, to be told."""
    likeliest = max(negative, neutral, positive)
    against = 0.0 if likeliest == neutral else min(negative, positive)
    return likeliest < LEAST or against > AGAINST


def _denied(tokens: list[str], at: int) -> bool:
    return any(token in NEGATIONS for token in tokens[max(0, at - _NEAR) : at])


SIGNS = {Sentiment.NEGATIVE: -1, Sentiment.POSITIVE: 1}
