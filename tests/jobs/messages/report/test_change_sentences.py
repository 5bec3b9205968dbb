"""What a digest says of change, state by state, word for word as it was drawn."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from jobs.contrast import Contrast, Direction, OtherScore, Side
from jobs.instruments import Band
from jobs.messages.report import score_words, side_cards, verdict
from jobs.messages.report.digest_post import edition
from jobs.messages.report.thread import thread
from jobs.messages.wording.voice import MRKDWN, SPEECH
from jobs.privacy.progress_rule import Stage
from jobs.scoring import Score
from storage.records import Quote, Touchpoint
from tests.jobs.messages import examples
from tests.jobs.messages.examples import CX, NORMAL, UX, banded, changed, earlier, score

SEPTEMBER = date(2026, 9, 25)
CUSTOMERS = score("nps", 26, 42.0, (12.0, 64.0)), earlier(score("nps", 24, 33.0))
UNHAPPY = score("nps", 27, -19.0, (-46.0, 12.0)), CUSTOMERS[1]
USERS = replace(UX, instrument="umux_lite")


def users(direction: Direction, now: float, before: float, *, since: date = date(2026, 10, 23)) -> Side:
    """The users' side with these scores."""
    return changed(
        USERS,
        direction,
        score("umux_lite", 22, now, (now - 8, now + 8)),
        earlier(score("umux_lite", 24, before)),
        since=since,
    )


def customers(direction: Direction, scores: tuple[Score, Score] = CUSTOMERS) -> Side:
    """The customers' side with these scores."""
    return changed(CX, direction, *scores)


def untested(side: Side) -> Side:
    """A side of which too few have answered to say anything."""
    return replace(side, change=None)


STEADY = customers(Direction.NOT_CLEAR)
SAME = users(Direction.NOT_CLEAR, 71.0, 74.0)
STATES = {
    "worse": (
        STEADY,
        users(Direction.WORSE, 52.0, 74.0),
        "*Using Atlas got worse since October:* 74 to 52.\nBeing a customer: no clear change.",
    ),
    "better": (
        STEADY,
        users(Direction.BETTER, 79.0, 58.0),
        "*Using Atlas got better since October:* 58 to 79.\nBeing a customer: no clear change.",
    ),
    "both worse": (
        customers(Direction.WORSE, UNHAPPY),
        users(Direction.WORSE, 61.0, 74.0),
        (
            "*Both sides got worse since October:* being a customer from +33 to −19, "
            "using Atlas from 74 to 61."
        ),
    ),
    "opposite": (
        customers(Direction.WORSE, UNHAPPY),
        users(Direction.BETTER, 79.0, 58.0),
        "*Using Atlas got better since October:* 58 to 79.\n*Being a customer got worse:* +33 to −19.",
    ),
    "both worse, since other months": (
        customers(Direction.WORSE, UNHAPPY),
        users(Direction.WORSE, 61.0, 74.0, since=SEPTEMBER),
        (
            "*Being a customer got worse since October:* +33 to −19.\n"
            "*Using Atlas got worse since September:* 74 to 61."
        ),
    ),
    "no change": (STEADY, SAME, "No clear change since October."),
    "no change, since other months": (
        STEADY,
        users(Direction.NOT_CLEAR, 71.0, 74.0, since=SEPTEMBER),
        "Being a customer: no clear change since October. Using Atlas: no clear change since September.",
    ),
    "not tested": (untested(STEADY), untested(SAME), "Too few answers to say if anything changed."),
    "one not tested": (
        STEADY,
        untested(SAME),
        "Being a customer: no clear change. Using Atlas: too few answers to say.",
    ),
    "worse, the other not tested": (
        untested(STEADY),
        users(Direction.WORSE, 52.0, 74.0),
        "*Using Atlas got worse since October:* 74 to 52.\nBeing a customer: too few answers to say.",
    ),
    "unclear, not tested": (
        banded(untested(STEADY), *Band),
        untested(SAME),
        (
            "Being a customer: poor, mixed or good are all possible with these answers.\n"
            "Too few answers to say if anything changed."
        ),
    ),
    "one side's first score": (
        replace(STEADY, before=None, change=None),
        SAME,
        "Using Atlas: no clear change since October.",
    ),
    "one side's score shown before": (
        replace(STEADY, counted_since_last=False),
        SAME,
        "Using Atlas: no clear change since October.",
    ),
    "both scores shown before": (
        replace(STEADY, counted_since_last=False),
        replace(untested(SAME), counted_since_last=False),
        "",
    ),
}


def beside(cx: Side, ux: Side) -> Contrast:
    """A contrast of two sides."""
    return replace(NORMAL, cx=cx, ux=ux)


@pytest.mark.parametrize("state", STATES)
def test_each_state_has_its_sentences(state: str) -> None:
    """They are word for word those that were drawn."""
    cx, ux, said = STATES[state]
    assert verdict.body(MRKDWN, beside(cx, ux), None) == said


def test_a_change_that_was_told_stays_visible() -> None:
    """It is told again in the next digest, while no newer round says otherwise."""
    told = replace(users(Direction.WORSE, 52.0, 74.0), counted_since_last=False)
    said = verdict.body(MRKDWN, beside(replace(STEADY, counted_since_last=False), told), None)
    assert said == "*Using Atlas got worse since October:* 74 to 52."


