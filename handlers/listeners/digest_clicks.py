"""The buttons and the form of a digest: set it up, change it, preview it; Yes, Monthly, Stop."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from secrets import token_hex

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from handlers.context import Context, requester_of
from handlers.page_updates import complete_form
from handlers.payloads import Body, Click, read_click, read_submission
from handlers.replies import open_form, press_again, reply_or_refusal, tell, whisper
from handlers.syntax import check_digest
from jobs import cadence
from jobs.digests import configure, find_digest
from jobs.digests.foresee import foresee
from jobs.digests.if_read import Wish, obey
from jobs.digests.propose import of_digest, propose
from jobs.messages.digest_setup import digest_offer
from jobs.messages.digest_setup.digest_draft import DigestDraft, read_digest_draft
from jobs.messages.digest_setup.digest_view import NOT_COMPLETED, digest_form, read_digest_form
from jobs.messages.layout import digest_ids, ids
from jobs.messages.layout.blocks import Message, View
from jobs.messages.layout.ids import ForgedId
from jobs.messages.layout.sentence import sentence
from jobs.messages.lead import digest_status
from jobs.permissions.may_post import field_problems, require_full_member
from jobs.permissions.requester import Requester

Answer = Callable[[Context, Click, Requester], Awaitable[Message | None]]


async def on_wish(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context, wish: Wish) -> None:
    """Do with a digest what its lead wants, and say so."""

    async def answer(context: Context, click: Click, requester: Requester) -> Message:
        return await obey(context.store, context.directory, requester, click.value, wish)

    await _answer(ack, body, respond, context, answer)


async def on_set_up(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Open the form that sets a digest, filled with the draft or the product of the button."""
    await _answer(ack, body, respond, context, _open)


