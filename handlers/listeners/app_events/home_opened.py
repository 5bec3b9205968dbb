"""Somebody opens the app: the Home tab is made anew each time."""

from handlers.context import Context
from handlers.events import read_event
from handlers.home_tab import publish_home
from handlers.payloads import Actor, Body


async def on_opened(body: Body, *, context: Context) -> None:
    """Show the Home tab as it is now; the tab of messages needs nothing."""
    event = read_event(body)
    if event.opens_home:
        actor = Actor(team_id=event.team_id, user_id=event.user_id, external=False)
        context.background.start(publish_home(context, actor, seen=event.view), team=event.team_id)
