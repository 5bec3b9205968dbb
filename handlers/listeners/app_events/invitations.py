"""Bifocal comes into a channel: whoever invited it reads in private what to do next; the channel nothing."""

from handlers.context import Context
from handlers.events import Event, SeenEvents, read_event
from handlers.payloads import Body
from handlers.replies import whisper
from jobs.messages.home.first_steps import invited


async def on_joined(body: Body, *, context: Context, seen: SeenEvents) -> None:
    """Tell the inviter; that other people come into a channel is nobody's concern."""
    event = read_event(body)
    if event.about_bifocal and event.inviter_id and seen.is_new(event):
        context.background.start(_tell(context, event), team=event.team_id)


async def _tell(context: Context, event: Event) -> None:
    may_ask = await context.directory.is_full_member(event.team_id, event.inviter_id)
    first = may_ask and not await context.store.questions.ever_asked(event.team_id)
    message = invited(event.channel_id, may_ask=may_ask, first=first)
    await whisper(context.client, channel_id=event.channel_id, user_id=event.inviter_id, message=message)
