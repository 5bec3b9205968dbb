"""Looks at what goes on by itself: messages, schedules, what is late, and the bot that runs beside."""

from datetime import datetime
from http import HTTPStatus

import aiohttp

from bot.cli.doctor.doctor_line import Finding, note, ok, unseen, wrong
from bot.config.settings import Settings
from bot.health.due_words import late_words
from bot.health.readiness import LATE
from storage.records import Digest, DueKind, PostState, Pulse
from storage.store import Store

PATIENCE = aiohttp.ClientTimeout(total=5)
LIST = "bifocal outbox lists them, sends again or gives up"


async def look_at_outbox(store: Store, now: datetime) -> Finding:
    """How many messages are late, in doubt and failed."""
    counts = await store.review.counts(now=now, late=LATE)
    words = {PostState.PENDING: "late", PostState.UNKNOWN: "unknown", PostState.FAILED: "failed"}
    found = ", ".join(f"{count} {words[state]}" for state, count in counts.items() if count)
    return wrong("outbox", f"messages: {found}. {LIST}") if found else ok("outbox", "nothing late or failed")


async def look_at_schedules(store: Store) -> list[Finding]:
    """A line for each question and digest that the bot has paused, one for those that people have."""
    pulses, digests = await store.schedules.live(), await store.digests.everywhere()
    owned = [
        (f"question {pulse.number} in {pulse.channel_id}", f"/pulse resume {pulse.number}", pulse)
        for pulse in pulses
    ]
    posted = [(f"the digest of {digest.channel_id}", "/pulse digest on", digest) for digest in digests]
    both: list[tuple[str, str, Pulse | Digest]] = [*owned, *posted]
    lines = [
        wrong(
            "schedules",
            f"{name} is paused ({each.pause_reason}): mend that, then {command} in its channel",
        )
        for name, command, each in both
        if each.paused and each.pause_reason
    ]
    resting = sum(each.paused and not each.pause_reason for _, _, each in both)
    if resting:
        lines.append(note("schedules", f"{resting} paused by their leads"))
    return lines or [ok("schedules", f"{len(pulses)} questions and {len(digests)} digests, none paused")]


async def look_at_due(store: Store, now: datetime) -> Finding:
    """What should have been asked, closed, counted or made a quarter of an hour ago and was not."""
    due, _ = await store.overdue.look(now)
    late = [
        work
        for work in due
        if isinstance(work.kind, DueKind) and work.since is not None and now - work.since > LATE
    ]
    if not late:
        return ok("due work", "nothing is late")
    return wrong("due work", f"{late_words(late)}: see that bifocal run is running, and what its log says")


async def look_at_running_bot(settings: Settings) -> Finding:
    """What the bot says of itself that runs with these settings, if one does."""
    host = "127.0.0.1" if settings.host in {"0.0.0.0", "::"} else settings.host  # noqa: S104 - only compared
    url = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/readyz"
    try:
        async with aiohttp.ClientSession(timeout=PATIENCE) as session, session.get(url) as answer:
            said = (await answer.text())[:300].strip()
            status = answer.status
    except (aiohttp.ClientError, OSError) as error:
        if isinstance(error, TimeoutError):
            return wrong("running bot", f"it does not answer at {url}: look at its log")
        return note("running bot", f"none answers at {url}: bifocal run starts it")
    except ValueError:
        return unseen("running bot", f"{url} is no address")
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return wrong("running bot", said)
    if status == HTTPStatus.OK and said.startswith("ready"):
        return ok("running bot", said)
    return wrong("running bot", f"something else answers at {url}: set PORT to a free one")
