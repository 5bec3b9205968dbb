"""Every hint of a refusal works when it is typed exactly."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.syntax import (
    CommandSyntaxError,
    read_answers,
    read_ask,
    read_comments,
    read_contrast,
    read_digest,
    read_number,
    read_score,
    read_trend,
    read_why,
)
from handlers.syntax.until import read_open_for, read_until
from jobs.cadence import CadenceError, find_zone, read

_CHANNEL = re.compile(r"(?<!\S)#([a-z]+)")  # Slack sends a channel that is typed as a reference
ZONES = ("Europe/Berlin", "America/New_York", "Pacific/Chatham")
NIGHT = datetime(2026, 10, 25, 0, 30, 0, 350_000, tzinfo=UTC)  # 02:30 in Berlin, for the first time
NOON = datetime(2026, 11, 25, 10, 0, 0, 350_000, tzinfo=UTC)

COMMANDS: dict[str, Callable[..., object]] = {
    "ask": read_ask,
    "score": read_score,
    "trend": read_trend,
    "contrast": read_contrast,
    "why": read_why,
    "comments": read_comments,
    "digest": read_digest,
    "answers": lambda text, **_: read_answers(text),
    "pause": lambda text, **_: read_number(text, "pause"),
    "schedule": lambda *_, **__: None,  # opens a form whatever follows
    "list": lambda *_, **__: None,
}
MOMENTS = [
    "yesterday",
    "12/01/2026",
    "fri 17:00 CET",
    "1/12",
    "31 nov",
    "30.2.",
    "25:00",
    "fri 25:00",
    "9",
    "fri 9",
    "next fri",
    "next week",
    "fryday",
    "tomorow",
    "last month",
    "today 00:10",
    "2020-01-01",
    "2027-12-01",
    "in 3 years",
    "in 91 days",
    "fri sat",
    "17:00 18:00",
    "soon",
    "fri 17:00 GMT+3",
    "fri 17:00 IST",
    "fri 17:00 Etc/GMT-1",
    "fri 17:00 Berln",
    "mon tue 9am",
    "0:60",
    "13pm",
    "1.12",
    "never",
    "fri 5",
]
PERIODS = [
    "lst month",
    "9x",
    "0d",
    "99 months",
    "2027-01",
    "2026-13",
    "30d 60d",
    "tomorrow",
    "next month",
    "1 minute",
    "last decade",
]
SCHEDULES = [
    "weekly",
    "weekly mon",
    "mondays",
    "every day",
    "hourly",
    "yearly",
    "every fornight",
    "every 6 weeks",
    "weekly mnday 9am",
    "monthly 32 9am",
    "monthly mon 9am",
    "weekly mon tue 9am",
    "weekly mon 25:00",
    "weekly mon 9",
    "weekly mon midnight",
    "daily",
    "weekdays",
    "cron 0 9",
    "cron * * * * *",
    "cron 0 0 9 * * 1",
    "weekly mon 9am GMT+3",
    "weekly mon 9am IST",
    "weekly mon 9am Berln",
    "twice a week",
    "every 2 weeks mon 9am from yesterday",
    "every 2 weeks mon 9am from 31 nov",
    "first monday of the month 9am",
    "quarterly",
    "bimonthly",
    "weekly mon 9am Etc/GMT-3",
    "monthly on the 1st",
    "weekly 9am 10am",
    "every weekend 9am",
]
TYPED = [
    *(f"ask nps about Atlas until {moment}" for moment in MOMENTS),
    *(f"ask nps for {length}" for length in ("3 years", "0 days", "200 days", "a while", "9999 h")),
    *(f"{command} {period}" for command, period in product(("score nps", "trend nps", "contrast"), PERIODS)),
    *(f"digest Atlas {schedule}" for schedule in SCHEDULES),
    *(
        f"comments {words}"
        for words in ("bab", "30d", "yesterday", "cx ux", "billing speed", "last month", "#3")
    ),
    *(
        "score nsp",
        "score 5",
        "why nps 30d",
        "why 7",
        "score csat Atlas",
        "ask",
        "ask nps csat",
        "answers neg",
    ),
    *("contrast Atlas", "trend", "pause", "pause x", "score nps about", "ask nps about *x*", "ask until fri"),
]


def read_back(typed: str, *, now: datetime, zone: str) -> None:
    """Read a command as typed; where it is refused, read what is offered instead."""
    try:
        run(typed, now=now, zone=zone)
    except CommandSyntaxError as error:
        run(error.form.removeprefix("/pulse "), now=now, zone=zone)


def run(typed: str, *, now: datetime, zone: str) -> None:
    """Read a command with the reader of its first word."""
    command, _, words = _CHANNEL.sub(r"<#C1|\1>", typed).partition(" ")
    COMMANDS[command](words, now=now, zone=zone)


@pytest.mark.parametrize("typed", TYPED)
def test_the_form_of_a_refusal_is_read(typed: str) -> None:
    """What a refusal offers is taken by the same command, in every zone."""
    for now, zone in product((NIGHT, NOON), ZONES):
        read_back(typed, now=now, zone=zone)


def readers(now: datetime, zone: str) -> Iterator[tuple[str, Callable[[str], object]]]:
    """The readers of the fields of forms and of the parts of commands."""
    yield "schedule", partial(read, start=now.date())
    yield "zone", partial(find_zone, now=now, own=zone)
    yield "until", partial(read_until, now=now, zone=zone)
    yield "for", partial(read_open_for, now=now, zone=zone)


PIECES = [
    "weekly",
    "monthly",
    "quarterly",
    "every",
    "2",
    "weeks",
    "fortnight",
    "cron",
    "mon",
    "mondays",
    "fri",
    "fryday",
    "tomorrow",
    "yesterday",
    "next",
    "1",
    "dec",
    "31",
    "1st",
    "12/01/2026",
    "1.12.",
    "9am",
    "9",
    "25:00",
    "24:00",
    "noon",
    "midnight",
    "17h",
    "until",
    "in",
    "3",
    "days",
    "from",
    "the",
    "on",
    "GMT+1",
    "+05:30",
    "IST",
    "CET",
    "Berln",
    "Etc/GMT-1",
    "London",
    "UTC-99",
    ",",
    "/",
    "*",
    "2026-11-30",
    "2020-01-01",
    "first",
    "of",
    "month",
    "day",
    "last",
]


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(["schedule", "zone", "until", "for"]),
    st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join),
    st.sampled_from([NIGHT, NOON]),
    st.sampled_from(ZONES),
)
def test_the_nearest_text_is_read(field: str, text: str, now: datetime, zone: str) -> None:
    """Whatever stands in a field or a part of a command, what its error calls nearest is read by it."""
    reader = dict(readers(now, zone))[field]
    try:
        reader(text)
    except CadenceError as error:
        reader(str(error.nearest))


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(
        ["ask nps about Atlas until", "ask nps for", "score nps", "digest Atlas weekly", "comments"]
    ),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map(" ".join),
)
def test_any_refusal_offers_what_is_read(command: str, words: str) -> None:
    """Whatever follows a command, what its refusal offers is read."""
    read_back(f"{command} {words}", now=NOON, zone="Europe/Berlin")
