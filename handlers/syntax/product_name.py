"""The name of a product, and the words that stand in a question."""

from jobs.messages.wording.escaping import LONGEST_TYPED
from storage.records.name_folding import fold, shown

MARKS = "*_~`"


class InvalidName(ValueError):
    """A name that cannot stand in a question; the message is one plain sentence for a form's field."""


def read_subject(text: str) -> str:
    """A product's name or a question's subject: 1 to 60 characters on one line, without marks of formatting.

    Spaces are made single and what is drawn as nothing is left out. Raises InvalidName.
    """
    if len(text.strip().splitlines()) > 1:
        raise InvalidName("A name has one line.")
    name = " ".join(shown(text).split())
    if not fold(name):
        raise InvalidName("A name has at least one character.")
    if len(name) > LONGEST_TYPED:
        raise InvalidName(f"A name has at most {LONGEST_TYPED} characters; this one has {len(name)}.")
    for mark in MARKS:
        if mark in name:
            which = "a backtick" if mark == "`" else f'"{mark}"'
            raise InvalidName(f"A name has none of the marks of formatting, and this one has {which}.")
    return name
