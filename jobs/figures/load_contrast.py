"""Loads what a contrast is made of, and makes it: both sides of a product."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from secrets import randbelow
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from jobs.cadence import still_to_come
from jobs.contrast import Contrast, OtherScore, SideComments, SideInput, contrast, side_comments
from jobs.contrast.cuts import choose_quotes, newest_quotable
from jobs.contrast.side import speaking
from jobs.figures.gather_rounds import AskedRounds, Topic, counted_since, load_asked_rounds, side_input
from jobs.instruments import INSTRUMENTS
from jobs.permissions.requester import Requester
from jobs.permissions.scope import Subject, WhichProduct, sources_of, subjects
from jobs.privacy.look import CountSettings
from jobs.scoring import score_of
from jobs.scoring.chosen_rounds import newest_rounds
from jobs.slack.directory import Directory
from storage.records import AskedIn, Digest, Edition, Lens, People, Period, Product, Touchpoint
from storage.store import Store

HALF_A_YEAR = timedelta(weeks=26)  # whose blocks say what is most written about, and whose batches are quoted
MORE_QUOTES = 3  # in a reply of their own
WINDOW = timedelta(weeks=6)  # a period that nobody has named


@dataclass(frozen=True, slots=True, kw_only=True)
class ContrastResult:
    """A contrast and what it was made from.

    `metrics` says which instrument spoke for each side, `asked` what was asked in the channels, `blocks` the
    ids of the blocks of comments that were cut.
    """

    contrast: Contrast
    metrics: Mapping[Lens, str | None]
    asked: AskedRounds
    blocks: tuple[str, ...] = ()


async def load_contrast(
    store: Store,
    client: AsyncWebClient,
    *,
    team_id: str,
    product: Product,
    channels: tuple[str, ...],
    lost: Collection[str] = (),
    shown: Collection[str] = (),
    period: Period | None = None,
    min_group: int,
    counting: CountSettings,
    now: datetime,
    metrics: Mapping[Lens, str | None] | None = None,
    last: Edition | None = None,
    newest: Edition | None = None,
    quoted: Mapping[str, bool] | None = None,
) -> ContrastResult:
    """The contrast of a product, as these channels see it: of its newest rounds, or of those of a period.

    `metrics` names the instrument that speaks for a side; where it names none that was asked, the first by
    rank speaks. `last` is the last full edition of the digest, `newest` its last one of any kind, None where
    there is none; `quoted` has the ids of comments that it has quoted, and whether since the newest round:
    these are not quoted again. Of channels that are `lost` only the rounds that were `shown` are used.
    """
    asked = await load_asked_rounds(
        store, team_id=team_id, product=product, channels=channels, lost=lost, shown=shown, period=period
    )
    chosen = {lens: _speaks_for(lens, asked, metrics or {}) for lens in Lens}
    lately = [comment_id for comment_id, since_round in (quoted or {}).items() if since_round]
    sides: dict[Lens, SideInput] = {}
    for lens, topic in chosen.items():
        about = _About(store=store, team_id=team_id, product=product, channels=channels, lens=lens, now=now)
        if topic is None:
            given = SideInput(first_asked=await _first_asked(about))
        else:
            given = await side_input(
                store, topic, asked, period=period, counting=counting, client=client, last=last, now=now
            )
        sides[lens] = replace(given, comments=await _comments(about, quoted=lately, last=last))
    others = await _other_scores(store, asked, chosen.values(), last=newest) if period is None else ()
    made = contrast(
        product.name,
        period,
        min_group=min_group,
        cx=sides[Lens.CX],
        ux=sides[Lens.UX],
        first=last is None,
        askings=() if period else await _askings(store, team_id, product, channels, now=now),
    )
    return ContrastResult(
        contrast=replace(
            _with_quotes(made, sides, shown=quoted or {}, only=_only_side(asked)),
            others=others,
            last_on=last.made_at if last else None,
            outcomes=await store.digests.outcomes_beside(team_id, product.id, period=period),
            outcomes_on=now.date(),
        ),
        metrics={lens: topic.instrument if topic else None for lens, topic in chosen.items()},
        asked=asked,
        blocks=tuple(sorted(block for side in sides.values() for block in side.comments.blocks)),
    )


def _with_quotes(
    made: Contrast, sides: Mapping[Lens, SideInput], *, shown: Mapping[str, bool], only: Lens | None
) -> Contrast:
    """The contrast with what it quotes: one comment above its thread, and more below.

    Their sides are told where nobody was asked on both, or everything was asked on the `only` one.
    """
    quotable = newest_quotable(side.comments for side in sides.values())
    quotes = choose_quotes(quotable, seed=randbelow(2**32), shown=shown, more=MORE_QUOTES)
    told = made.people is People.DIFFERENT or only is not None
    lens_of = {each.id: lens for lens, side in sides.items() for each in side.comments.quotable}
    return replace(
        made,
        quote=quotes[0] if quotes else None,
        more_quotes=quotes[1:],
        quoted_below=len(quotes[1:]),
        quoted_sides=tuple(lens_of[quote.comment_id] for quote in quotes if told),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """A side of a product in some channels, now."""

    store: Store
    team_id: str
    product: Product
    channels: tuple[str, ...]
    lens: Lens
    now: datetime


async def _askings(
    store: Store, team_id: str, product: Product, channels: Collection[str], *, now: datetime
) -> list[AskedIn]:
    """When each side was asked lately, and who."""
    since = now - HALF_A_YEAR
    return await store.questions.askings(team_id, channels, product_id=product.id, since=since)


async def _first_asked(about: _About) -> date | None:
    """The day on which a schedule asks on a side first, on the schedule's clock."""
    planned = await about.store.questions.planned(about.team_id, about.channels, product_id=about.product.id)
    found = still_to_come((each for each in planned if each.lens is about.lens), about.now)
    pulse = next(iter(found), None)
    return pulse.next_at.astimezone(ZoneInfo(pulse.zone)).date() if pulse and pulse.next_at else None


