"""The digest of a week without new scores, word for word."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from jobs.contrast import Contrast
from jobs.contrast.outlook import NextAsked, Outlook, outlook_from_json, outlook_to_json, ready_by, results_on
from jobs.messages.report.quiet_post import quiet_post
from jobs.privacy.progress_rule import Progress, Stage
from storage.records import Lens
from tests.jobs.messages.checking import check
from tests.jobs.messages.examples import NORMAL, TOO_FEW, still_open, waits

MADE, NEXT = date(2026, 11, 23), date(2026, 11, 30)
AT_FIVE = datetime(2026, 11, 23, 16, tzinfo=UTC)
WHEN = "<!date^1795449600^{date_short_pretty} at {time}|Mon 23 Nov, 17:00 CET>"
SAME = Outlook(made_on=MADE, same_as=date(2026, 10, 26), link="https://example.slack.com/archives/C0TEAM/p1")
PLANNED = NextAsked(instrument="nps", channel_id="C0CUST", on=date(2026, 12, 7))
BOTH = {Lens.CX: NEXT, Lens.UX: NEXT}
QUIET = replace(NORMAL, cx=replace(NORMAL.cx, progress=()), ux=replace(NORMAL.ux, progress=()))
HEAD = "*Atlas: same scores as on <https://example.slack.com/archives/C0TEAM/p1|26 Oct>.*"


def opened(channel_id: str, answers: int, at: datetime = AT_FIVE) -> Progress:
    """A question that can be answered."""
    return waits(Stage.OPEN, channel_id, answers=answers, at=at)


def both(cx: Progress | None, ux: Progress | None, of: Contrast = QUIET) -> Contrast:
    """The contrast with these questions on its sides."""
    return replace(
        of,
        cx=replace(of.cx, progress=(cx,) if cx else ()),
        ux=replace(of.ux, progress=(ux,) if ux else ()),
    )


def posted(contrast: Contrast, outlook: Outlook, **more: Any) -> dict[str, Any]:
    """The message, which Slack takes."""
    known = {"edition_id": "e1", "link": lambda asking: asking.link, "zone": "Europe/Berlin"} | more
    made = quiet_post(contrast, outlook_from_json(outlook_to_json(outlook)), **known)  # type: ignore[arg-type]
    check(made)
    return made


def named(rows: Sequence[tuple[Any, ...]]) -> list[ParameterSet]:
    """The rows of a table as cases, each by its first word."""
    return [pytest.param(*row[1:], id=row[0]) for row in rows]


LINES = [
    (
        "nothing_new",
        QUIET,
        replace(SAME, next_asked=PLANNED),
        "No question closed since. Next: NPS in <#C0CUST>, Mon 7 Dec.",
    ),
    (
        "a private channel is not named",
        QUIET,
        replace(SAME, next_asked=replace(PLANNED, channel_id=None)),
        "No question closed since. Next: NPS in a private channel, Mon 7 Dec.",
    ),
    (
        "a question closed, and nobody had answered",
        QUIET,
        replace(SAME, next_asked=PLANNED, none_closed=False),
        "No new answers since. Next: NPS in <#C0CUST>, Mon 7 Dec.",
    ),
    ("nothing_planned", QUIET, SAME, "No question closed since, and none is planned."),
    (
        "open_again",
        both(opened("C0CUST", 12), opened("C0USER", 11)),
        replace(SAME, results=BOTH),
        (
            "New answers are coming in: 12 from customers, 11 from users. "
            f"Both questions close {WHEN}. Results: next Monday, 30 Nov."
        ),
    ),
    (
        "one is open, nobody has answered",
        both(opened("C0CUST", 0), None),
        replace(SAME, results={Lens.CX: date(2026, 12, 14)}),
        f"The customer question closes {WHEN}. Results: Monday, 14 Dec.",
    ),
    (
        "each has an edition of its own",
        both(opened("C0CUST", 2), opened("C0USER", 0, at=datetime(2026, 11, 30, 16, tzinfo=UTC))),
        replace(SAME, results={Lens.CX: NEXT, Lens.UX: date(2026, 12, 7)}),
        (
            f"New answers are coming in: 2 from customers. The customer question closes {WHEN}, the user "
            "question closes <!date^1796054400^{date_short_pretty} at {time}|Mon 30 Nov, 17:00 CET>. "
            "Results: next Monday, 30 Nov (customers) and Monday, 7 Dec (users)."
        ),
    ),
    (
        "waiting_again",
        both(waits(Stage.TOO_FEW), None),
        replace(SAME, next_asked=PLANNED),
        (
            "Being a customer: 3 new answers. They need to be 10, so that nobody can be picked out; "
            "they join the next round."
        ),
    ),
    (
        "four weeks are not over",
        both(None, waits(Stage.FOUR_WEEKS, counts_from=date(2026, 12, 17))),
        replace(SAME, next_asked=PLANNED),
        "Using Atlas: next counted on 17 Dec.",
    ),
]


@pytest.mark.parametrize("contrast, outlook, line", named(LINES))
def test_where_scores_stand_two_lines_say_what_comes(contrast: Contrast, outlook: Outlook, line: str) -> None:
    """The scores that stand, with a link to them, and the true state of what is to come."""
    made = posted(contrast, outlook)
    assert made["blocks"][0]["text"]["text"] == f"{HEAD}\n{line}"
    assert made["text"].startswith("Atlas: same scores as on 26 October.")
    assert [block["type"] for block in made["blocks"][1:]] == (["actions"] if "none is" in line else [])


def test_where_none_is_planned_a_button_plans_one() -> None:
    """It opens the form of a schedule."""
    made = posted(QUIET, SAME)
    assert made["text"].endswith("and none is planned. Button: Repeat a question.")
    assert made["blocks"][-1]["elements"][0]["action_id"] == "schedule"


def test_before_the_first_score_open_questions_have_buttons() -> None:
    """How many have answered so far, until when, in which digest; and the way to each question."""
    asked = both(opened("C0CUST", 12), opened("C0USER", 11), TOO_FEW)
    asked = replace(
        asked,
        cx=replace(asked.cx, open_question=still_open("C0CUST", has_form=False)),
        ux=replace(asked.ux, open_question=still_open("C0USER", has_form=True)),
    )
    address = "https://example.slack.com/archives/C0CUST/p1"
    made = posted(asked, Outlook(made_on=MADE, results=BOTH), link=lambda _: address)
    assert made["blocks"][0]["text"]["text"] == "Atlas: answers are coming in"
    assert made["blocks"][1]["text"]["text"] == (
        "Being a customer: 12 answers so far. Using Atlas: 11 answers so far.\n"
        f"Both questions close {WHEN}. Results: next Monday, 30 Nov."
    )
    labels = [element["text"]["text"] for element in made["blocks"][2]["elements"]]
    assert labels == ["Customer question", "User question"]
    assert made["text"].endswith("Buttons: Customer question, User question.")


def test_a_question_that_nobody_has_answered_has_no_nought() -> None:
    """It is said in words: a digest shows no figure where there is none."""
    made = posted(both(opened("C0CUST", 0), opened("C0USER", 1), TOO_FEW), Outlook(made_on=MADE))
    said = made["blocks"][1]["text"]["text"]
    assert said.startswith("Being a customer: no answers so far. Using Atlas: 1 answer so far.")


def test_one_open_side_says_of_the_other_what_is_true() -> None:
    """That it waits, or was never asked in the channels that are read."""
    made = posted(both(opened("C0CUST", 12), waits(Stage.TOO_FEW), TOO_FEW), Outlook(made_on=MADE))
    assert made["blocks"][1]["text"]["text"] == (
        "Being a customer: 12 answers so far.\n"
        f"The customer question closes {WHEN}.\n"
        "Using Atlas: 3 people answered. A score needs 10, so that nobody can be picked out. "
        "These 3 join the next round, asked Mon 14 Dec."
    )
    alone = both(opened("C0CUST", 12), None, TOO_FEW)
    made = posted(replace(alone, ux=replace(alone.ux, instrument=None)), Outlook(made_on=MADE))
    assert "\nUsers: no question in the channels that this digest reads." in made["blocks"][1]["text"]["text"]


def test_too_few_on_both_sides_have_one_reason() -> None:
    """What a score needs stands once, with what becomes of the answers."""
    made = posted(TOO_FEW, Outlook(made_on=MADE, next_asked=PLANNED))
    assert made["blocks"][0]["text"]["text"] == "Atlas: not enough answers yet"
    assert made["blocks"][1]["text"]["text"] == (
        "Being a customer: 3 people answered. Using Atlas: 4 people answered.\n"
        "Scores need 10 on a side, so that nobody can be picked out. "
        "These answers join the next round, asked Mon 14 Dec."
    )


READY = [
    ("a question that closes in time", opened("C1", 3, datetime(2026, 11, 30, 7, 44, tzinfo=UTC)), (8, 0)),
    ("one that is counted after nine", opened("C1", 3, datetime(2026, 11, 30, 7, 50, tzinfo=UTC)), (8, 6)),
    ("one that has closed", waits(Stage.COUNTING, at=datetime(2026, 11, 30, 8, 6, tzinfo=UTC)), (8, 6)),
]


@pytest.mark.parametrize("progress, ready", named(READY))
def test_results_are_promised_by_the_moment_of_the_count(progress: Progress, ready: tuple[int, int]) -> None:
    """Not by the close: the last forms may come in for fifteen minutes."""
    assert ready_by([progress]) == datetime(2026, 11, 30, *ready, tzinfo=UTC)
    days = results_on(both(progress, None), lambda moment: moment.date())
    assert days == {Lens.CX: NEXT}


def test_results_are_not_promised_before_the_four_weeks_are_over() -> None:
    """An open question that was counted lately is counted when they are."""
    assert ready_by([replace(opened("C1", 3), counts_from=date(2026, 12, 17))]) == datetime(
        2026, 12, 17, 0, 1, tzinfo=UTC
    )


def test_what_may_wait_is_not_promised() -> None:
    """While too few have answered a question that has closed, no edition is named."""
    assert results_on(both(waits(Stage.COUNTING, at=None), None), lambda _: NEXT) == {}
