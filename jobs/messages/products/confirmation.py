"""What a change of a product would do, before a button; and what it has done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jobs.messages.layout.blocks import Block, Message, actions, button, message, named_buttons, section
from jobs.messages.layout.product_ids import BLOCK, KEEP, ProductOrder, write_order
from jobs.messages.layout.sentence import sentence
from jobs.messages.wording.escaping import one_line, safe, typed_name
from jobs.messages.wording.voice import MRKDWN, Voice, count, in_both_voices, listed
from storage.records import Uses

LONGEST_LABEL = 30
NOTHING = "Nothing was changed."


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductPlan:
    """A change as it would be: what there is of the product, which schedules pause, where a digest ends.

    `paused` has the numbers of schedules that ask what another one asks in their channel. `ending` has the
    channels in which both products have a digest, each with the name of the product whose digest ends.
    `offered` says that a new name was asked for which the other product has.
    """

    order: ProductOrder
    uses: Uses
    paused: tuple[int, ...] = ()
    ending: tuple[tuple[str, str], ...] = ()
    offered: bool = False


def confirm_change(plan: ProductPlan) -> Message:
    """What exactly would happen, with the button that does it; nothing is changed yet."""
    order = plan.order
    label = {
        "rename": f"Rename to {one_line(order.other)}",
        "merge": f"Merge into {one_line(order.other)}",
        "remove": f"Remove {one_line(order.name)}",
        "whole": "It is the whole",
        "part": "It is one product",
    }[order.verb]
    if len(label) > LONGEST_LABEL:
        label = {"rename": "Rename it", "merge": "Merge them"}.get(order.verb, "Remove it")
    row = [
        button(label, f"product/{order.verb}", value=write_order(order)),
        button("Cancel", KEEP),
    ]
    return _with_buttons(lambda voice: f"{_would(plan, voice)} Nothing was changed yet.", row)


def changed(plan: ProductPlan) -> Message:
    """What was done."""
    old, new = safe(plan.order.name), safe(plan.order.other)
    if plan.order.verb == "rename":
        return sentence(f"{MRKDWN.bold(old)} is called {MRKDWN.bold(new)} from now on.")
    if plan.order.verb == "remove":
        return sentence(f"{MRKDWN.bold(old)} is removed.")
    if plan.order.verb == "part":
        return sentence(f"{MRKDWN.bold(old)} is one product among others from now on.")
    if plan.order.verb == "whole":
        return sentence(
            f"{MRKDWN.bold(old)} stands for the whole organisation from now on.{_no_digest(plan, MRKDWN)}"
        )
    part = f"{MRKDWN.bold(old)} is part of {MRKDWN.bold(new)} from now on."
    return sentence(" ".join([part, *_pauses(plan, MRKDWN, now=True), *_endings(plan, now=True)]))


def kept() -> Message:
    """Whoever asked has thought better of it."""
    return sentence(NOTHING)


def _would(plan: ProductPlan, voice: Voice) -> str:
    old, new = voice.bold(safe(plan.order.name)), voice.bold(safe(plan.order.other))
    if plan.order.verb == "remove":
        return f"{old} would be removed: nothing was asked or posted about it."
    if plan.order.verb == "part":
        return f"{old} would be one product among others: its digests would show its own users alone."
    if plan.order.verb == "whole":
        beside = "the users of every product that is asked about in the channels that they read"
        own = "Each keeps its own digest and its own scores; nothing is added up."
        return (
            f"{old} would stand for the whole organisation: its digests would show its customers beside "
            f"{beside}. {own}{_no_digest(plan, voice)}"
        )
    if plan.order.verb == "rename":
        goes = _of(plan.uses)
        on = f" {listed([*goes, 'all scores'])} go on under the new name." if goes else ""
        return f"{old} would be called {new}.{on} What is posted, and what is open, keeps the old name."
    said = [
        f"There is a product {new} already." if plan.offered else "",
        f"{old} would become part of {new}, and its name would go. This cannot be undone.",
        "Scores then show the rounds of both, each as it was counted; nothing is counted again.",
        "Whoever was counted for one of them lately is not counted again for the same question of the other.",
        *_pauses(plan, voice),
        *_endings(plan),
        "What is posted, and what is open, keeps its words.",
    ]
    return " ".join(filter(None, said))


def _no_digest(plan: ProductPlan, voice: Voice) -> str:
    """How a digest is set up, where there is none yet."""
    if plan.uses.digests:
        return ""
    typed = voice.code(f"/pulse digest {typed_name(plan.order.name)}")
    return f" It has no digest yet: {typed} sets one up."


def _of(uses: Uses) -> list[str]:
    parts = [(uses.schedules, "schedule"), (uses.open_waves, "open question"), (uses.digests, "digest")]
    return [count(number, noun) for number, noun in parts if number]


def _pauses(plan: ProductPlan, voice: Voice, *, now: bool = False) -> list[str]:
    if not plan.paused:
        return []
    numbers = listed([str(number) for number in plan.paused])
    are = ("is" if len(plan.paused) == 1 else "are") if now else "would be"
    many = "" if len(plan.paused) == 1 else "s"
    bring = f" To restart it: {voice.code(f'/pulse resume {plan.paused[0]}')}." if now else ""
    return [f"Question{many} {numbers} {are} paused: another one asks the same in that channel.{bring}"]


def _endings(plan: ProductPlan, *, now: bool = False) -> list[str]:
    ends, goes = ("has ended", "goes") if now else ("would end", "would go")
    return [
        f"In <#{channel}> the digest of {safe(name)} {ends}; the older one there {goes} on."
        for channel, name in plan.ending
    ]


def _with_buttons(say: Callable[[Voice], str], row: Sequence[Block]) -> Message:
    aloud, shown = in_both_voices(say)
    return message(f"{aloud} {named_buttons(row)}", section(shown), actions(BLOCK, *row))
