"""Loads what a contrast is made of, and makes it: both sides of a product."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from secrets import randbelow
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from jobs.cadence import still_to_come
from jobs.contrast import (
    Contrast,
    OtherScore,
    SideComments,
    SideInput,
    contrast,
    side_comments,
)
from jobs.contrast.build import with_quotes
from jobs.contrast.side import speaking
from jobs.figures.gather_rounds import AskedRounds, Topic, counted_since, load_asked_rounds, side_input
from jobs.figures.user_sides import joined, user_sides
from jobs.instruments import INSTRUMENTS
from jobs.privacy.look import CountSettings
from jobs.scoring import score_of
from jobs.scoring.chosen_rounds import newest_rounds
from storage.records import AskedIn, Edition, Lens, Period, Product, Touchpoint
from storage.store import Store

HALF_A_YEAR = timedelta(weeks=26)  # whose blocks say what is most written about, and whose batches are quoted
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
    read = _Reading(
        store=store,
        client=client,
        team_id=team_id,
        channels=channels,
        lost=lost,
        shown=shown,
        period=period,
        counting=counting,
        last=last,
        quoted=[comment_id for comment_id, since_round in (quoted or {}).items() if since_round],
        now=now,
    )
    asked = await read.asked(product)
    chosen = {lens: _speaks_for(lens, asked, metrics or {}) for lens in Lens}
    sides = {lens: await read.side(product, lens, topic, asked) for lens, topic in chosen.items()}
    others = await _other_scores(store, asked, chosen.values(), last=newest) if period is None else ()
    users, theirs = await user_sides(read, product, sides[Lens.UX]) if product.whole else ([], [])
    made = contrast(
        product.name,
        period,
        min_group=min_group,
        cx=sides[Lens.CX],
        ux=sides[Lens.UX],
        first=last is None,
        askings=await read.askings(product),
        users=users,
        named_last=str(read.told_last(Lens.UX).get("product_id", "")),
    )
    titled = {each.product_id: each.given for each in users}.get(made.ux.product_id, sides[Lens.UX])
    quotable = {Lens.CX: sides[Lens.CX], Lens.UX: titled}
    everything = joined(asked, theirs) if theirs else asked
    return ContrastResult(
        contrast=replace(
            with_quotes(
                made, quotable, seed=randbelow(2**32), shown=quoted or {}, only=_only_side(everything)
            ),
            others=others,
            last_on=last.made_at if last else None,
            outcomes=await store.digests.outcomes_beside(team_id, product.id, period=period),
            outcomes_on=now.date(),
        ),
        metrics={lens: topic.instrument if topic else None for lens, topic in chosen.items()},
        asked=everything,
        blocks=_blocks([*sides.values(), *(each.given for each in users)]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """How sides are read: of which channels, as of when, after which edition.

    `quoted` are the ids of comments that are not quoted again.
    """

    store: Store
    client: AsyncWebClient
    team_id: str
    channels: tuple[str, ...]
    lost: Collection[str]
    shown: Collection[str]
    period: Period | None
    counting: CountSettings
    last: Edition | None
    quoted: Collection[str]
    now: datetime

    async def asked(self, product: Product) -> AskedRounds:
        """What was asked about a product, and its rounds."""
        return await load_asked_rounds(
            self.store,
            team_id=self.team_id,
            product=product,
            channels=self.channels,
            lost=self.lost,
            shown=self.shown,
            period=self.period,
        )

    async def side(
        self, product: Product, lens: Lens, topic: Topic | None, asked: AskedRounds, *, beside: bool = False
    ) -> SideInput:
        """A side of a product, with what is shown of the comments on all its questions.

        `beside` says that it is that of another product than the one which the digest is about.
        """
        if topic is None:
            given = SideInput(first_asked=await self._first_asked(product, lens))
        else:
            given = await side_input(
                self.store,
                topic,
                asked,
                period=self.period,
                counting=self.counting,
                client=self.client,
                last=self.last,
                now=self.now,
            )
        told = self.told_last(lens, product.id if beside else None)
        return replace(given, comments=await self._comments(product, lens, told.get("topic")))

    def told_last(self, lens: Lens, product_id: str | None = None) -> Mapping[str, object]:
        """What the edition has kept of a side, or of the users of a product; nothing where it has none."""
        figures = self.last.figures if self.last else {}
        beside = figures.get("beside")
        kept = [figures.get(lens.name.lower()), *(beside if isinstance(beside, list) else ())]
        sides = [each for each in kept if isinstance(each, Mapping)]
        return next((each for each in sides if product_id in (None, each.get("product_id"))), {})

    async def askings(self, product: Product) -> list[AskedIn]:
        """When each side was asked lately, and who; of a period nobody asks."""
        if self.period:
            return []
        since = self.now - HALF_A_YEAR
        return await self.store.questions.askings(
            self.team_id, self.channels, product_id=product.id, since=since
        )

    async def _first_asked(self, product: Product, lens: Lens) -> date | None:
        """The day on which a schedule asks on a side first, on the schedule's clock."""
        planned = await self.store.questions.planned(self.team_id, self.channels, product_id=product.id)
        found = still_to_come((each for each in planned if each.lens is lens), self.now)
        pulse = next(iter(found), None)
        return pulse.next_at.astimezone(ZoneInfo(pulse.zone)).date() if pulse and pulse.next_at else None

    async def _comments(self, product: Product, lens: Lens, last_topic: object) -> SideComments:
        """What is shown of the comments on all questions of a side."""
        listed, since, about = self.store.listed_comments, self.now - HALF_A_YEAR, product.id
        place = self.team_id, self.channels
        batches = await listed.batches(*place, product_id=about, lens=lens, since=since)
        cuts = await listed.cuts(*place, product_id=about, lens=lens)
        recent = await listed.cuts(*place, product_id=about, lens=lens, since=since)
        known = [each for each in Touchpoint if each == last_topic]  # another version may name another one
        topic = next(iter(known), None)
        return side_comments(batches, cuts, quoted=self.quoted, recent=recent, last_topic=topic)


def _blocks(sides: Iterable[SideInput]) -> tuple[str, ...]:
    return tuple(sorted({block for side in sides for block in side.comments.blocks}))


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
