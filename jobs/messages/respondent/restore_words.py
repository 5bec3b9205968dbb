"""What a question says of a database that was put back from a copy, or that got a new secret."""

from datetime import date
from typing import NamedTuple

from jobs.messages.wording.voice import Voice


class AfterRestore(NamedTuple):
    """When the database was put back from a copy or got a new secret, and the day from which answers count.

    `counts_from` is None where that was before the question was asked.
    """

    restored_on: date
    counts_from: date | None
    by_new_secret: bool = False


def earlier_gone(voice: Voice, restored: AfterRestore) -> str:
    """What went, and from when on answers are counted again."""
    day = voice.day(restored.restored_on)
    gone = (
        f"Bifocal's database was put back from a copy on {day}: "
        "earlier answers that were not counted yet are gone."
    )
    if restored.by_new_secret:
        gone = (
            f"Bifocal got a new key for its answers on {day}: comments, and earlier answers that were not "
            "counted yet, are gone."
        )
    if restored.counts_from is None:
        return gone
    return f"{gone} New answers are counted from {voice.day(restored.counts_from)} on."
