"""People want no reminder of a question, nothing at all, or to be asked again."""

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from handlers.context import Context
from handlers.home_tab import publish_home
from handlers.page_updates import answer_in_place
from handlers.payloads import Body, Click, read_click
from jobs.answers.record_answer import Answerer
from jobs.messages.layout.blocks import Message
from jobs.messages.respondent import quiet_words
from jobs.reminders.quiet_wishes import ask_again, not_now, stop_asking, undo_not_now


async def on_not_now(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Keep that the person wants no reminder of this question, nor anything for a week."""
    click, now = read_click(body), context.clock()
    context.learn_where(click, click.value)
    wish = await not_now(context.store, context.respondents, _answerer(click), now=now)
    await ack()
    told = quiet_words.no_reminder(wish.wave, sent=wish.sent, answered=wish.answered, now=now)
    context.background.start(answer_in_place(context.client, respond, click, told))


async def on_undo(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Take that back."""
    click, now = read_click(body), context.clock()
    wish = await undo_not_now(context.store, context.respondents, _answerer(click), now=now)
    await ack()
    zone = context.known_zone(click.actor)
    told = quiet_words.reminder_again(wish.wave, sent=wish.sent, quiet=wish.quiet, zone=zone, now=now)
    context.background.start(answer_in_place(context.client, respond, click, told))


async def on_stop(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Keep that the person wants nothing any more; it holds whatever becomes of the question."""
    click = read_click(body)
    context.learn_where(click, click.value)
    leads = await stop_asking(
        context.store, context.respondents, team_id=click.actor.team_id, user_id=click.actor.user_id
    )
    await ack()
    context.background.start(_tell_there(context, respond, click, quiet_words.stopped(leads=leads)))


async def on_ask_again(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Keep that the person may be written to again."""
    click = read_click(body)
    why = await ask_again(
        context.store,
        context.respondents,
        team_id=click.actor.team_id,
        user_id=click.actor.user_id,
        now=context.clock(),
    )
    await ack()
    told = quiet_words.asked_again(why, context.known_zone(click.actor))
    context.background.start(_tell_there(context, respond, click, told))


async def _tell_there(context: Context, respond: AsyncRespond, click: Click, told: Message) -> None:
    """Say it where the button stood; the Home tab shows what holds now."""
    await answer_in_place(context.client, respond, click, told)
    if click.view is not None and not click.in_form:
        await publish_home(context, click.actor)


def _answerer(click: Click) -> Answerer:
    return Answerer(
        team_id=click.actor.team_id, user_id=click.actor.user_id, wave_id=click.value, at=click.at
    )
