"""How often a person may be written to, and what is kept to know it. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

CAP = timedelta(days=14)
"""At most one message to a person within this time, across all questions."""
CAP_OUTSIDE = timedelta(days=30)
"""The same for people of another company, who use this workspace less."""
SNOOZE = timedelta(days=7)
"""How long nothing is written after Not now."""
MOST_SILENT = 3
"""Reminders in a row without an answer; then the person is left alone for `REST`."""
REST = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """What is kept of a person for reminders, under the code of `jobs.answers.respondent_key`.

    `written_at` is when they were last written to, `quiet_until` what Not now has set, `stopped` that they
    want nothing at all, `silent` how many reminders in a row they have left without an answer.
    """

    written_at: datetime | None = None
    quiet_until: datetime | None = None
    stopped: bool = False
    silent: int = 0


class WhyQuiet(StrEnum):
    """Why somebody is not written to."""

    STOPPED = "stopped"
    WRITTEN = "written"
    NOT_NOW = "not now"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """That somebody is not written to: why, and until when (None: until they want it again).

    `since` is when they were last written to, where that is why.
    """

    why: WhyQuiet
    until: datetime | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """A reminder that somebody does not want; `sent` says that they had it already."""

    sent: bool
