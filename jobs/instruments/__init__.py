"""The standard questionnaires: their wording, scales and bands, and how to find one by its name. Pure.

Not here: how answers become a score (scoring), how a question is laid out (messages).
"""

from jobs.instruments.instrument import (
    AnswerClass,
    Band,
    Instrument,
    Scale,
    Scoring,
    Typical,
    half_up,
    outwards,
    printed,
)
from jobs.instruments.published import INSTRUMENTS

__all__ = [
    "INSTRUMENTS",
    "AnswerClass",
    "Band",
    "Instrument",
    "Scale",
    "Scoring",
    "Typical",
    "find",
    "half_up",
    "outwards",
    "printed",
]


def find(text: str) -> Instrument | None:
    """The instrument that people mean by `text`: its key, name or another word for it; None if unknown.

    Case, spaces, hyphens and other marks do not matter: "umux-lite", "UMUX lite" and "umux" are one.
    """
    wanted = _letters(text)
    for instrument in INSTRUMENTS.values():
        if wanted in map(_letters, (instrument.key, instrument.name, *instrument.aliases)):
            return instrument
    return None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
