"""What is typed after `/pulse outcome`: any order, dates as people write them, one sentence for the rest."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from handlers.syntax import CommandSyntaxError
from handlers.syntax.outcomes import OutcomeVerb, read_outcome
from jobs.messages.outcomes.outcome_answer import typed_outcome
from storage.records import Lens, OutcomeFigure, Unit

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
CHURN: dict[str, Any] = {
    "metric": "churn",
    "value": "2.1",
    "unit": Unit.PERCENT,
    "lens": Lens.CX,
    "day": date(2026, 10, 31),
}
STRIPE = CHURN | {"source": "Stripe"}
MONTH = CHURN | {"whole_month": True}
RATING = CHURN | {"metric": "app rating", "value": "4.4", "unit": Unit.NUMBER, "lens": Lens.UX}
OWN = CHURN | {"metric": "trial starts", "value": "340", "unit": Unit.NUMBER}
TYPED = {
    "churn 2.1% on 2026-10-31 for customers from Stripe": STRIPE,
    "churn 2.1% from Stripe on 31 Oct": STRIPE,
    "Churn rate 2,1 % on 31.10.2026, from “Stripe”": STRIPE,
    "add churn 2.1% 31 oct": CHURN,
    "2.1% churn on oct 31": CHURN,
    "churn 2.1 percent in october": MONTH,
    "churn 2.1% last month": MONTH,
    "churn 2.1% from oct": MONTH,
    "churn 2.1% for 2026-10": MONTH,
    "churn 2.1% oct 2025": MONTH | {"day": date(2025, 10, 31)},
    "churn 2.1% in dec": MONTH | {"day": date(2025, 12, 31)},
    "churn 2.1% this month": MONTH | {"day": date(2026, 11, 30)},
    "churn 2.1% yesterday": CHURN | {"day": date(2026, 11, 15)},
    "churn 2.1% on friday": CHURN | {"day": date(2026, 11, 13)},
    "app rating 4.4 on 2026-10-31": RATING,
    "rating 4.4 out of 5 on 2026-10-31": RATING,
    "trial starts 340 on 2026-10-31 for customers": OWN,
    '"trial starts" 340 on 2026-10-31 for users': OWN | {"lens": Lens.UX},
    "7 day retention 40% on 2026-10-31 for users": OWN
    | {"metric": "7 day retention", "value": "40", "unit": Unit.PERCENT, "lens": Lens.UX},
    "ltv €1,200 on 2026-10-31": CHURN
    | {"metric": "lifetime value", "value": "1200", "unit": Unit.MONEY, "currency": "€"},
    "list size 40 on 2026-10-31 for users": OWN | {"metric": "list size", "value": "40", "lens": Lens.UX},
}


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("about", ["", " about Atlas"])
def test_a_figure_is_read_however_it_is_typed(typed: str, about: str) -> None:
    """Its parts may come in any order, and a date without a year is the last such."""
    read = read_outcome(typed + about, now=NOW, zone="UTC")
    assert (read.verb, read.product) == (OutcomeVerb.ENTER, "Atlas" if about else None)
    assert read.figure == OutcomeFigure(**TYPED[typed])


@pytest.mark.parametrize("typed", TYPED)
def test_a_removed_figure_can_be_put_back_as_it_is_said(typed: str) -> None:
    """The command that an answer says is read into the same figure."""
    figure = OutcomeFigure(**TYPED[typed] | {"source": "Q3 report in Drive"})
    again = read_outcome(
        typed_outcome(figure, "My Atlas").removeprefix("/pulse outcome "), now=NOW, zone="UTC"
    )
    assert (again.figure, again.product) == (figure, "My Atlas")


@pytest.mark.parametrize("metric", ["list", "new", "all", "remove", "edit", "May", "from", "today", "MRR"])
def test_a_figure_with_the_name_of_a_command_is_put_back(metric: str) -> None:
    """Its name stands in quotes there, so it is no word of the command."""
    figure = OutcomeFigure(**CHURN | {"metric": metric})
    said = typed_outcome(figure, "Atlas").removeprefix("/pulse outcome ")
    assert read_outcome(said, now=NOW, zone="UTC").figure == figure


REFUSED = {
    "churn 2.1 in october": ("Churn is a share: say it with %.", "/pulse outcome churn 2.1% in 2026-10"),
    "churn 2.1%": ("Say of which day or month it is.", "/pulse outcome churn 2.1% in 2026-10"),
    "churn": ("Say the value too, such as 94% or 4.4.", "/pulse outcome churn 2.1% in 2026-10"),
    "churn 2.1% on 2027-01-01": (
        "2027-01-01 has not come yet.",
        "/pulse outcome churn 2.1% on 2026-11-16",
    ),
    "churn 2% tomorrow": ("2026-11-17 has not come yet.", "/pulse outcome churn 2% on 2026-11-16"),
    "churn 2% soon": ('"soon" is not a date.', "/pulse outcome churn 2% in 2026-10"),
    "churn 2.1% on 99": ('"99" is not a date.', "/pulse outcome churn 2.1% in 2026-10"),
    "trials 340 in october about Atlas": (
        "Say whether it is a figure of customers or of users.",
        "/pulse outcome trials 340 in 2026-10 for customers about Atlas",
    ),
    "nps 40 in october": (
        "NPS is asked by Bifocal and never entered by hand. Give your figure another name.",
        "/pulse outcome churn 2.1% in 2026-10",
    ),
    "app rating 8 in october": (
        "An app rating is a number from 1 to 5.",
        '/pulse outcome "app rating" 4.4 in 2026-10',
    ),
    "remove churn": ("Choose the figure that you want to remove in the list.", "/pulse outcome list"),
    "list first": ('"first" is not a page.', "/pulse outcome list"),
}


@pytest.mark.parametrize("typed", REFUSED)
def test_what_is_not_understood_gets_one_sentence_and_the_nearest_form(typed: str) -> None:
    """It keeps what was right."""
    with pytest.raises(CommandSyntaxError) as refused:
        read_outcome(typed, now=NOW, zone="UTC")
    assert (refused.value.problem, refused.value.form) == REFUSED[typed]


@pytest.mark.parametrize("typed", [each for each in REFUSED if not each.startswith(("remove", "list"))])
def test_the_nearest_form_is_read(typed: str) -> None:
    """Whoever types what is offered enters a figure."""
    offered = REFUSED[typed][1].removeprefix("/pulse outcome ")
    assert read_outcome(offered, now=NOW, zone="UTC").verb is OutcomeVerb.ENTER


def test_other_verbs() -> None:
    """Nothing opens the form, and a list has pages; a row is named by its id, as only its menu does."""
    verbs = {
        "": (OutcomeVerb.FORM, None, "", 1),
        "about Atlas": (OutcomeVerb.FORM, "Atlas", "", 1),
        "add": (OutcomeVerb.FORM, None, "", 1),
        "list": (OutcomeVerb.LIST, None, "", 1),
        "list 2 about Atlas": (OutcomeVerb.LIST, "Atlas", "", 2),
        "change 0123456789abcdef": (OutcomeVerb.CHANGE, None, "0123456789abcdef", 1),
        "remove 0123456789abcdef": (OutcomeVerb.REMOVE, None, "0123456789abcdef", 1),
    }
    for typed, wanted in verbs.items():
        read = read_outcome(typed, now=NOW, zone="UTC")
        assert (read.verb, read.product, read.id, read.page) == wanted


def test_today_is_that_of_the_one_who_types() -> None:
    """In Auckland it is tomorrow already."""
    assert read_outcome("churn 2% today", now=NOW.replace(hour=23), zone="Pacific/Auckland").figure
    with pytest.raises(CommandSyntaxError, match="2026-11-17 has not come yet"):
        read_outcome("churn 2% on 2026-11-17", now=NOW.replace(hour=23), zone="UTC")
    read = read_outcome("churn 2% on 2026-11-17", now=NOW.replace(hour=23), zone="Pacific/Auckland")
    assert read.figure is not None
    assert read.figure.day == date(2026, 11, 17)
