"""Makes a contrast of what is known of both sides. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from jobs.contrast.cuts import choose_quotes, newest_quotable
from jobs.contrast.record import Contrast, Side
from jobs.contrast.side import SideInput, build_side
from jobs.instruments import Band
from storage.records import AskedIn, Lens, People, Period
from storage.records.name_folding import fold

MORE_QUOTES = 3  # in a reply of their own
MOST_USERS = 4
"""User sides of an organisation that one digest has room for."""
_WORDS = (
    (Band.POOR,),
    (Band.POOR, Band.MIXED),
    (Band.MIXED,),
    (Band.MIXED, Band.GOOD),
    (Band.GOOD,),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsersOf:
    """The users of one product of an organisation: what is known of them, and when they were asked."""

    product_id: str
    name: str
    given: SideInput
    askings: tuple[AskedIn, ...] = ()


def contrast(
    product: str,
    period: Period | None,
    *,
    min_group: int,
    cx: SideInput,
    ux: SideInput,
    first: bool,
    askings: Iterable[AskedIn] = (),
    users: Sequence[UsersOf] = (),
    named_last: str = "",
) -> Contrast:
    """The sides of a product; `period` is the one that was asked for, if any.

    `min_group` is the smallest group that was promised. `first` says that there is no earlier edition. By the
    newest of the `askings` it says whether the same people were asked on both sides.

    With `users` the product stands for the whole organisation: they take the place of `ux`. The title gets
    those whose word is farthest from that of the customers; of several that are as far, those of the product
    with the id `named_last`, else the ones who find it hardest to use.
    """
    asked = tuple(askings)
    users = sorted(users, key=lambda each: fold(each.name)) or [UsersOf(product_id="", name="", given=ux)]
    customers = build_side(Lens.CX, cx, min_group=min_group)
    built = [_users(each, min_group, of=len(users)) for each in users]
    beside = {each.product_id: each.askings or asked for each in users}
    built.sort(key=lambda side: apart(customers, side, named_last))
    told, left = built[:MOST_USERS], built[MOST_USERS:]
    found = {_people(customers, side, (*asked, *beside[side.product_id])) for side in told if side.is_shown}
    return Contrast(
        product=product,
        period=period or _days_of([customers, *told]),
        min_group=min_group,
        cx=customers,
        ux=told[0],
        people=_in_common(found),
        first=first,
        asked_for=period is not None,
        beside=tuple(told[1:]),
        left_out=tuple(side.about for side in left),
    )


def with_quotes(
    made: Contrast,
    sides: Mapping[Lens, SideInput],
    *,
    seed: int,
    shown: Mapping[str, bool],
    only: Lens | None,
) -> Contrast:
    """The contrast with what it quotes: one comment above its thread, and more below.

    `sides` are the customers and the users that its title has. Whose side it is is told where nobody was
    asked on both, or everything was asked on the `only` one.
    """
    quotable = newest_quotable(side.comments for side in sides.values())
    quotes = choose_quotes(quotable, seed=seed, shown=shown, more=MORE_QUOTES)
    told = made.people is People.DIFFERENT or only is not None
    lens_of = {each.id: lens for lens, side in sides.items() for each in side.comments.quotable}
    return replace(
        made,
        quote=quotes[0] if quotes else None,
        more_quotes=quotes[1:],
        quoted_below=len(quotes[1:]),
        quoted_sides=tuple(lens_of[quote.comment_id] for quote in quotes if told),
    )


def _users(of_product: UsersOf, min_group: int, *, of: int) -> Side:
    side = build_side(Lens.UX, of_product.given, min_group=min_group, of=of)
    return replace(side, about=of_product.name, product_id=of_product.product_id)


def apart(customers: Side, users: Side, named_last: str) -> tuple[int, ...]:
    """What user sides are put in order by: the one that differs most first, one without a word last."""
    ours, theirs = _place(customers), _place(users)
    if theirs is None:
        return 1, not users.is_shown, users.instrument is None
    gap = 0 if ours is None else abs(ours - theirs)
    return 0, -gap, users.product_id != named_last, theirs


def _place(side: Side) -> int | None:
    """Where the side's word stands between poor and good; None without one, and where all are possible."""
    if side.score is None or side.score.lean is not None or side.bands not in _WORDS:
        return None
    return _WORDS.index(side.bands)


def _days_of(sides: list[Side]) -> Period | None:
    """From the first to the last day on which what is shown was asked; of what is new, if anything is."""
    new = [side for side in sides if side.score and side.counted_since_last]
    scores = [side.score for side in new or sides]
    shown = [score for score in scores if score and score.first_day and score.last_day]
    if not shown:
        return None
    first = min(score.first_day for score in shown if score.first_day)
    last = max(score.last_day for score in shown if score.last_day)
    return Period(
        datetime.combine(first, time(), UTC), datetime.combine(last + timedelta(days=1), time(), UTC)
    )


def _in_common(found: Collection[People | None]) -> People | None:
    """How the people of several pairs go together, of one or of many; None where that is not known."""
    if len(found) == 1:
        return next(iter(found))
    return People.SOME if set(found) - {None, People.DIFFERENT} else None


def _people(cx: Side, ux: Side, askings: Iterable[AskedIn]) -> People | None:
    """Whether the same people were asked on both sides; None where it is not known, or nothing is shown."""
    if not (cx.is_shown and ux.is_shown):
        return None
    if set(cx.channels) == set(ux.channels):
        return People.SAME
    newest: dict[tuple[Lens, str], AskedIn] = {}
    for asking in askings:
        key = asking.lens, asking.channel_id
        if key not in newest or newest[key].opened_at < asking.opened_at:
            newest[key] = asking
    return _in_common(
        {
            _people_of(newest.get((Lens.CX, one)), newest.get((Lens.UX, other)))
            for one in cx.channels
            for other in ux.channels
        }
    )


def _people_of(cx: AskedIn | None, ux: AskedIn | None) -> People | None:
    """How the people of two askings went together, as far as it was known at the later one."""
    if cx is None or ux is None:
        return None
    if cx.channel_id == ux.channel_id:
        return People.SAME
    earlier, later = sorted((cx, ux), key=lambda asking: asking.opened_at)
    before, now = earlier.people.get(later.channel_id), later.people.get(earlier.channel_id)
    return People.SOME if now and before and before is not now else now
