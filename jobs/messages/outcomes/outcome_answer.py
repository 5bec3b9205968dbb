"""What is said of figures from elsewhere: saved, removed, their list, and their history in a trend."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jobs.messages.layout import ids
from jobs.messages.layout.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    message,
    named_buttons,
    option,
    section,
)
from jobs.messages.report.small_print import outcome, outcome_value
from jobs.messages.wording.escaping import safe, typed_name
from jobs.messages.wording.voice import MINUS, MRKDWN, Voice, capital, in_both_voices, spoken
from storage.records import Lens, Outcome, OutcomeFigure

_SIDES = {Lens.CX: "customers", Lens.UX: "users"}
_PLAIN = frozenset({"retention", "churn", "conversion", "bounce"})
_NEVER_MIXED = "They stand beside the two sides and change no score, word or title."


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of a figure that was entered.

    `is_same` says that it was kept so before, `before` what it was instead. `beside` says that it is among
    the newest that a digest has room for, `digest_on` when the next one shows it, None where none is planned.
    """

    outcome: Outcome
    product: str
    is_same: bool
    before: OutcomeFigure | None
    beside: bool
    digest_on: date | None


def saved(done: Saved, *, today: date) -> Message:
    """What was saved, where it stands from when on, and the buttons that remove and change it."""
    row = [
        button("Remove it", f"{ids.RUN}/1", value=f"outcome remove {done.outcome.id}"),
        button("Change", f"{ids.RUN}/2", value=f"outcome change {done.outcome.id}"),
    ]
    aloud, shown = in_both_voices(lambda voice: f"{_head(voice, done, today)} {_stands(voice, done)}")
    return message(
        f"{spoken(aloud)} {named_buttons(row)}",
        section(shown),
        actions(f"outcome/{done.outcome.id}", *row),
    )


def _head(voice: Voice, done: Saved, today: date) -> str:
    said = _what(done.outcome.figure, today)
    if done.is_same:
        return voice.bold(f"It was entered before: {said}.")
    if done.before:
        return voice.bold(f"Corrected: {said}, {outcome_value(done.before)} before.")
    return voice.bold(f"Saved: {said}.")


def _what(figure: OutcomeFigure, today: date) -> str:
    """The figure with its day, without where it is from."""
    return outcome(OutcomeFigure(
        metric=figure.metric, value=figure.value, unit=figure.unit, lens=figure.lens, day=figure.day,
        whole_month=figure.whole_month, currency=figure.currency,
    ), today)  # fmt: skip


def _stands(voice: Voice, done: Saved) -> str:
    product, trend = safe(done.product), voice.code(f"/pulse trend about {typed_name(done.product)}")
    name = "the name of whoever entered it" if done.is_same else "your name"
    if not done.beside:
        return f"It stands in {trend}, with {name}. A digest shows the newest of each kind, at most five."
    if done.digest_on is None:
        contrast = voice.code(f"/pulse contrast about {typed_name(done.product)}")
        return f"It stands in {contrast}, with {name}. No digest about {product} is planned."
    day = voice.day(done.digest_on, weekday=True)
    return f"It stands in the digest about {product} from {day} on, with {name}."


def removed(figure: OutcomeFigure, product: str, *, today: date) -> Message:
    """What was removed, and the command that puts it back; posted digests stay as they are."""
    aloud, shown = in_both_voices(
        lambda voice: (
            f"{voice.bold(f'Removed: {_what(figure, today)}.')} Digests that have shown it stay as they are. "
            f"To put it back: {voice.code(typed_outcome(figure, product))}"
        )
    )
    return message(spoken(aloud), section(shown))


def typed_outcome(figure: OutcomeFigure, product: str) -> str:
    """The command that enters a figure."""
    value = outcome_value(figure).replace(MINUS, "-").replace(",", "")
    metric = figure.metric if figure.metric in _PLAIN else f'"{figure.metric}"'  # "list" is a command too
    parts = [
        f"/pulse outcome {metric} {value}",
        f"in {figure.day:%Y-%m}" if figure.whole_month else f"on {figure.day.isoformat()}",
        f"for {_SIDES[figure.lens]}",
        f"from {typed_name(figure.source)}" if figure.source else "",
        f"about {typed_name(product)}",
    ]
    return " ".join(filter(None, parts))


def outcome_list(
    outcomes: Sequence[Outcome],
    product: str,
    *,
    pages: tuple[int, int],
    total: int,
    may_change: bool,
    today: date,
) -> Message:
    """A page of figures, newest first, with a menu for leads; `pages` is this one and the last one."""
    add = [button("Add a figure", f"{ids.RUN}/0", value=f"outcome about {typed_name(product)}")]
    page, last = pages
    turn = [
        button(label, f"{ids.RUN}/{place}", value=f"outcome list {to} about {typed_name(product)}")
        for place, label, to in ((1, "Newer", page - 1), (2, "Older", page + 1))
        if 1 <= to <= last
    ]
    row = [*turn, *(add if may_change else [])]
    if not outcomes:
        none = f"No figure from elsewhere, such as retention, was entered about {safe(product)}."
        return message(
            f"{none} {named_buttons(row)}".strip(),
            section(none),
            *([actions("outcome/list", *row)] if row else []),
        )
    title = f"Figures from elsewhere, {safe(product)}: {total:,}"
    said = [f"{capital(outcome(each.figure, today))}; {_SIDES[each.figure.lens]}" for each in outcomes]
    menus = ["menu"] if may_change else []
    named = ", ".join([*menus, *(each["text"]["text"] for each in row)])
    buttons = f"Button{'s' if len(menus) + len(row) > 1 else ''}: {named}." if named else ""
    return message(
        " ".join(filter(None, [f"{title}.", *(f"{each}." for each in said), _NEVER_MIXED, buttons])),
        section(MRKDWN.bold(title)),
        *(
            _row(place, text, each, may_change=may_change)
            for place, (text, each) in enumerate(zip(said, outcomes, strict=True), 1)
        ),
        context(_NEVER_MIXED),
        *([actions("outcome/list", *row)] if row else []),
    )


def _row(place: int, text: str, kept: Outcome, *, may_change: bool) -> Block:
    if not may_change:
        return section(text)
    choices = [
        option("Change it", f"outcome change {kept.id}"),
        option("Remove it", f"outcome remove {kept.id}"),
    ]
    menu: Block = {"type": "overflow", "action_id": ids.ROW_MENU, "options": choices}
    return section(text, accessory=menu) | {"block_id": f"row/{place}"}
