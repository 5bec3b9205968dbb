"""The rounds of a product as an answer to one person."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.sandbox.blockkit import validate_message
from jobs.contrast import Direction
from jobs.contrast.side_parts import HistoryRow
from jobs.messages.report.trend_answer import trend_answer
from jobs.privacy.clip_rule import ClippedRange
from storage.records import Lean, Lens, Period, Picture
from tests.jobs.messages.examples import CX, NO_UX, UX, changed, earlier, score

NOVEMBER, OCTOBER = date(2026, 11, 20), date(2026, 10, 23)
WORSE = replace(
    changed(
        UX,
        Direction.WORSE,
        replace(score("sus", 22, 52.0, (44.0, 60.0)), last_day=NOVEMBER),
        earlier(score("sus", 24, 74.0, (67.0, 81.0))),
    ),
    history=(
        HistoryRow(last_day=NOVEMBER, n=22, value=52),
        HistoryRow(last_day=OCTOBER, n=24, value=74),
    ),
)
QUIET = replace(
    changed(CX, Direction.NOT_CLEAR, score("nps", 26, 42.0, (12.0, 64.0)), earlier(score("nps", 24, 33.0))),
    history=(
        HistoryRow(last_day=NOVEMBER, n=26, between=ClippedRange(75.0, None)),
        HistoryRow(last_day=OCTOBER, n=7, lean=Lean.GOOD),
        HistoryRow(last_day=date(2026, 9, 25), n=25, value=36),
    ),
)
MONTHS = Period(datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))


def test_both_sides_stand_in_one_table() -> None:
    """A row a day, newest first; what changed by the tested rule, and what a round is."""
    picture = Picture(file="F0000001", words="The last rounds.")
    made = trend_answer([QUIET, WORSE], "Atlas", next_asked={}, picture=picture)
    assert validate_message(made) == []
    assert [block["type"] for block in made["blocks"]] == ["section", "image", "table", "context"]
    assert made["blocks"][0]["text"]["text"] == (
        "*Atlas, last three rounds*\nBeing a customer: no clear change since October.\n"
        "Using Atlas: *got worse* between 23 Oct and 20 Nov."
    )
    assert [[cell["text"] for cell in row] for row in made["blocks"][2]["rows"][1:]] == [
        ["20 Nov", "+75 or more (26)", "52 (22)"],
        ["23 Oct", "leaning good (7)", "74 (24)"],
        ["25 Sep", "+36 (25)", "–"],
    ]
    assert "20 November: NPS plus 75 or more (26), SUS 52 (22). 23 October: " in made["text"]
    assert "A round is one or more closed questions; a number needs 10 people." in made["text"]
    numbers = trend_answer([WORSE], "Atlas", next_asked={})
    assert "A round is one or more closed questions with 10 people or more." in numbers["text"]


def test_where_slack_refuses_tables_the_rounds_stand_in_words() -> None:
    """The same rows as lines."""
    made = trend_answer([WORSE], "Atlas", next_asked={}, plain=True)
    assert [block["type"] for block in made["blocks"]] == ["section", "section", "context"]
    assert "20 Nov: SUS 52 (22)" in made["blocks"][1]["text"]["text"]


def test_a_period_is_named() -> None:
    """What was asked for stands in the head."""
    made = trend_answer([WORSE], "Atlas", next_asked={}, period=MONTHS)
    assert made["text"].startswith("Atlas, 1 September to 30 November 2026. Using Atlas: got worse")
    spring = Period(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC))
    rows = tuple(
        replace(row, last_day=row.last_day.replace(month=row.last_day.month - 6)) for row in WORSE.history
    )
    before = trend_answer([replace(WORSE, history=rows)], "Atlas", next_asked={}, period=spring)
    assert "20 May: SUS 52 (22)" in before["text"]
    assert "got worse" not in before["text"]  # that was in autumn


def test_rounds_of_one_day_are_told_without_a_table() -> None:
    """Two channels whose first rounds closed on the same day are no trend yet; both are told."""
    rows = tuple(HistoryRow(last_day=NOVEMBER, n=n, value=value) for n, value in ((26, 42), (20, 30)))
    made = trend_answer([replace(CX, history=rows)], "Atlas", next_asked={})
    assert made["text"] == (
        "Atlas, NPS: two rounds so far, 20 November: plus 42, 26 answers; plus 30, 20 answers. "
        "A trend needs rounds of two days. No next one is planned."
    )


def test_too_few_to_say_and_no_round_yet_are_said() -> None:
    """A side that was not tested claims nothing, and one without a round says so."""
    made = trend_answer([replace(QUIET, change=None), NO_UX], "Atlas", next_asked={})
    assert "Being a customer: too few answers to say if anything changed." in made["text"]
    assert "Using Atlas: no round yet." in made["text"]


def test_one_round_is_no_trend() -> None:
    """It says what there is, and when the next is asked."""
    alone = replace(WORSE, history=WORSE.history[:1])
    made = trend_answer([alone], "Atlas", next_asked={Lens.UX: date(2026, 12, 14)})
    assert made["blocks"][0]["text"]["text"] == (
        "*Atlas, SUS:* one round so far, 20 Nov: 52, 22 answers. A trend needs two. "
        "The next is asked Mon 14 Dec."
    )
    assert "No next one is planned." in trend_answer([alone], "Atlas", next_asked={})["text"]
    none = trend_answer([replace(WORSE, history=())], "Atlas", next_asked={}, period=MONTHS)
    assert none["text"] == "Atlas, SUS: nothing was counted from 1 September to 30 November 2026."


@pytest.mark.parametrize(
    "left, period, said",
    [
        (0, None, ""),
        (1, None, "1 earlier round is not shown: /pulse trend 24m about Atlas. "),
        (20, None, "20 earlier rounds are not shown: /pulse trend 24m about Atlas. "),
        (2, MONTHS, "2 earlier rounds are not shown: name an earlier or a shorter period. "),
    ],
)
def test_rounds_that_have_no_room_are_counted(left: int, period: Period | None, said: str) -> None:
    """Who reads a trend knows how many earlier rounds there are, and how to read them."""
    made = trend_answer([QUIET, WORSE], "Atlas", next_asked={}, period=period, earlier=left)
    assert validate_message(made) == []
    assert said in made["text"]
    assert ("not shown" in made["text"]) is bool(left)
    assert ("not shown" in made["blocks"][-1]["elements"][0]["text"]) is bool(left)
