"""Why a product is not renamed, merged or removed: one sentence or two each, as mrkdwn."""

from collections.abc import Sequence

from jobs.messages.wording.escaping import safe, typed_name
from jobs.messages.wording.voice import MRKDWN, count, listed
from storage.records import Uses

NOTHING = "Nothing was changed."


def no_product(name: str, near: Sequence[str]) -> str:
    """Nobody has told this person of a product of that name."""
    known = [MRKDWN.bold(safe(each)) for each in near]
    either = " or ".join(filter(None, (", ".join(known[:-1]), *known[-1:])))
    meant = (
        f"Did you mean {either}?" if near else f"{MRKDWN.code('/pulse products')} lists those that you know."
    )
    return f"There is no product {MRKDWN.bold(safe(name))} here. {meant} {NOTHING}"


def not_a_lead(name: str, *, owned: bool) -> str:
    """Others lead it, or nobody does."""
    if not owned:
        return f"Nobody leads {safe(name)} yet, so only a workspace admin can change it. {NOTHING}"
    who = f"somebody who leads all schedules and digests of {safe(name)}, or a workspace admin,"
    return f"Only {who} can change it. {NOTHING}"


def has_that_name(name: str) -> str:
    """The new name is the old one."""
    return f"It is called {safe(name)} already. {NOTHING}"


def is_so(name: str, *, whole: bool) -> str:
    """The mark is as it is wanted."""
    stands = "stands for the whole organisation already" if whole else "does not stand for the organisation"
    return f"{safe(name)} {stands}. {NOTHING}"


def other_whole(name: str | None) -> str:
    """Another product stands for the whole; None for one of which this person may not know."""
    if name is None:
        return f"Another product stands for the whole organisation; ask a workspace admin. {NOTHING}"
    back = MRKDWN.code(f"/pulse products part {typed_name(name)}")
    return f"{safe(name)} stands for the whole organisation, and one product can. First: {back}. {NOTHING}"


def whole_stays(name: str, into: str) -> str:
    """What stands for the whole organisation is not merged away."""
    back = MRKDWN.code(f"/pulse products part {typed_name(name)}")
    other = MRKDWN.code(f"/pulse products merge {typed_name(into)} into {typed_name(name)}")
    stands = f"{safe(name)} stands for the whole organisation, so it does not become part of another product."
    return f"{stands} First: {back}; or the other way round: {other}. {NOTHING}"


def one_already(name: str) -> str:
    """Both names are those of one product."""
    return f"Both names are those of {safe(name)}. Name two products. {NOTHING}"


def name_not_free(name: str) -> str:
    """The name cannot be had, for a reason that this person may not know."""
    return (
        f"{safe(name)} cannot be used as a name here. Choose another one, or ask a workspace admin. {NOTHING}"
    )


def changed_meanwhile(name: str) -> str:
    """It is another one than it was shown as."""
    again = MRKDWN.code("/pulse products")
    return f"{safe(name)} was changed meanwhile. {again} shows how it is now. Nothing more was changed."


def not_removable(name: str, uses: Uses) -> str:
    """What stands in the way, and the nearest right thing."""
    rest = uses.pulses - uses.schedules
    parts = [
        (uses.rounds, "score", None),
        (uses.open_waves, "open question", None),
        (uses.waiting, "question whose answers wait", "questions whose answers wait"),
        (uses.schedules, "schedule", None),
        (uses.digests, "digest", None),
        (uses.editions if not uses.digests else 0, "posted digest", None),
        (uses.saved, "saved message", None),
    ]
    found = [count(number, noun, nouns) for number, noun, nouns in parts if number]
    there = listed(found or [count(rest, "question that was asked", "questions that were asked")])
    runs = uses.schedules or uses.digests
    end = f"end what runs ({MRKDWN.code('/pulse list')} shows it) and " if runs else ""
    merge = f"You can {end}merge it into another product, which {MRKDWN.code('/pulse products')} lists."
    is_there = f"there {'is' if there.startswith('1 ') else 'are'} {there}"
    return f"{safe(name)} cannot be removed: {is_there}. {merge} {NOTHING}"
