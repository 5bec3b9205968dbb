"""People see who reads what, what is kept of them, and erase it."""

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers.background import BackgroundTasks
from handlers.payloads import Body, Clock, read_click
from handlers.replies import open_form, push_form, tell, update_form
from jobs.answers.record_answer import Unanswerable, within_time_limit
from jobs.answers.respondent_key import Respondents
from jobs.messages.respondent import my_data, receipts, who_sees
from storage.store import Store


async def on_privacy(
    ack: AsyncAck, body: Body, client: AsyncWebClient, *, store: Store, background: BackgroundTasks
) -> None:
    """Show who sees what of this question, and every channel that reads it."""
    click = read_click(body)
    wave = await store.waves.get(click.actor.team_id, click.value)
    if wave is None:
        raise Unanswerable
    await ack()
    readers = [
        digest
        for digest in await store.digests.reading(click.actor.team_id, wave.pulse.channel_id)
        if digest.product.id == wave.pulse.product.id
    ]
    background(open_form(client, click.trigger_id, who_sees.privacy(wave, readers=readers)))


async def on_kept_of_me(
    ack: AsyncAck,
    body: Body,
    client: AsyncWebClient,
    *,
    store: Store,
    respondents: Respondents,
    background: BackgroundTasks,
    clock: Clock,
) -> None:
    """Show everything that is kept of the person who presses, on top of the form they are in."""
    click = read_click(body)
    keys = respondents.both(click.actor.team_id, click.actor.user_id)
    view = my_data.kept(await store.responses.responses_of_person(click.actor.team_id, keys), now=clock())
    await ack()
    show = open_form if click.view is None else push_form
    background(show(client, click.trigger_id, view))


async def on_forget(
    ack: AsyncAck,
    body: Body,
    client: AsyncWebClient,
    respond: AsyncRespond,
    *,
    store: Store,
    respondents: Respondents,
    background: BackgroundTasks,
) -> None:
    """Erase everything of the person who presses; the button has asked once."""
    click = read_click(body)
    keys = respondents.both(click.actor.team_id, click.actor.user_id)
    await within_time_limit(store.erasure.forget(click.actor.team_id, keys))
    await ack()
    message = receipts.erased()
    if click.view is None:
        background(tell(respond, message, replace=click.private))
    else:
        background(update_form(client, click.view, receipts.as_view(message)))
