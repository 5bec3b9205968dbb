"""What a figure from elsewhere may be: numbers as people write them, names, sides, days."""

from datetime import date
from typing import Any

import pytest

from jobs.outcomes.outcome_figure import (
    InvalidOutcome,
    Value,
    make_figure,
    read_iso_day,
    read_side,
    read_value,
)
from storage.records import Lens, OutcomeFigure, Unit

TODAY = date(2026, 11, 16)
VALUES = {
    "94%": Value("94", Unit.PERCENT),
    "2,1 %": Value("2.1", Unit.PERCENT),
    "2.1 percent": Value("2.1", Unit.PERCENT),
    "2.1pct": Value("2.1", Unit.PERCENT),
    "4.4": Value("4.4", Unit.NUMBER),
    "4.4 stars": Value("4.4", Unit.STARS),
    "4.4/5": Value("4.4", Unit.STARS),
    "4.4 out of 5": Value("4.4", Unit.STARS),
    "63 points": Value("63", Unit.POINTS),
    "63 pts": Value("63", Unit.POINTS),
    "€1,200": Value("1200", Unit.MONEY, "€"),
    "1,200.50 EUR": Value("1200.50", Unit.MONEY, "EUR"),
    "1.200,50 eur": Value("1200.50", Unit.MONEY, "EUR"),
    "usd 1200": Value("1200", Unit.MONEY, "USD"),
    "1,200,000": Value("1200000", Unit.NUMBER),
    "0.125": Value("0.125", Unit.NUMBER),
    "−3": Value("-3", Unit.NUMBER),
    "-0": Value("0", Unit.NUMBER),
    "007": Value("7", Unit.NUMBER),
}


@pytest.mark.parametrize("typed", VALUES)
def test_numbers_are_read_as_people_write_them(typed: str) -> None:
    """With a point or a comma, separators of thousands, a unit or a currency."""
    assert read_value(typed) == VALUES[typed]


@pytest.mark.parametrize(
    "typed", ["", "much", "94%%", "1e9", "nan", "€5 EUR", "٣", "5 5", "<!channel>", "4.4/7"]
)
def test_what_is_no_number_is_none(typed: str) -> None:
    """Nothing is guessed."""
    assert read_value(typed) is None


GIVEN: dict[str, Any] = {"metric": "churn", "value": "2.1%", "day": date(2026, 10, 31), "today": TODAY}
REFUSED: dict[str, dict[str, Any]] = {
    "value: Churn is a share: say it with %.": {"value": "2.1"},
    "value: Churn is between 0% and 100%.": {"value": "101%"},
    'value: "much" is not a number, such as 94% or 4.4.': {"value": "much"},
    'value: "1.200" may be 1200 or 1.2.': {"metric": "sales", "value": "1.200"},
    "value: A number has at most 12 digits, and 4 behind the point.": {"value": "1234567890123"},
    "value: Lifetime value is money: say the currency.": {"metric": "LTV", "value": "1200"},
    "value: Lifetime value is not below 0.": {"metric": "LTV", "value": "-1 EUR"},
    "value: An app rating is a number from 1 to 5.": {"metric": "app rating", "value": "8"},
    "side: Say whether it is a figure of customers or of users.": {"metric": "trials"},
    "metric: Say which figure it is, such as retention.": {"metric": " "},
    "metric: The name of the figure has at most 30 characters; this one has 31.": {"metric": "a" * 31},
    "metric: Leave out the * in the name of the figure.": {"metric": "*sales*"},
    "metric: Leave out the = at the beginning of the name of the figure.": {"metric": "=1+1"},
    "metric: NPS is asked by Bifocal and never entered by hand. Give your figure another name.": {
        "metric": "nps"
    },
    "source: The source has at most 40 characters; this one has 41.": {"source": "a" * 41},
    "date: 2026-11-17 has not come yet.": {"day": date(2026, 11, 17)},
    "date: 2026-12-01 has not come yet.": {"day": date(2026, 12, 31), "whole_month": True},
    "date: 1999-12-31 is too long ago: figures go back to 2000.": {"day": date(1999, 12, 31)},
}


@pytest.mark.parametrize("said", REFUSED)
def test_what_cannot_be_is_refused_in_one_sentence(said: str) -> None:
    """It says which part is wrong and why."""
    with pytest.raises(InvalidOutcome) as refused:
        make_figure(**GIVEN | REFUSED[said])
    assert f"{refused.value.part}: {refused.value}" == said


def test_a_figure_has_the_side_of_its_kind_unless_one_is_named() -> None:
    """Churn is of customers, an app's rating of users; this month may be said before it is over."""
    month = make_figure(**GIVEN | {"day": date(2026, 11, 30), "whole_month": True, "source": " Stripe "})
    assert month == OutcomeFigure(
        metric="churn",
        value="2.1",
        unit=Unit.PERCENT,
        lens=Lens.CX,
        day=date(2026, 11, 30),
        whole_month=True,
        source="Stripe",
    )
    rating = make_figure(**GIVEN | {"metric": "Rating", "value": "4.4/5"})
    assert (rating.metric, rating.unit, rating.lens) == ("app rating", Unit.NUMBER, Lens.UX)
    assert make_figure(**GIVEN | {"lens": Lens.UX}).lens is Lens.UX
    assert make_figure(**GIVEN | {"metric": "Trial starts", "lens": Lens.UX}).metric == "Trial starts"


def test_days_and_sides_of_forms_and_files() -> None:
    """A month is its last day and says that it is a month; other words are refused."""
    assert read_iso_day("2026-10-31") == (date(2026, 10, 31), False)
    assert read_iso_day(" 2026-02 ") == (date(2026, 2, 28), True)
    assert [read_side(side) for side in ("Customers", "ux", "")] == [Lens.CX, Lens.UX, None]
    for wrong in ("2026-02-30", "2026-13", "31.10.2026", "", "today"):
        with pytest.raises(InvalidOutcome):
            read_iso_day(wrong)
    with pytest.raises(InvalidOutcome, match='"both" is no side: say customers or users'):
        read_side("both")