async def _comments(about: _About, *, quoted: Collection[str], last: Edition | None) -> SideComments:
    """What is shown of the comments on all questions of a side in some channels."""
    listed, since = about.store.listed_comments, about.now - HALF_A_YEAR
    team_id, channels, product_id, lens = about.team_id, about.channels, about.product.id, about.lens
    batches = await listed.batches(team_id, channels, product_id=product_id, lens=lens, since=since)
    cuts = await listed.cuts(team_id, channels, product_id=product_id, lens=lens)
    recent = await listed.cuts(team_id, channels, product_id=product_id, lens=lens, since=since)
    return side_comments(batches, cuts, quoted=quoted, recent=recent, last_topic=_topic_of(last, lens))


def _topic_of(last: Edition | None, lens: Lens) -> Touchpoint | None:
    """What an edition has named as most written about on a side."""
    side = last.figures.get(lens.name.lower()) if last else None
    topic = side.get("topic") if isinstance(side, Mapping) else None
    return Touchpoint(topic) if topic in set(Touchpoint) else None  # another version may name another one


async def load_contrast_here(
    store: Store,
    directory: Directory,
    client: AsyncWebClient,
    requester: Requester,
    *,
    product: str | None,
    period: Period | None,
    counting: CountSettings,
) -> tuple[Contrast, tuple[str, ...]]:
    """The contrast of a product as the digest of this channel would show it, else as this channel sees it.

    With it come sentences about sources that may not be read now. Raises Refused where nothing was asked, and
    WhichProduct where several products could be meant.
    """
    found = await subjects(store, directory, requester, product)
    about, channels, digest = await _one(store, requester, found.found)
    sources = await sources_of(directory, digest) if digest else None
    result = await load_contrast(
        store,
        client,
        team_id=requester.team_id,
        product=about,
        channels=sources.readable if sources else channels,
        period=period,
        min_group=counting.k,
        counting=counting,
        now=requester.now,
        metrics={Lens.CX: digest.cx_metric, Lens.UX: digest.ux_metric} if digest else None,
    )
    notes = sources.notes() if sources else found.said
    first = digest is not None and await store.editions.last(digest.team_id, digest.id) is None
    return replace(result.contrast, first=first), notes


async def _one(
    store: Store, requester: Requester, found: Sequence[Subject]
) -> tuple[Product, tuple[str, ...], Digest | None]:
    """The only product there is, else that of this channel's only digest; a group has none. WhichProduct."""
    here = await store.digests.in_channel(requester.team_id, requester.channel_id)
    here = here if requester.group is None else []
    told = {digest.product.id: digest for digest in here}
    wanted = found if len(found) == 1 else [each for each in found if each[0].id in told]
    if len(wanted) != 1:
        raise WhichProduct([product for product, _ in found])
    product, channels = wanted[0]
    return product, channels, told.get(product.id)


def _only_side(asked: AskedRounds) -> Lens | None:
    """The side on which everything was asked; None where both were, or none."""
    sides = {each.question.lens for each in asked.questions}
    return sides.pop() if len(sides) == 1 else None


def _speaks_for(lens: Lens, asked: AskedRounds, metrics: Mapping[Lens, str | None]) -> Topic | None:
    """What speaks for a side; None where nothing was asked."""
    found = speaking(lens, (each.question for each in asked.questions), metrics.get(lens))
    return Topic.of(found) if found else None


async def _other_scores(
    store: Store, asked: AskedRounds, shown: Collection[Topic | None], *, last: Edition | None
) -> tuple[OtherScore, ...]:
    """The newest scores of what speaks for no side, where any was counted since the last edition."""
    found: list[OtherScore] = []
    for topic in (each for lens in Lens for each in asked.topics(lens) if each not in shown):
        now = newest_rounds(asked.rounds_of(topic)).now
        score = score_of(INSTRUMENTS[topic.instrument], now)
        if score and (last is None or any(counted_since(last, one) for one in now)):
            about = [each for each in asked.questions if each.question in [one.question for one in now]]
            apart = len({each.question.subject_key for each in about}) == 1 and about[0].question.subject_key
            subject = await store.questions.subject(asked.team_id, about[0].id) if apart else None
            found.append(OtherScore(score=score, subject=subject))
    return tuple(found)
