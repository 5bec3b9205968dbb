"""Where the results of a closed question will be read, as it may be said in its channel."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from jobs.cadence import first_from
from jobs.contrast import Contrast, from_json
from jobs.contrast.side import speaking
from jobs.messages.respondent.question import Results
from jobs.privacy.progress_rule import ready_at
from jobs.slack.directory import Directory, SlackUnavailable
from jobs.slack.permalink import permalink
from storage.digests.shared_results import rounds_of
from storage.records import Digest, Lens, Round, Share, Wave
from storage.store import Store

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Edition:
    digest: Digest
    at: datetime


async def results_of(
    store: Store, directory: Directory | None, wave: Wave, *, now: datetime
) -> Results | None:
    """The first edition that has a closed question: in its own channel, else in a public one, else private.

    It may be weeks after the close, where the count is. Of a question that no edition holds so far it is one
    that is still to come, whenever it closed. None for a round that was withdrawn. Without a `directory`
    every other channel counts as private, and shared results have no link.
    """
    made = await store.rounds.find(wave.team_id, wave.round_id) if wave.round_id else None
    if made and made.withdrawn:
        return None
    if made and (shared := await _shared(store, wave, made)):
        day = shared.shared_at.astimezone(ZoneInfo(wave.pulse.zone)).date()
        link = await link_to(store, directory.client, wave.team_id, shared.id) if directory else None
        return Results(shared_on=day, shared_link=link)
    readers = await store.digests.reading(wave.team_id, wave.pulse.channel_id)
    about = [each for each in readers if each.reads(wave.pulse.product.id, wave.pulse.lens)]
    editions = [
        await _first(store, digest, wave, now) for digest in about if await _speaks(store, digest, wave)
    ]
    editions.sort(key=lambda edition: edition.at)
    for edition in editions:
        if edition.digest.channel_id == wave.pulse.channel_id:
            return _said(edition, wave, channel_id=edition.digest.channel_id)
    for edition in editions:
        if await _is_public(directory, edition.digest):
            return _said(edition, wave, channel_id=edition.digest.channel_id)
    for edition in editions:
        return _said(edition, wave, lead=await _lead(directory, edition.digest, wave))
    return Results()


async def link_to(store: Store, client: AsyncWebClient, team_id: str, ref: str) -> str | None:
    """The address of the message that shows an edition or shared results; None where Slack gives none."""
    post = await store.outbox.post_for(team_id, ref)
    return await permalink(client, post.channel_id, post.slack_ts) if post and post.slack_ts else None


async def _shared(store: Store, wave: Wave, made: Round) -> Share | None:
    """What was shared here of the results of this very question; None where nothing stands."""
    for share in await store.shares.posted_in(wave.team_id, wave.pulse.channel_id):
        edition = await store.editions.get(wave.team_id, share.edition_id)
        if (
            edition
            and made.id in rounds_of(edition.figures)
            and _shows(from_json(edition.figures), wave, made)
        ):
            return share
    return None


def _shows(contrast: Contrast, wave: Wave, made: Round) -> bool:
    """Whether the score of an edition is made of this round, and not of a later or an earlier one."""
    pulse = wave.pulse
    for side in contrast.sides_of(pulse.lens):
        score = side.score
        if score is None or score.first_day is None or score.last_day is None:
            continue
        of_product = side.product_id in ("", pulse.product.id)
        same = (side.instrument, score.named, score.source) == (pulse.instrument, pulse.named, "")
        if of_product and same and score.first_day <= made.first_day and made.last_day <= score.last_day:
            return True
    return False


async def _speaks(store: Store, digest: Digest, wave: Wave) -> bool:
    """Whether this question is the one of its side that the digest shows."""
    pulse = wave.pulse
    about = pulse.product.id
    asked = await store.questions.asked(digest.team_id, digest.sources, product_id=about)
    metric = digest.cx_metric if pulse.lens is Lens.CX else digest.ux_metric
    own = metric if about == digest.product.id else None
    found = speaking(pulse.lens, (each.question for each in asked), own)
    return found is not None and (found.instrument, found.named) == (pulse.instrument, pulse.named)


async def _first(store: Store, digest: Digest, wave: Wave, now: datetime) -> _Edition:
    """The edition that holds a question; where none does, the next that may, as the digest is set now."""
    if wave.round_id and (
        made := await store.digests.first_edition_with(digest, wave.round_id, wave.closes_at)
    ):
        return _Edition(digest, made)
    since = max(ready_at(wave.closes_at), wave.counted_at or wave.closes_at, digest.created_at, now)
    return _Edition(digest, first_from(digest.cadence, digest.zone, since).at)


def _said(
    edition: _Edition, wave: Wave, *, channel_id: str | None = None, lead: str | None = None
) -> Results:
    return Results(
        on=edition.at.astimezone(ZoneInfo(edition.digest.zone)).date(),
        soon=edition.at - wave.closes_at < WEEK,
        channel_id=channel_id,
        lead=lead,
    )


async def _is_public(directory: Directory | None, digest: Digest) -> bool:
    if directory is None:
        return False
    try:
        channel = await directory.channel(digest.team_id, digest.channel_id)
    except SlackUnavailable:
        return False
    return channel is not None and not channel.private


async def _lead(directory: Directory | None, digest: Digest, wave: Wave) -> str:
    """The name of who gets the results in private: whoever asked, if they lead the digest too."""
    lead = next(iter(digest.leads), None)
    if directory is None or lead is None or lead in wave.pulse.leads[:1]:
        return wave.pulse.asked_by
    try:
        return (await directory.person(digest.team_id, lead)).name
    except SlackUnavailable:
        return wave.pulse.asked_by
