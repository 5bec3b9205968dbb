"""Editions that older versions have kept: each is shown still, or refused with one line in the log."""

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.sandbox.model.messages import Message
from jobs.contrast import from_json
from jobs.delivery.render import line_of_older_version, post_of
from jobs.digests.draw_pictures import draw
from jobs.messages.report.thread import thread
from storage.delivery.outbox_requests import request_update
from storage.records import Edition, Period, Quote
from storage.schema.delivery_tables import EDITION
from tests.conftest import Company, Running
from tests.handlers.listeners.test_edition_clicks import answered, posting
from tests.jobs.messages.checking import check

Figures = dict[str, Any]
AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAYS = {"start": "2026-11-09T00:00:00Z", "end": "2026-11-21T00:00:00Z"}
HALF = {"low": 2.3, "high": 55.8}


def score(instrument: str = "nps", value: float = 32.1, **more: Any) -> Figures:
    """A score as every version has kept it."""
    return {
        "instrument": instrument, "n": 28, "value": value, "likely": HALF, "bands": ["mixed", "good"],
        "favourable": 14, "middle": 9, "unfavourable": 5, **more,
    }  # fmt: skip


def side(lens: str, **more: Any) -> Figures:
    """A side as every version has kept it."""
    instrument, value = ("nps", 32.1) if lens == "CX" else ("umux_lite", 71.0)
    return {
        "lens": lens, "instrument": instrument, "score": score(instrument, value), "channels": ["C1"],
        "invited": 61, "before": score(instrument, value - 9), "open_question": None, **more,
    }  # fmt: skip


def figures(cx: Figures, ux: Figures, **more: Any) -> Figures:
    """An edition as every version has kept it."""
    return {
        "product": "Atlas", "period": DAYS, "min_group": 5, "cx": cx, "ux": ux, "people": "different",
        "first": False, **more,
    }  # fmt: skip


BEFORE_ROUNDS: Figures = {
    "asked_on": None,
    "before_period": DAYS,
    "change": {"difference": 0.0, "likely": HALF, "p": 0.4, "smallest": 30.0},
    "wrote": 18, "tone": {"positive": 11}, "topics": [["billing", 10]],
    "crossing": {"comments": 18, "about_other": 5}, "waiting": 2, "cut_from": ["c1"],
}  # fmt: skip
ROUNDS: Figures = {
    "score_from": 10,
    "before_in_month": True,
    "wrote": 18,
    "tone": None,
    "topics": [],
    "cut_from": [],
}
WAITS: Figures = {
    "channel_id": "C1", "stage": "too_few", "answers": 3, "score_from": 10, "word_from": None, "at": None,
    "counted_on": None, "counts_from": None, "asked_next": None,
}  # fmt: skip
BLOCKS: Figures = {
    "progress": [WAITS],
    "cut": {
        "comments": 24, "need": 5, "tones": {"negative": 9}, "topics": {"billing": 11},
        "across": {"comments": 19, "about_other": 6},
    },
    "uncut": 7,
}  # fmt: skip
LEVELS: Figures = {
    **BLOCKS,
    "level": None,
    "change": {"direction": "not_clear", "since": "2026-10-23", "since_month": True, "visible": 40.0},
    "history": [
        {"last_day": "2026-11-20", "n": 28, "value": 32.0, "likely": HALF},
        {"last_day": "2026-10-23", "n": 24, "value": 17.0, "likely": HALF},
    ],
    "counted_since_last": False,
}  # fmt: skip
FULL: dict[str, Figures] = {
    "before there were rounds": figures(
        side("CX", **BEFORE_ROUNDS),
        side("UX", **BEFORE_ROUNDS | {"change": None, "wrote": None, "tone": None}),
        state="no_clear_change",
    ),
    "one side under the group": figures(
        side("CX", **BEFORE_ROUNDS),
        side("UX", score={"instrument": "umux_lite", "n": 4, "min_group": 5, "stage": "hidden", "bands": []}),
        state="one_side", people=None,
    ),
    "rounds": figures(side("CX", **ROUNDS), side("UX", **ROUNDS), rounds=["r1"]),
    "blocks": figures(side("CX", **BLOCKS), side("UX", **BLOCKS), quoted_side=None, rounds=["r1"]),
    "levels": figures(side("CX", **LEVELS), side("UX", **LEVELS), asked_for=False, blocks=["b1"], lost=[]),
    "others": figures(
        side("CX", **LEVELS), side("UX", **LEVELS),
        others=[{"score": score("csat", 76.2), "subject": "support"}], last_on="2026-10-26T08:00:00Z",
    ),
}  # fmt: skip
LINES: dict[str, Figures] = {
    "a link to the last": {"product": "Atlas", "figures_on": "2026-11-16T08:00:00+00:00", "link": None},
    "in its zone": {
        "product": "Atlas", "figures_on": "2026-11-16T08:00:00+00:00", "zone": "Europe/Berlin",
        "link": "https://example.slack.com/archives/C1/p1", "rounds": [], "not_read": ["Not all is read."],
    },
    "withdrawn": {"product": "Atlas", "figures_on": None, "withdrawn": True},
    "nothing yet": {"product": "Atlas"},
}  # fmt: skip
UNKNOWN: list[Figures] = [
    {},
    {"product": "Atlas", "cx": None, "ux": None},
    figures(side("CX", score={"instrument": "nps"}), side("UX")),
    figures(side("CX"), side("UX", instrument="unknown", score=score("unknown"))),
    figures(side("CX"), side("UX"), not_in_it=[{}]),
]


