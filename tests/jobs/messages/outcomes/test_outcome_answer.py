"""What is said of figures from elsewhere, and their form, word for word as the screens have it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from jobs.messages.layout.outcome_ids import OutcomeForm, read_form, write_form
from jobs.messages.outcomes.outcome_answer import outcome_list
from jobs.messages.outcomes.outcome_view import OutcomeDraft, outcome_view
from jobs.messages.report.small_print import MOST_OUTCOMES, ROOM_FOR_OUTCOMES, by_hand, outcome_value
from jobs.outcomes.change_outcomes import PER_PAGE
from storage.records import Lens, Outcome, OutcomeFigure, Unit
from tests.digest_states import SAME
from tests.jobs.messages.checking import check

TODAY = date(2026, 11, 23)
RETENTION = OutcomeFigure(
    metric="retention",
    value="94",
    unit=Unit.PERCENT,
    lens=Lens.CX,
    day=date(2026, 10, 31),
    whole_month=True,
    name="Priya Nair",
)
RATING = OutcomeFigure(
    metric="app rating",
    value="4.4",
    unit=Unit.NUMBER,
    lens=Lens.UX,
    day=date(2026, 11, 20),
    name="Sam Okoro",
)
VALUES = {
    "94%": ("94", Unit.PERCENT, ""),
    "€1,200": ("1200", Unit.MONEY, "€"),
    "1,200.50 EUR": ("1200.50", Unit.MONEY, "EUR"),
    "−€5": ("-5", Unit.MONEY, "€"),
    "4.4 stars": ("4.4", Unit.STARS, ""),
    "1,200 points": ("1200", Unit.POINTS, ""),
}


@pytest.mark.parametrize("shown", VALUES)
def test_values_are_shown_with_their_unit(shown: str) -> None:
    """A share, money, stars, points."""
    value, unit, currency = VALUES[shown]
    assert outcome_value(replace(RETENTION, value=value, unit=unit, currency=currency)) == shown


def test_the_line_of_a_digest_is_that_of_the_screens() -> None:
    """With day and source; what is from a file says so, an old one its year, and of many the newest stand."""
    told = replace(SAME, outcomes=(RETENTION, RATING), outcomes_on=TODAY)
    screen = "Entered by hand: retention 94% (Oct), from Priya Nair · app rating 4.4 (20 Nov), from Sam Okoro"
    assert by_hand(told) == [screen]
    from_file = replace(RETENTION, name="", source="Stripe", day=date(2025, 10, 31))
    assert by_hand(replace(told, outcomes=(from_file,))) == [
        "From a file: retention 94% (Oct 2025), from Stripe"
    ]
    many = tuple(replace(RATING, metric=f"figure {day}", day=date(2026, 11, day)) for day in range(1, 9))
    lines = by_hand(replace(told, outcomes=many))
    assert lines[0].count(" · ") == MOST_OUTCOMES - 1
    assert "figure 8" in lines[0]
    assert lines[1] == "3 more: `/pulse outcome list`"
    assert by_hand(SAME) == []


def test_the_form_and_a_full_list_are_taken_by_slack() -> None:
    """Also with the longest words that can be entered."""
    longest = replace(RETENTION, metric="&" * 30, source="<" * 40, name=">" * 40, value="-123456789012.1234")
    form = OutcomeForm(channel_id="C0ATLAS", outcome_id="0123456789abcdef")
    assert read_form(write_form(form)) == form
    for figure in (None, RETENTION, RATING, longest):
        view = outcome_view(OutcomeDraft(form=form, product="Atlas", figure=figure), today=TODAY)
        check(view)
    labels = [block["label"]["text"] for block in view["blocks"] if block["type"] == "input"]
    assert [*labels[:2], *labels[3:5]] == [
        "Which product?",
        "Which figure?",
        "What is it?",
        "From when?",
    ]
    kept = Outcome(
        team_id="T1",
        id="0123456789abcdef",
        product_id="p1",
        figure=longest,
        entered_by="U0LEAD",
        entered_at=datetime(2026, 11, 23, tzinfo=UTC),
    )
    check(outcome_list([kept] * PER_PAGE, "Atlas", pages=(2, 3), total=30, may_change=True, today=TODAY))
    others = tuple(replace(longest, metric=f"{'&' * 28}{number}") for number in range(5))
    lines = by_hand(replace(SAME, outcomes=others, outcomes_on=TODAY))
    assert len(lines[0]) <= ROOM_FOR_OUTCOMES + 20
    assert lines[-1] == "4 more: `/pulse outcome list`"
