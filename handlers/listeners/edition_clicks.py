"""The buttons under a digest and under shared results: comments, how it works, sharing, removing."""

from collections.abc import Coroutine
from secrets import randbelow
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from handlers.commands.comment_commands import page_of_comments
from handlers.context import Context, SlashCommand, requester_of
from handlers.page_updates import answer_in_place
from handlers.payloads import Body, Click, Malformed, read_click
from handlers.replies import open_form, press_again, reply_or_refusal, tell
from jobs.digests import share_results
from jobs.digests.find_edition import explained_sides, find_edition
from jobs.messages.edition import share_view
from jobs.messages.edition.how_view import how_view
from jobs.messages.layout import edition_ids
from jobs.messages.layout.blocks import Message
from jobs.messages.layout.edition_ids import Explained, ShareDraft
from jobs.messages.layout.ids import Page
from jobs.messages.layout.sentence import sentence
from storage.records import Touchpoint


async def on_comments(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """What was written about the topic of a digest, to leads; everybody else reads who may."""
    click = read_click(body)
    edition_id = edition_ids.read_edition(click.block_id)
    context.learn_where(click, edition_id)
    topic = edition_ids.read_topic(click.value)
    if topic not in set(Touchpoint):
        raise Malformed("no such topic")
    await ack()
    context.background.start(_tell(respond, click, _comments(context, click, edition_id, topic)))


async def _comments(context: Context, click: Click, edition_id: str, topic: str) -> Message:
    found = await find_edition(
        context.store, click.actor.team_id, edition_id, channel_id=click.channel_id or ""
    )
    digest = found.digest
    await context.store.digests.clicked(digest.team_id, digest.id)
    running = await context.store.digests.get(digest.team_id, digest.id)
    if running is None and digest.channel_id not in digest.sources:
        return sentence(share_view.ended(), "/pulse comments")
    product = found.digest.product.name.replace('"', " ")
    command = SlashCommand.by_click(click, f'{topic} about "{product}"', now=context.clock())
    first = Page(words=command.words, offset=0, seed=randbelow(2**31))
    return await page_of_comments(context, command, first)


async def on_link(ack: AsyncAck, body: Body, *, context: Context) -> None:
    """A link needs nothing but an acknowledgement; under a digest it says that the digest is read."""
    click = read_click(body)
    await ack()
    if edition_id := edition_ids.edition_of(click.block_id):
        context.learn_where(click, edition_id)
        context.background.start(context.store.digests.was_read(click.actor.team_id, edition_id))


async def on_how(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Open the form that says how the figures of a digest, or of shared results, were made."""
    click = read_click(body)
    wanted = edition_ids.read_explained(click.value)
    context.learn_where(click, wanted.id)
    await ack()
    context.background.start(_tell(respond, click, _explain(context, click, wanted)))


async def _explain(context: Context, click: Click, wanted: Explained) -> None:
    """Open the form; raises NotOpened where Slack does not."""
    requester = requester_of(click.actor, channel_id=click.channel_id, now=context.clock())
    found, sides = await explained_sides(context.store, requester, wanted)
    view = how_view(
        sides,
        found.contrast.product,
        min_group=found.contrast.min_group,
        zone=found.digest.zone,
    )
    await open_form(context.client, click.trigger_id, view, again=press_again(click))
    if not wanted.shared:
        await context.store.digests.clicked(found.digest.team_id, found.digest.id)


async def on_share(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Open the form that shares the results, or say why this person may not, or that they are shared."""
    click = read_click(body)
    edition_id = edition_ids.read_edition(click.value)
    context.learn_where(click, edition_id)
    await ack()
    context.background.start(_tell(respond, click, _share(context, click, edition_id)))


async def _share(context: Context, click: Click, edition_id: str) -> Message | None:
    """Open the form, or give the message that all is shared; raises NotOpened as `open_form`."""
    requester = requester_of(click.actor, channel_id=click.channel_id, now=context.clock())
    found = await share_results.look_at(context.store, context.directory, requester, edition_id)
    if not found.choices:
        return share_view.already_shared(found.there)
    view = share_view.share_form(
        found.contrast, found.choices, draft=ShareDraft(edition_id=edition_id), there=found.there
    )
    await open_form(context.client, click.trigger_id, view, again=press_again(click))
    await context.store.digests.clicked(found.digest.team_id, found.digest.id)
    return None


async def on_unshare(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Take shared results out of their channel, and say so in place of the button."""
    click = read_click(body)
    share_id = edition_ids.read_share(click.value)
    context.learn_where(click, share_id)
    await ack()
    context.background.start(_unshare(context, respond, click, share_id))


async def _unshare(context: Context, respond: AsyncRespond, click: Click, share_id: str) -> None:
    answer = await reply_or_refusal(_removed(context, click, share_id), team_id=click.actor.team_id)
    if answer is not None:
        await answer_in_place(context.client, respond, click, answer)


async def _removed(context: Context, click: Click, share_id: str) -> Message:
    requester = requester_of(click.actor, channel_id=click.channel_id, now=context.clock())
    said = await share_results.remove(context.store, context.directory, requester, share_id)
    context.wake()
    return sentence(said)


async def _tell(respond: AsyncRespond, click: Click, answer: Coroutine[Any, Any, Message | None]) -> None:
    message = await reply_or_refusal(answer, team_id=click.actor.team_id)
    if message is not None:
        await tell(respond, message)