def edition(kept: Figures, *, full: bool) -> Edition:
    """An edition with these figures, and the two quotes of the very first versions."""
    quotes = tuple(Quote(comment_id=f"c{n}", text=f"Words {n}.", touchpoint=None) for n in range(2))
    return Edition(
        team_id="T1", id="e1", digest_id="d1", channel_id="C1", period=Period(AT - timedelta(days=7), AT),
        made_at=AT, full=full, figures=json.loads(json.dumps(kept)), quotes=quotes if full else (),
    )  # fmt: skip


@pytest.mark.parametrize("shape", FULL)
def test_every_full_shape_is_shown(shape: str) -> None:
    """Its message, its thread without a reply of later times, and its pictures."""
    old = edition(FULL[shape], full=True)
    contrast = from_json(old.figures, old.quotes)
    post = post_of(old, contrast, now=AT, zone="Europe/Berlin")
    check(post)
    assert "NPS *+32*" in str(post["blocks"]) or "Same scores as on" in str(post["blocks"])
    assert "Words 1." not in str(post)
    replies = thread(contrast)
    assert len(replies) == 3
    for reply in replies:
        check(reply)
    assert "strips" in draw(old)


@pytest.mark.parametrize("shape", LINES)
def test_every_line_is_shown(shape: str) -> None:
    """One sentence or two, as it was."""
    post = line_of_older_version(edition(LINES[shape], full=False))
    check(post)
    assert "Atlas: " in post["text"]


@pytest.mark.parametrize("kept", UNKNOWN)
async def test_an_unknown_shape_stops_nothing(
    running: Running, company: Company, caplog: pytest.LogCaptureFixture, kept: Figures
) -> None:
    """It is logged once, and what was wanted after it is sent; its lead is told."""
    await running.digest(company.lead, company.channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    await answered(running, company)
    store = running.bot.store

    await running.type(company.lead, company.channel, "digest now")
    await posting(running)
    (digest,) = await store.digests.in_channel(company.lead.team_id, company.channel.id)
    last = await store.editions.last(digest.team_id, digest.id)
    assert last

    def break_it(connection: Any) -> None:
        connection.execute(EDITION.update().values(figures=kept))
        request_update(connection, last.team_id, [last.id])

    await store.database.write(break_it)
    with caplog.at_level(logging.INFO, logger="jobs.delivery.send"):
        await posting(running)
    ours = [one for one in caplog.records if "could not be made" in one.message and one.exc_info]
    assert len(ours) == 1
    assert not [one for one in caplog.records if "(fault)" in one.message]
    question: Message = await running.ask(company.lead, company.channel, "csat about Atlas")
    assert question in company.channel.messages
