"""When a tone is not told: praise beside a bad event, or two tones that are nearly as likely."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Self

from jobs.classification.words import packaged
from jobs.classification.words.phrases import Anchored, Phrases, Stems, stems_of
from jobs.classification.words.tokens import CONTRASTS, NEGATIONS, is_word

# A tone is only told when it is at least this likely, and the opposite at most so likely. Fitted by the
# trainer's cross-validation: among the rest under 5 % have the opposite sign. In a short comment, and in a
# short one that turns ("but", or a negation), the opposite is near by nature: there it may be likelier.
# Not so in a line of a few words that no list knows as a saying: what may turn it round often does (a
# complaint with a negation is as it sounds: "It never works").
LEAST = 0.39
AGAINST, AGAINST_IN_SHORT, AGAINST_IN_TURN = 0.13, 0.26, 0.36
AGAINST_IN_TURNED_LINE = 0.1
_SHORT = 12  # words and marks
_LINE = 10  # words
_NEAR = 3  # a negation this close before an event denies it

# What may turn the words beside it round: a comparison, a wish, a time that is over, a question.
_TURNING = frozenset([
    "less", "fewer", "more", "better", "than", "too", "so", "from", "instead", "only", "even", "ever",
    "almost", "before", "used", "until", "unless", "if", "wish", "would", "could", "should", "supposed",
    "best", "?",
])  # fmt: skip
_ASKING = frozenset(["how", "why", "where", "who", "when", "what"])
_VERBS = frozenset(
    ["is", "are", "was", "were", "did", "does", "do", "can", "could", "would", "happened", "thought", "has"]
)

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

    @property
    def anchored(self) -> Mapping[str, Anchored]:
        """The phrases to be cautious of, by their anchors."""
        return self._phrases.anchored

    def praise_beside_bad_event(
        self, tokens: Sequence[str], stemmed: Stems, anchors: Iterable[tuple[int, Anchored]] | None = None
    ) -> tuple[str, str] | None:
        """The word of praise and the bad event, as written, where both stand in one breath; else None.

        "But" makes a contrast, which the model reads; what is denied or mended is no bad event. `anchors` are
        the phrases that may stand there, with their places.
        """
        said: dict[str, str] = {}
        for at, phrase in self._phrases.find(stemmed, anchors):
            meaning = self._meanings[phrase]
            if meaning == MENDED or not NEGATIONS.isdisjoint(tokens[max(0, at - _NEAR) : at]):
                meaning = MENDED if meaning != PRAISE else ""
            said.setdefault(meaning, " ".join(tokens[at : at + len(phrase)]))
        if PRAISE not in said or BAD_EVENT not in said or MENDED in said or not CONTRASTS.isdisjoint(tokens):
            return None
        return said[PRAISE], said[BAD_EVENT]


def asks_back(tokens: Sequence[str]) -> bool:
    """Whether a short comment only asks: "How is this better?" has praise in it and is none."""
    return len(tokens) <= _SHORT and tokens[0] in _ASKING and not _VERBS.isdisjoint(tokens[1:2])


def most_against(tokens: Sequence[str], *, praised: bool = False, marked: bool = False) -> float:
    """How likely the opposite of the tone of a comment may be for the tone to be told.

    `praised` says that its tone is positive, `marked` that a rating, a saying or an emoji is in it, read as
    it is meant.
    """
    if len(tokens) > _SHORT:
        return AGAINST
    may_turn = tokens[0] in _ASKING or not _TURNING.isdisjoint(tokens)
    may_turn = may_turn or (praised and not NEGATIONS.isdisjoint(tokens))
    if may_turn and not marked and CONTRASTS.isdisjoint(tokens) and sum(map(is_word, tokens)) <= _LINE:
        return AGAINST_IN_TURNED_LINE
    plain = CONTRASTS.isdisjoint(tokens) and NEGATIONS.isdisjoint(tokens)
    return AGAINST_IN_SHORT if plain else AGAINST_IN_TURN


def too_close(negative: float, neutral: float, positive: float, *, most: float = AGAINST) -> bool:
    """Whether the likeliest tone is not likely enough, or the opposite likelier than `most`."""
    likeliest = max(negative, neutral, positive)
    against = 0.0 if likeliest == neutral else min(negative, positive)
    return likeliest < LEAST or against > most
