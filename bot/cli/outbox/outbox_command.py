"""Lists messages that need a hand, sends one again, gives one up; beside a running bot, on both databases."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from bot.cli.run import utc_now
from bot.config.setting_types import database_file
from bot.config.settings import Settings
from bot.health.readiness import LATE
from storage.engine.address import is_in_memory, is_postgres, read_url
from storage.records import PostKind, PostState
from storage.store import Store
from storage.watch.outbox_review import OutboxReview, ReviewedPost

MOST = 50  # rows
DOUBTFUL = {PostState.UNKNOWN, PostState.SENDING}
STATES = {PostState.PENDING: "late", PostState.SENDING: "unknown", PostState.UNKNOWN: "unknown"}


class OutboxRefused(Exception):
    """What cannot be done to a message: one sentence that says why, and what can."""


async def list_outbox(settings: Settings, console: Console) -> None:
    """Print what is late, in doubt (its answer was lost) or failed, the newest first."""

    async def show(review: OutboxReview, now: datetime) -> None:
        found = await review.troubled(now=now, late=LATE, most=MOST + 1)
        if not found:
            console.print("No message is late, unknown or failed.")
            return
        table = Table(
            "number", "is", "message", "where", "since (UTC)", "why", box=box.SIMPLE, pad_edge=False
        )
        for each in found[:MOST]:
            table.add_row(*_row(each))
        console.print(table, markup=False)
        more = f"Only the newest {MOST} are shown. " if len(found) > MOST else ""
        console.print(
            f"{more}bifocal outbox retry NUMBER sends one again, bifocal outbox give-up NUMBER ends it.",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )

    await _with_outbox(settings, show)


async def retry(settings: Settings, name: str, console: Console, *, may_post_twice: bool = False) -> None:
    """Have a message sent again; one that may have arrived only when that is said. Raises OutboxRefused."""

    async def send_again(review: OutboxReview, now: datetime) -> None:
        found = await _one(review, name, now)
        post = found.post
        if post.state in DOUBTFUL and not post.slack_ts and not may_post_twice:
            raise OutboxRefused(
                f"Nobody knows whether message {name} arrived: sent again, it may stand there twice. Look in "
                f"its channel ({_where(found)}). If it is not there: bifocal outbox retry {name} "
                f"--may-post-twice. If it is: bifocal outbox give-up {name}."
            )
        if not await review.retry(post, now=now):
            raise OutboxRefused(_changed(name))
        closed = " If its question has closed meanwhile, it is not posted." if _is_question(found) else ""
        _say(
            console,
            f"Message {name} is due now: a running Bifocal sends it within ten seconds, else the next start "
            f"does.{closed}",
        )

    await _with_outbox(settings, send_again)


async def give_up(settings: Settings, name: str, console: Console) -> None:
    """End a message: it is not sent, not looked up, not listed any more. Raises OutboxRefused."""

    async def end(review: OutboxReview, now: datetime) -> None:
        found = await _one(review, name, now)
        if not await review.give_up(found.post):
            raise OutboxRefused(_changed(name))
        if found.post.state in DOUBTFUL:
            _say(
                console,
                f"Message {name} is left as it is: it is neither looked up nor sent again. If it arrived, "
                "clicks on it count as ever.",
            )
            return
        unseen = " Its question closes at its time, seen by nobody." if _is_question(found) else ""
        _say(console, f"Message {name} is given up: it is never sent, and nobody is told.{unseen}")

    await _with_outbox(settings, end)


async def _with_outbox(settings: Settings, do: Callable[[OutboxReview, datetime], Awaitable[None]]) -> None:
    """Open the database as it is, and do something; raises OutboxRefused where it is not there."""
    url = read_url(settings.database_url)
    if not is_postgres(url) and (is_in_memory(url) or not _file_of(settings).is_file()):
        raise OutboxRefused(
            "There is no database at DATABASE_URL: is this the folder and the .env of the bot?"
        )
    store = await Store.open(settings.database_url, zone=settings.bifocal_timezone)
    try:
        if not await store.reachable():
            raise OutboxRefused("The database is away or of another version: bifocal doctor says more.")
        await do(store.review, await store.now() or utc_now())
    finally:
        await store.close()


def _file_of(settings: Settings) -> Path:
    return database_file(read_url(settings.database_url))


async def _one(review: OutboxReview, name: str, now: datetime) -> ReviewedPost:
    """The message of that name, where something can be done about it."""
    found = await review.find(name)
    if not found:
        raise OutboxRefused(f"There is no message {name}: bifocal outbox lists those that need a hand.")
    if len(found) > 1:
        keys = " or ".join(each.post.key for each in found)
        raise OutboxRefused(f"More than one message has the number {name}: name it by its key, {keys}.")
    (one,) = found
    post = one.post
    if post.state is PostState.SENDING and post.lease_until and post.lease_until > now:
        raise OutboxRefused(
            f"Message {name} is being sent by a running Bifocal: wait until {post.lease_until:%H:%M:%S} UTC, "
            "then look again."
        )
    if post.state in {PostState.SENT, PostState.DELETED}:
        done = "has been sent" if post.state is PostState.SENT else "was removed, or is not wanted any more"
        raise OutboxRefused(f"Message {name} {done}: there is nothing to do about it.")
    return one


def _row(found: ReviewedPost) -> tuple[str, ...]:
    post = found.post
    since = f"{found.since:%Y-%m-%d %H:%M}" if found.since else ""
    what = post.kind.value if post.kind is PostKind.NOTICE else post.key
    return (
        str(found.number),
        STATES.get(post.state, post.state.value),
        f"{what} (removal)" if post.delete else what,
        _where(found),
        since,
        post.error or "",
    )


def _where(found: ReviewedPost) -> str:
    """The channel; of whom a notice is for nothing is shown."""
    return "to a person" if found.post.kind is PostKind.NOTICE else found.post.channel_id


def _is_question(found: ReviewedPost) -> bool:
    post = found.post
    return post.kind is PostKind.WAVE and not post.part and not post.slack_ts


def _changed(name: str) -> str:
    return f"Message {name} has changed at this moment: look again with bifocal outbox."


def _say(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
