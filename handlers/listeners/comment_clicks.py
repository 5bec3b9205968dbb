"""A lead corrects what a program read in a comment: its tone in one click, its topic in a form."""

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers.background import BackgroundTasks
from handlers.commands import comment_commands as comments
from handlers.context import Context, SlashCommand
from handlers.payloads import Body, Clock, Malformed, chosen, read_click, read_submission
from handlers.replies import open_form, tell
from jobs.comments.correct import correct
from jobs.messages.layout import ids
from jobs.messages.layout.sentence import sentence
from jobs.messages.lead.comments_page import HIDE, TOPIC, topic_form
from jobs.permissions.refusal import Refused
from storage.records import Sentiment, Touchpoint


async def on_correct(
    ack: AsyncAck,
    body: Body,
    client: AsyncWebClient,
    respond: AsyncRespond,
    *,
    context: Context,
    background: BackgroundTasks,
    clock: Clock,
) -> None:
    """Keep the tone, or hide the comment, and show the page as it is now; for a topic, open the form."""
    click = read_click(body)
    comment_id, what = ids.read_correction(click.value)
    page = ids.read_comment_block(click.block_id)
    if what not in {TOPIC, HIDE, *Sentiment}:
        raise Malformed("no such tone")
    await ack()
    command = SlashCommand.by_click(click, page.words, now=clock())
    if what == TOPIC:
        background(_name_topic(context, client, command, comment_id))
    else:
        background(_say(context, respond, command, (comment_id, what), page, replace=click.private))


async def _name_topic(
    context: Context, client: AsyncWebClient, command: SlashCommand, comment_id: str
) -> None:
    comment = await context.store.comments.get(command.team_id, comment_id)
    if comment is not None:
        await open_form(client, command.trigger_id, topic_form(comment))


async def _say(
    context: Context,
    respond: AsyncRespond,
    command: SlashCommand,
    said: tuple[str, str],
    page: ids.Page,
    *,
    replace: bool,
) -> None:
    comment_id, what = said
    try:
        await correct(
            context.store,
            context.directory,
            team_id=command.team_id,
            user_id=command.user_id,
            comment_id=comment_id,
            sentiment=None if what == HIDE else Sentiment(what),
            hide=what == HIDE,
        )
        message = await comments.page(page)(context, command)
    except Refused as refused:
        message = sentence(str(refused))
    if message is not None:
        await tell(respond, message, replace=replace)


async def on_topic(ack: AsyncAck, body: Body, *, context: Context, background: BackgroundTasks) -> None:
    """Keep the topic and close the form."""
    form = read_submission(body)
    comment_id = ids.read_comment(form.private_metadata)
    topic = chosen(form.values, ids.TOPIC_BLOCK)
    if topic not in set(Touchpoint):
        raise Malformed("no such topic")
    await ack()
    background(
        correct(
            context.store,
            context.directory,
            team_id=form.actor.team_id,
            user_id=form.actor.user_id,
            comment_id=comment_id,
            touchpoint=Touchpoint(topic),
        )
    )
