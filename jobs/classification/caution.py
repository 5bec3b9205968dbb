"""When the tone is better left open than guessed."""

from collections.abc import Mapping, Sequence
from typing import Self

from jobs.classification import packaged
from jobs.classification.phrases import Phrases, Stems, stems_of
from jobs.classification.tokens import CONTRASTS, NEGATIONS

# A tone is only told when the opposite is this unlikely, and itself at least this likely. Fitted by the
# trainer's cross-validation: among the rest fewer than 5 % have the opposite sign.
AGAINST = 0.13
AGAINST_WHERE_TURNED = 0.3
LEAST = 0.39
_SHORT = 12  # words and marks of a comment that a negation turns as a whole
_NEAR = 3  # a negation this close before an event denies it

# The lists of caution.toml.
PRAISE, BAD_EVENT, MENDED = "praise", "bad_event", "mended"


class Caution:
    """Knows praise that stands beside a bad event."""

    def __init__(self, meanings: Mapping[Stems, str]) -> None:
        self._meanings = meanings
        self._phrases = Phrases(meanings)

    @classmethod
    def load(cls) -> Self:
        """The packaged word lists, `caution.toml`."""
        lists = packaged.table("caution.toml")
        return cls({stems_of(phrase): meaning for meaning, phrases in lists.items() for phrase in phrases})

    def praise_beside_bad_event(self, tokens: Sequence[str], stemmed: Stems) -> tuple[str, str] | None:
        """The word of praise and the bad event, as written, where both stand in one breath; else None.

        "But" makes a contrast, which the model reads; what is denied or mended is no bad event.
        """
        said: dict[str, str] = {}
        for at, phrase in self._phrases.find(stemmed):
            meaning = self._meanings[phrase]
            if meaning == MENDED or not NEGATIONS.isdisjoint(tokens[max(0, at - _NEAR) : at]):
                meaning = MENDED if meaning != PRAISE else ""
            said.setdefault(meaning, " ".join(tokens[at : at + len(phrase)]))
        if PRAISE not in said or BAD_EVENT not in said or MENDED in said or not CONTRASTS.isdisjoint(tokens):
            return None
        return said[PRAISE], said[BAD_EVENT]


def turns(tokens: Sequence[str]) -> bool:
    """Whether a comment says praise and blame by its nature: a "but", or a negation in a short one."""
    return not CONTRASTS.isdisjoint(tokens) or (len(tokens) <= _SHORT and not NEGATIONS.isdisjoint(tokens))


def too_close(negative: float, neutral: float, positive: float, *, turned: bool = False) -> bool:
    """Whether the likeliest tone is not likely enough, or the opposite not unlikely enough, to be told.

    Where a comment turns, the opposite may be likelier.
    """
    likeliest = max(negative, neutral, positive)
    against = 0.0 if likeliest == neutral else min(negative, positive)
    return likeliest < LEAST or against > (AGAINST_WHERE_TURNED if turned else AGAINST)