async def on_change(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Open the form of a digest, for its leads."""

    async def answer(context: Context, click: Click, requester: Requester) -> Message | None:
        draft = await of_digest(context.store, context.directory, requester, click.value)
        return await _show_form(context, click, requester, draft, change=True)

    await _answer(ack, body, respond, context, answer)


async def on_keep(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Set the digest that was shown beside the button; pressed twice it is set once."""

    async def answer(context: Context, click: Click, requester: Requester) -> Message:
        return await _keep(context, requester, _draft(click.value))

    await _answer(ack, body, respond, context, answer, replace_offer=True)


async def on_meant(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Show the digest of the product that was meant, in place of the one that was offered."""

    async def answer(context: Context, click: Click, requester: Requester) -> Message:
        draft = _draft(click.value)
        return digest_offer.offered(await foresee(context.store, context.directory, requester, draft))

    await _answer(ack, body, respond, context, answer, replace_offer=True)


async def on_preview(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """What the digest would say now, to the one who pressed, where it is posted."""

    async def answer(context: Context, click: Click, requester: Requester) -> Message:
        digest = await find_digest.posted_here(context.store, requester, click.value)
        return await configure.preview_now(
            context.store,
            context.directory,
            context.client,
            requester,
            digest.product.name,
            counting=context.counting,
        )

    await _answer(ack, body, respond, context, answer)


async def _answer(
    ack: AsyncAck,
    body: Body,
    respond: AsyncRespond,
    context: Context,
    answer: Answer,
    *,
    replace_offer: bool = False,
) -> None:
    """Ack, then say what came of it; with `replace_offer` in place of the message, but for a refusal."""
    click = read_click(body)
    await ack()
    requester = requester_of(click.actor, channel_id=click.channel_id, now=context.clock())

    async def work() -> None:
        done: list[Message | None] = []

        async def act() -> Message | None:
            done.append(await answer(context, click, requester))
            return done[0]

        message = await reply_or_refusal(act(), team_id=requester.team_id)
        if message is not None:
            await tell(respond, message, replace=replace_offer and click.private and bool(done))

    context.background.start(work(), team=requester.team_id)


def _draft(value: str) -> DigestDraft:
    """The draft of a button, whose schedule and zone are what Bifocal has written."""
    draft = read_digest_draft(value)
    try:
        rule, zone = cadence.read(draft.cadence), cadence.find_zone(draft.zone)
    except cadence.CadenceError as error:
        raise ForgedId("no schedule of ours") from error
    return replace(draft, cadence=str(rule), zone=zone)


async def _keep(context: Context, requester: Requester, draft: DigestDraft) -> Message:
    kept = await configure.set_up(
        context.store, context.directory, requester, draft, min_group=context.min_group
    )
    return digest_status.saved(kept.digest, before=kept.before)


async def _open(context: Context, click: Click, requester: Requester) -> Message | None:
    if click.value.startswith("{"):
        return await _show_form(context, click, requester, _draft(click.value))
    return await _show_form(context, click, requester, None)


async def _show_form(
    context: Context, click: Click, requester: Requester, draft: DigestDraft | None, *, change: bool = False
) -> Message | None:
    await require_full_member(context.directory, requester.team_id, requester.user_id)
    zone = await context.zone_of(requester)
    product = draft.product if draft else click.value or None
    proposed, known = await propose(context.store, context.directory, requester, product, zone=zone)
    view = digest_form(draft or proposed, own_zone=zone, known=known, change=change)
    await open_form(context.client, click.trigger_id, view, again=press_again(click))
    return None


async def on_form(ack: AsyncAck, body: Body, *, context: Context) -> None:
    """Check what was chosen, then show the digest as it would be.

    What Slack tells soon of the channels stands at their fields; all else it is asked for after the ack.
    """
    form, now = read_submission(body), context.clock()
    known = context.directory.remembered(form.actor.team_id, form.actor.user_id)
    own = known.zone if known else None
    draft, problems = check_digest(read_digest_form(form.values), now=now, own=own)
    requester = requester_of(form.actor, channel_id=None, now=now)
    chosen = {
        digest_ids.SOURCES_BLOCK: draft.sources,
        ids.CHANNEL_BLOCK: [draft.channel_id] if draft.channel_id else [],
    }
    problems |= await field_problems(context.directory, requester, chosen)
    if problems:
        await ack(response_action="errors", errors=problems)
        return
    external_id = token_hex(16)
    await ack(response_action="push", view={**digest_offer.looking_page(draft), "external_id": external_id})
    context.background.start(_complete(context, requester, draft, external_id), team=requester.team_id)


async def _complete(context: Context, requester: Requester, draft: DigestDraft, external_id: str) -> None:
    """Fill the page in with what is known of the channels, or say why nothing can be set."""
    pages: list[View] = []

    async def look() -> None:
        pages.append(
            digest_offer.offer_page(await foresee(context.store, context.directory, requester, draft))
        )

    refusal = await reply_or_refusal(look(), team_id=requester.team_id)
    if refusal is not None:
        pages.append(digest_offer.refused_offer(refusal["blocks"][0]["text"]["text"], draft))
    if not await complete_form(context.client, external_id, pages[0]):
        message = sentence(NOT_COMPLETED, "/pulse digest")
        await whisper(context.client, channel_id=draft.channel_id, user_id=requester.user_id, message=message)


async def on_page(ack: AsyncAck, body: Body, *, context: Context) -> None:
    """Set the digest that the page has shown; its lead is told in private."""
    form = read_submission(body)
    draft = _draft(form.private_metadata)
    await ack(response_action="clear")
    requester = requester_of(form.actor, channel_id=None, now=context.clock())
    context.background.start(_say(context, requester, draft), team=requester.team_id)


async def _say(context: Context, requester: Requester, draft: DigestDraft) -> None:
    message = await reply_or_refusal(_keep(context, requester, draft), team_id=requester.team_id)
    if message is not None:
        await whisper(context.client, channel_id=draft.channel_id, user_id=requester.user_id, message=message)
