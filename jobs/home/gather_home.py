"""Gathers what the Home tab of one person shows."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from jobs.answers.forget import kept_of
from jobs.answers.respondent_key import Respondents
from jobs.messages.home.home_page import Home, OpenQuestion
from jobs.messages.home.what_i_run import LastEdition
from jobs.permissions.requester import Requester
from jobs.pulses.second_yes import LONGEST_OPEN
from jobs.reminders.writing_rule import quiet
from jobs.slack.channels_of_person import channels_of_person
from jobs.slack.directory import Directory, SlackUnavailable
from jobs.slack.permalink import permalink
from storage.records import Digest, KeptOfPerson, Wave
from storage.store import Store

MOST_OPEN = 5  # questions with a link each
UTC = "UTC"


async def home_of(
    store: Store,
    directory: Directory,
    respondents: Respondents,
    client: AsyncWebClient,
    requester: Requester,
) -> Home:
    """What the Home tab of the requester shows.

    Where Slack does not tell who they are or in which channels, that part is left out and the page says so.
    """
    team_id, user_id = requester.team_id, requester.user_id
    kept = await kept_of(store, respondents, team_id=team_id, user_id=user_id)
    why_quiet = quiet(kept.pause, requester.now)
    try:
        may_ask = await directory.is_full_member(team_id, user_id)
        here = await channels_of_person(directory, user_id)
    except SlackUnavailable:
        return Home(kept=kept, quiet=why_quiet, slack_tells=False)
    person = directory.remembered(team_id, user_id)
    zone = (person.zone if person else None) or UTC
    since = requester.now - LONGEST_OPEN
    waves = await store.own_questions.open_in(team_id, here, now=requester.now, since=since)
    open_now = await _open(store, client, waves, kept)
    home = Home(kept=kept, open_now=open_now, quiet=why_quiet, zone=zone)
    if not may_ask:
        return home
    pulses = await store.own_questions.led_by(team_id, user_id)
    newest = await store.own_questions.newest_waves(team_id, [pulse.id for pulse in pulses])
    digests = await store.digests.led_by(team_id, user_id)
    places = {each.channel_id for each in pulses}.union(
        *({each.channel_id, *each.sources} for each in digests)
    )
    return replace(
        home,
        may_ask=True,
        ever_asked=await store.questions.ever_asked(team_id),
        runs=[(pulse, newest.get(pulse.id)) for pulse in pulses],
        digests=digests,
        last=await _last(store, client, digests),
        hidden=frozenset(places - here),
    )


async def _open(
    store: Store, client: AsyncWebClient, waves: Sequence[Wave], kept: KeptOfPerson
) -> list[OpenQuestion]:
    """The questions that may be answered now; the first of those that are not answered yet have links."""
    answered = {response.wave.id for response in kept.responses}
    to_answer = [wave for wave in waves if wave.id not in answered]
    links = await asyncio.gather(*(_link(store, client, wave) for wave in to_answer[:MOST_OPEN]))
    linked = {wave.id: link for wave, link in zip(to_answer[:MOST_OPEN], links, strict=True)}
    return [OpenQuestion(wave, wave.id in answered, linked.get(wave.id)) for wave in waves]


async def _link(store: Store, client: AsyncWebClient, wave: Wave) -> str | None:
    post = await store.outbox.post_for(wave.team_id, wave.id)
    if post is None or post.slack_ts is None:
        return None
    return await permalink(client, post.channel_id, post.slack_ts)


async def _last(store: Store, client: AsyncWebClient, digests: Sequence[Digest]) -> LastEdition | None:
    """The newest edition that was posted of any of these digests."""
    found = [
        (edition, digest)
        for digest in digests
        if (edition := await store.editions.last(digest.team_id, digest.id, full_only=False))
    ]
    for edition, digest in sorted(found, key=lambda each: each[0].made_at, reverse=True):
        post = await store.outbox.post_for(edition.team_id, edition.id)
        if post and post.slack_ts:
            link = await permalink(client, post.channel_id, post.slack_ts)
            return LastEdition(at=edition.made_at, zone=digest.zone, link=link)
    return None