def test_numbers_that_say_otherwise_are_left_out() -> None:
    """Where the two printed scores do not lie in the order that is said, they do not stand beside it."""
    side = users(Direction.WORSE, 52.0, 74.0)
    assert side.change
    without = replace(side, change=replace(side.change, numbers=None))
    assert verdict.body(MRKDWN, beside(STEADY, without), None).startswith(
        "*Using Atlas got worse since October.*\n"
    )
    worse = customers(Direction.WORSE, UNHAPPY)
    assert verdict.body(MRKDWN, beside(worse, without), None) == (
        "*Being a customer got worse since October:* +33 to −19.\n*Using Atlas got worse.*"
    )
    assert score_words.change(MRKDWN, without) == "*Got worse since October.*"


def test_a_period_that_was_asked_for_says_nothing_of_change() -> None:
    """The test looks at the newest rounds, which need not lie in it."""
    assert verdict.body(MRKDWN, replace(beside(STEADY, SAME), asked_for=True), None) == ""


def test_changes_are_said_aloud() -> None:
    """Signs are words, and nothing stands out."""
    cx, ux, _ = STATES["opposite"]
    assert verdict.body(SPEECH, beside(cx, ux), None) == (
        "Using Atlas got better since October: 58 to 79. Being a customer got worse: plus 33 to minus 19."
    )


@pytest.mark.parametrize(
    "side, said",
    [
        (
            STEADY,
            (
                "October: +33. No clear change. "
                "With so few answers, only a change of 55 points or more would show."
            ),
        ),
        (users(Direction.WORSE, 52.0, 74.0), "October: 74. *Got worse since October:* 74 to 52."),
        (untested(STEADY), "October: +33. Too few answers to say if anything changed."),
    ],
)
def test_the_thread_says_how_large_a_change_would_show(side: Side, said: str) -> None:
    """Under the score, after the score before; never a difference of the two."""
    assert side_cards.in_full(MRKDWN, side, NORMAL).splitlines()[-1] == said


def card(cx: Side, ux: Side = SAME) -> list[str]:
    """The lines of the customers' card."""
    lines: list[str] = side_cards.cards(beside(cx, ux))["fields"][0]["text"].splitlines()
    return lines


def test_a_score_that_was_shown_before_says_from_when_it_is() -> None:
    """In the place of the score before and of how many answered; with its year where that is long ago."""
    old = replace(STEADY, score=CUSTOMERS[1], before=None, counted_since_last=False)
    assert card(replace(old, score_in_month=True))[1:] == [
        "NPS *+33* (−100 to +100)",
        "from October, 24 answers",
    ]
    assert card(old)[2] == "from 23 Oct, 24 answers"
    a_year_ago = replace(CUSTOMERS[1], last_day=date(2025, 10, 24))
    assert card(replace(old, score=a_year_ago, score_in_month=True))[2] == "from Oct 2025, 24 answers"


def test_a_card_says_how_many_have_answered_of_those_who_could() -> None:
    """Where answers wait for more: below "No score yet", or since the score that was shown before."""
    few = replace(examples.waits(Stage.TOO_FEW, "C1", answers=3), invited=31)
    none = replace(STEADY, score=None, level=None, before=None, change=None, progress=(few,))
    assert card(none)[1:] == ["No score yet", "3 of 31 answered"]
    old = replace(STEADY, before=None, counted_since_last=False, progress=(few,))
    assert card(old)[-1] == "3 of 31 answered since"
    assert card(replace(none, progress=(replace(few, invited=None),)))[1:] == ["No score yet"]
    assert "31" not in str(card(replace(none, progress=(few, few))))


def test_a_new_question_text_says_why_there_is_no_score_before() -> None:
    """It is not called the first score."""
    new = replace(STEADY, before=None, change=None, reworded_on=date(2026, 11, 9))
    assert card(new)[2] == "New question text since 9 Nov: earlier scores cannot be compared"


SUPPORT = OtherScore(score=score("csat", 21, 76.2, (55.0, 89.0)), subject="support")
LONG = " ".join(["word"] * 40)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("quoted", [examples.INVOICE, LONG, None])
def test_no_digest_is_longer_than_ninety_four_words(state: str, quoted: str | None) -> None:
    """Above the thread, whatever there is to say: first goes what the thread says too, then the quote."""
    cx, ux, _ = STATES[state]
    told = beside(replace(cx, topic=Touchpoint.BILLING), replace(ux, topic=Touchpoint.PERFORMANCE))
    quote = Quote(comment_id="c1", text=quoted, touchpoint=None) if quoted else None
    full = replace(told, others=(SUPPORT,), quote=quote)
    post = edition(full, edition_id="12", link=lambda _: None, zone="UTC")
    assert len(above_the_thread(post).split()) <= 94
    assert "Support CSAT" in str(thread(full)[0]["blocks"])
    erased = edition(replace(full, quote=None), edition_id="12", link=lambda _: None, zone="UTC")
    assert [block for block in post["blocks"] if block in erased["blocks"]] == erased["blocks"]


def test_a_short_digest_says_all() -> None:
    """Where there is room, both lines and the quote stand."""
    post = edition(
        replace(beside(STEADY, SAME), others=(SUPPORT,)), edition_id="12", link=lambda _: None, zone="UTC"
    )
    assert "Also this week: support CSAT" in str(post)
    assert examples.INVOICE in str(post)


def above_the_thread(post: dict[str, Any]) -> str:
    """The words of a digest without small print and buttons."""
    said = []
    for block in post["blocks"]:
        if block["type"] == "rich_text":
            said.append(block["elements"][0]["elements"][0]["text"])
        elif block["type"] not in {"context", "actions"}:
            said += [each["text"] for each in block.get("fields") or [block["text"]]]
    return " ".join(said)
