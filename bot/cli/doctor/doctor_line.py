"""What a look has found: one line, with what to do where something is wrong."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How it stands. Only what is WRONG has to be mended."""

    OK = "ok"
    NOTE = "note"
    WRONG = "WRONG"
    UNSEEN = "?"  # could not be looked at


@dataclass(frozen=True, slots=True)
class Finding:
    """One line."""

    mark: Mark
    what: str
    text: str

    def __str__(self) -> str:
        return f"{self.mark.value:<6} {self.what:<12} {self.text}"


def ok(what: str, text: str) -> Finding:
    """All is well."""
    return Finding(Mark.OK, what, text)


def note(what: str, text: str) -> Finding:
    """Worth knowing; nothing has to be done."""
    return Finding(Mark.NOTE, what, text)


def wrong(what: str, text: str) -> Finding:
    """Something to mend."""
    return Finding(Mark.WRONG, what, text)


def unseen(what: str, why: str) -> Finding:
    """It could not be looked at."""
    return Finding(Mark.UNSEEN, what, f"not looked at: {why}")
