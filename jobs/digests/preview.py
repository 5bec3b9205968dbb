"""What an edition of a digest would show now, from the sources that may still be read."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from jobs.cadence import still_to_come
from jobs.contrast import Contrast
from jobs.contrast.edition_state import (
    EditionState,
    SideNow,
    Since,
    edition_state,
    outcomes_in,
    silent_days,
)
from jobs.delivery.where_results import link_to
from jobs.figures.gather_rounds import AskedRounds
from jobs.figures.load_contrast import ContrastResult, load_contrast
from jobs.permissions.scope import Sources
from jobs.privacy.look import CountSettings
from jobs.privacy.progress_rule import Stage
from jobs.slack.directory import Directory, SlackUnavailable
from storage.records import Digest, Edition, Lens, Question
from storage.store import Store

COMING = {Stage.OPEN, Stage.COUNTING}
LINES = {
    EditionState.OPEN_AGAIN,
    EditionState.NOTHING_NEW,
    EditionState.NOTHING_PLANNED,
    EditionState.SAME_WAITING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionNow:
    """An edition as it would be made now: its state, what it is made of, and the editions before it.

    `by_schedule` is the state if nobody asks for it. `last` is the newest edition, `last_full` the newest
    that shows scores; None where there is none.
    """

    state: EditionState
    by_schedule: EditionState
    found: ContrastResult
    last: Edition | None
    last_full: Edition | None
    lost: tuple[str, ...]

    @property
    def shows_scores(self) -> bool:
        """Whether it has both sides as cards; otherwise it is a line or two."""
        return self.found.contrast.is_shown and self.state not in LINES

    @property
    def newly_lost(self) -> tuple[str, ...]:
        """The channels that cannot be read any more, of which no edition has said so."""
        return tuple(sorted(set(self.lost) - _known(self.last, "lost")))


async def edition_now(
    store: Store,
    client: AsyncWebClient,
    digest: Digest,
    sources: Sources,
    *,
    counting: CountSettings,
    now: datetime,
    requested: bool,
) -> EditionNow:
    """What an edition would say now, or why there would be none.

    Of sources in which Bifocal is no more, what earlier editions have shown still stands. `requested` says
    that somebody wants it now.
    """
    digest = replace(digest, sources=sources.readable)
    last, full = await _earlier(store, digest)
    found = await _contrast(store, client, digest, full, counting, now=now, lost=sources.unseen, newest=last)
    since = _since(last, found, sources.lost)
    contrast = replace(found.contrast, cut_since_last=since.cut)
    if contrast.only_others and full:
        contrast = replace(contrast, last_link=await link_to(store, client, full.team_id, full.id))
    found = replace(found, contrast=contrast)
    about = digest.product
    by_rule = await store.questions.planned(
        digest.team_id, digest.sources, product_id=about.id, whole=about.whole
    )
    planned = bool(still_to_come(by_rule, now))
    here = ZoneInfo(digest.zone)
    began = (last.made_at if last else digest.created_at).astimezone(here).date()
    decide = partial(
        edition_state,
        _side(found, Lens.CX),
        _side(found, Lens.UX),
        since,
        planned=planned,
        silent_days=silent_days(began, now.astimezone(here).date()),
        has_past=bool(sources.lost or sources.untold) or last is not None,
    )
    return EditionNow(
        state=decide(requested=requested),
        by_schedule=decide(requested=False),
        found=found,
        last=last,
        last_full=full,
        lost=sources.lost,
    )


async def _earlier(store: Store, digest: Digest) -> tuple[Edition | None, Edition | None]:
    """The newest edition of a digest, and the newest that shows scores."""
    last = await store.editions.last(digest.team_id, digest.id, full_only=False)
    return last, last if last is None or last.full else await store.editions.last(digest.team_id, digest.id)


async def _contrast(
    store: Store,
    client: AsyncWebClient,
    digest: Digest,
    last: Edition | None,
    counting: CountSettings,
    *,
    now: datetime,
    lost: Collection[str] = (),
    newest: Edition | None = None,
) -> ContrastResult:
    """The contrast of a digest's sources, of all rounds that are counted.

    `last` is its last full edition, `newest` the last of any kind. Questions that are open at `now` are
    named. Of `lost` channels it has what the `newest` edition had.
    """
    return await load_contrast(
        store,
        client,
        team_id=digest.team_id,
        product=digest.product,
        channels=digest.sources,
        lost=lost,
        shown=_known(newest, "rounds"),
        min_group=digest.min_group,
        counting=counting,
        now=now,
        metrics={Lens.CX: digest.cx_metric, Lens.UX: digest.ux_metric},
        last=last,
        newest=newest,
        quoted=await store.editions.quoted(digest),
    )


def _side(found: ContrastResult, lens: Lens) -> SideNow:
    sides = found.contrast.sides_of(lens)
    progress = [each for side in sides for each in side.progress]
    return SideNow(
        asked=any(side.instrument is not None for side in sides),
        has_score=any(side.is_shown for side in sides),
        is_open=any(each.stage in COMING for each in progress),
        waits=any(each.stage not in COMING and each.answers > 0 for each in progress),
    )


def _since(last: Edition | None, found: ContrastResult, lost: Collection[str]) -> Since:
    """What happened since the last edition; before the first one all that is there is new."""
    asked = found.asked
    if last is None:
        known: set[str] = set()
        gone = any(one.withdrawn for one in asked.all_rounds)
    elif isinstance(last.figures.get("rounds"), list):
        known = _known(last, "rounds")
        gone = _withdrawn_since(last, asked) or not known <= set(asked.standing)
    else:  # an older version did not say which rounds it holds
        known = {one.id for one in asked.all_rounds if one.counted_at < last.period.end}
        gone = False
    new = set(asked.standing) - known
    speaks = {one for lens in Lens for one in _speaking_rounds(found, lens)}
    cuts = set(found.blocks) - (_known(last, "blocks") if last and "blocks" in last.figures else set())
    return Since(
        counted=gone or bool(new & speaks),
        other=bool(new - speaks),
        cut=bool(cuts) and not (last and "blocks" not in last.figures),
        lost=bool(set(lost) - _known(last, "lost")),
        outcome=not set(found.contrast.outcomes) <= set(outcomes_in(last.figures) if last else ()),
    )


def _speaking_rounds(found: ContrastResult, lens: Lens) -> list[str]:
    """The ids of the rounds of what speaks for a side."""
    asked = found.asked
    older = (one for question, old in asked.older.items() if _speaks(question, found, lens) for one in old)
    return [
        *(one.id for one in asked.rounds if _speaks(one.question, found, lens)),
        *(one.id for one in older),
    ]


def _speaks(question: Question, found: ContrastResult, lens: Lens) -> bool:
    """Whether it speaks for a side; of the users of another product only what speaks for them is read."""
    if question.product_id != found.asked.product.id:
        return question.lens is lens
    return question.lens is lens and question.instrument == found.metrics[lens]


def _withdrawn_since(last: Edition, asked: AskedRounds) -> bool:
    """Whether a round that was counted since the edition has been withdrawn before anybody saw it."""
    return any(one.withdrawn and one.counted_at >= last.made_at for one in asked.all_rounds)


def _known(last: Edition | None, name: str) -> set[str]:
    """What the figures of an edition list under a name; nothing where an older version kept no such list."""
    kept = last.figures.get(name) if last else None
    return {str(each) for each in kept} if isinstance(kept, list) else set()


async def only_asked(directory: Directory, digest: Digest, contrast: Contrast) -> str | None:
    """The name of the only channel whose people answered; None where others may not know it."""
    asked = {each for side in contrast.sides if side.is_shown for each in side.channels}
    if len(asked) != 1:
        return None
    try:
        channel = await directory.channel(digest.team_id, asked.pop())
    except SlackUnavailable:
        return None
    return channel.name if channel and not channel.private else None


async def may_name(directory: Directory, digest: Digest, channel_id: str) -> bool:
    """Whether the readers of a digest may be told of a channel: their own one, or a public one."""
    if channel_id == digest.channel_id:
        return True
    try:
        channel = await directory.channel(digest.team_id, channel_id)
    except SlackUnavailable:
        return False
    return channel is not None and not channel.private


async def without_private_links(directory: Directory, digest: Digest, made: EditionNow) -> EditionNow:
    """The edition without links to questions in channels of which its readers may not be told."""
    sides = []
    for side in made.found.contrast.sides:
        asked = side.open_question
        if asked and asked.link and not await may_name(directory, digest, asked.channel_id):
            side = replace(side, open_question=replace(asked, link=None))  # noqa: PLW2901
        sides.append(side)
    contrast = made.found.contrast.with_sides(sides)
    return replace(made, found=replace(made.found, contrast=contrast))
