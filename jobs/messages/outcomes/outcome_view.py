"""The form that enters or changes a figure from elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from jobs.messages.layout import outcome_ids as ids
from jobs.messages.layout.blocks import Block, View, input_block, modal, option, section, select, text_input
from jobs.messages.report.small_print import outcome_value
from jobs.messages.wording.escaping import LONGEST_TYPED
from jobs.messages.wording.voice import MINUS, MONTHS, capital
from storage.records import Lens, OutcomeFigure

BESIDE = "It stands beside the two sides in the digest, never mixed into them."
LONGEST_VALUE, LONGEST_OWN, LONGEST_SOURCE = 16, 30, 40
MONTHS_BACK = 13
KINDS = ("retention", "churn", "lifetime value", "conversion", "bounce", "app rating")
_SIDES = {Lens.CX: "Being a customer (CX)", Lens.UX: "Using the product (UX)"}
_EXAMPLES = "A number, with % if it is a share. For example: 94% or 4.4"
_SIDE_HINT = "Needed for a figure of your own. Else: the first three are of customers, the others of users."


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeDraft:
    """What the form is opened with; `figure` is the one that it changes."""

    form: ids.OutcomeForm
    product: str = ""
    figure: OutcomeFigure | None = None


def outcome_view(draft: OutcomeDraft, *, today: date) -> View:
    """The form; `today` is where it is filled in."""
    figure = draft.figure
    kind = (figure.metric if figure.metric in KINDS else ids.ANOTHER) if figure else None
    own = figure.metric if figure and kind == ids.ANOTHER else None
    kinds = [*(option(capital(each), each) for each in KINDS), option("Another one", ids.ANOTHER)]
    sides = [option(words, lens.value) for lens, words in _SIDES.items()]
    value = outcome_value(figure).replace(MINUS, "-") if figure else None
    return modal(
        ids.FORM,
        "Add your own figure",
        [
            section(BESIDE),
            input_block(
                ids.PRODUCT,
                "Which product?",
                text_input(ids.PRODUCT, longest=LONGEST_TYPED, initial=draft.product or None),
            ),
            input_block(ids.KIND, "Which figure?", select(ids.KIND, kinds, chosen=kind)),
            input_block(
                ids.OWN,
                "Its name, if it is another one",
                text_input(ids.OWN, longest=LONGEST_OWN, initial=own),
                optional=True,
            ),
            input_block(
                ids.VALUE,
                "What is it?",
                text_input(ids.VALUE, longest=LONGEST_VALUE, initial=value),
                hint=_EXAMPLES,
            ),
            _of(figure, today),
            input_block(
                ids.SIDE,
                "Which side is it of?",
                select(ids.SIDE, sides, chosen=figure.lens.value if figure else None),
                hint=_SIDE_HINT,
                optional=True,
            ),
            input_block(
                ids.SOURCE,
                "Where is it from?",
                text_input(ids.SOURCE, longest=LONGEST_SOURCE, initial=figure.source if figure else None),
                hint="For example: Stripe. Your name stands beside it.",
                optional=True,
            ),
        ],
        close="Cancel",
        submit="Save",
        metadata=ids.write_form(draft.form),
    )


def _of(figure: OutcomeFigure | None, today: date) -> Block:
    """The months to choose from, and today; of a figure that is changed, its own day first."""
    last_month = (today.replace(day=1) - timedelta(days=1)).isoformat()[:7]
    choices = dict(_days(today))
    chosen = last_month
    if figure:
        chosen = figure.day.isoformat()[: 7 if figure.whole_month else 10]
        words = _month(figure.day) if figure.whole_month else f"{figure.day.day} {_month(figure.day)}"
        choices = {chosen: words, **choices}
    options = [option(words, day) for day, words in choices.items()]
    return input_block(ids.OF, "From when?", select(ids.OF, options, chosen=chosen))


def _days(today: date) -> Iterator[tuple[str, str]]:
    yield today.isoformat(), f"Today, {today.day} {_month(today)}"
    month = today
    for _ in range(MONTHS_BACK):
        yield month.isoformat()[:7], _month(month)
        month = month.replace(day=1) - timedelta(days=1)


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"
