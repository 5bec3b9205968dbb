"""People see who reads what, what is kept of them, and erase it."""

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from handlers.context import Context
from handlers.page_updates import answer_in_place
from handlers.payloads import Body, read_click
from handlers.replies import show_form
from jobs.answers.forget import forget, kept_of
from jobs.answers.record_answer import Unanswerable
from jobs.messages.layout import ids
from jobs.messages.respondent import who_sees
from jobs.messages.respondent.forget_answer import forgotten
from jobs.messages.respondent.my_data import my_data_view
from jobs.permissions.scope import readers_of


async def on_privacy(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Show who sees what of this question, and every channel that reads it; from Home, what always holds."""
    click = read_click(body)
    if click.value == ids.HOME:
        await ack()
        in_general = who_sees.privacy_in_general(context.min_group, weeks=context.round_weeks)
        context.background.start(show_form(context.client, respond, click, in_general))
        return
    context.learn_where(click, click.value)
    wave, readers = await readers_of(context.store, team_id=click.actor.team_id, wave_id=click.value)
    if wave is None:
        raise Unanswerable
    wave = await context.store.waves.with_first_size(wave)
    await ack()
    view = who_sees.privacy(wave, readers=readers, weeks=context.round_weeks)
    context.background.start(show_form(context.client, respond, click, view))


async def on_kept_of_me(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Show everything that is kept of the person who presses, on top of the form they are in."""
    click = read_click(body)
    kept = await kept_of(
        context.store, context.respondents, team_id=click.actor.team_id, user_id=click.actor.user_id
    )
    await ack()
    view = my_data_view(kept, now=context.clock())
    context.background.start(show_form(context.client, respond, click, view))


async def on_forget(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Erase everything of the person who presses; the button has asked for confirmation."""
    click = read_click(body)
    gone = await forget(
        context.store, context.respondents, team_id=click.actor.team_id, user_id=click.actor.user_id
    )
    await ack()
    context.wake()
    context.background.start(answer_in_place(context.client, respond, click, forgotten(gone)))
