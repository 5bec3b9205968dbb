"""A lead shares results by form: what was ticked and typed, the preview, and the sharing itself."""

import asyncio
from dataclasses import replace
from secrets import token_hex

from slack_bolt.async_app import AsyncAck

from handlers.context import Context, requester_of
from handlers.page_updates import complete_form
from handlers.payloads import Body, clean, read_submission
from handlers.replies import reply_or_refusal, tell_directly
from jobs.digests import share_results
from jobs.digests.find_edition import find_edition
from jobs.messages.edition import share_view
from jobs.messages.edition.share_card import sides_of
from jobs.messages.edition.share_view import Told
from jobs.messages.layout import edition_ids, ids
from jobs.messages.layout.blocks import Message
from jobs.messages.layout.edition_ids import ShareDraft
from jobs.messages.layout.sentence import sentence
from jobs.messages.respondent import receipts
from jobs.permissions.may_post import field_problems
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester


async def on_share_form(ack: AsyncAck, body: Body, *, context: Context) -> None:
    """Check what was ticked and typed, then show what each channel will see.

    The page comes with the ack; how many people are in the channels is asked of Slack afterwards.
    """
    form = read_submission(body)
    draft, problems = share_view.read_share_form(form.values, form.private_metadata)
    try:
        found = await find_edition(context.store, form.actor.team_id, draft.edition_id)
    except Refused as gone:
        await ack(response_action="errors", errors={edition_ids.WHERE_BLOCK: str(gone)})
        return
    if not all(sides_of(found.contrast, channel_id) for channel_id in draft.where):
        if not any(side.reduced for side in found.contrast.sides):
            raise ids.ForgedId("a channel that no form has offered")
        problems = {edition_ids.WHERE_BLOCK: share_view.was_withdrawn()}
    requester = requester_of(form.actor, channel_id=found.edition.channel_id, now=context.clock())
    ticked = {edition_ids.WHERE_BLOCK: draft.where}
    problems |= await field_problems(context.directory, requester, ticked)
    if problems:
        await ack(response_action="errors", errors=problems)
        return
    known = context.directory.remembered(form.actor.team_id, form.actor.user_id)
    page = share_view.share_preview(found.contrast, draft, name=known.name if known else "You")
    if form.actor.user_id not in found.digest.leads:  # an admin, who sees the figures in a moment
        page = receipts.as_view(sentence(share_view.LOOKING))
    external_id = token_hex(16)
    await ack(response_action="push", view={**page, "external_id": external_id})
    context.background.start(_complete(context, requester, draft, external_id))


async def _complete(context: Context, requester: Requester, draft: ShareDraft, external_id: str) -> None:
    """Fill the page in with the lead's name and how many people are in each channel, or say why not."""
    refusal = await reply_or_refusal(
        _fill_in(context, requester, draft, external_id), team_id=requester.team_id
    )
    if refusal is not None and not await complete_form(
        context.client, external_id, receipts.as_view(refusal)
    ):
        await tell_directly(
            context.client, user_id=requester.user_id, message=refusal, else_in=requester.channel_id
        )


async def _fill_in(context: Context, requester: Requester, draft: ShareDraft, external_id: str) -> None:
    directory, team_id = context.directory, requester.team_id
    found = await share_results.look_at(context.store, directory, requester, draft.edition_id)
    ticked = [choice for choice in found.choices if choice.id in draft.where]
    choices = await share_results.count_people(directory, team_id, ticked)
    name = (await directory.person(team_id, requester.user_id)).name
    view = share_view.share_preview(found.contrast, draft, name=name, choices=choices)
    if not await complete_form(context.client, external_id, view):
        raise Refused(share_view.NOT_SHOWN)


async def on_share_preview(ack: AsyncAck, body: Body, *, context: Context) -> None:
    """Share, and tell the lead in private what became of it, with the button that removes it."""
    form = read_submission(body)
    draft = edition_ids.read_draft_of(clean(form.private_metadata))
    if not draft.where:
        raise ids.ForgedId("a draft that no preview has shown")
    await ack(response_action="clear")
    requester = requester_of(form.actor, channel_id=None, now=context.clock())
    context.background.start(_answer(context, requester, draft, form.view.id))


async def _answer(context: Context, requester: Requester, draft: ShareDraft, request_id: str) -> None:
    answer = await reply_or_refusal(_share(context, requester, draft, request_id), team_id=requester.team_id)
    if answer is not None:
        edition = await context.store.editions.get(requester.team_id, draft.edition_id)
        posted = edition.channel_id if edition else None
        await tell_directly(context.client, user_id=requester.user_id, message=answer, else_in=posted)


async def _share(
    context: Context, requester: Requester, draft: ShareDraft, request_id: str
) -> Message | None:
    """What became of it; None where this very page was sent before."""
    told = await share_results.share(
        context.store, context.directory, requester, draft, request_id=request_id
    )
    context.wake()
    known = await asyncio.gather(*(_once_posted(context, requester, each) for each in told))
    left = [each for each in known if each]
    return share_view.share_done(left) if left else None


async def _once_posted(context: Context, requester: Requester, told: Told) -> Told | None:
    """What became of it once Slack has said so; None where the lead is told otherwise that it failed."""
    if told.share is None or told.why:
        return told
    posting = await context.wait_for_post(
        team_id=requester.team_id, ref=told.share.id, reader=requester.user_id
    )
    if posting.stands is False:
        return Told(channel_id=told.channel_id, why=posting.why_not) if posting.why_not else None
    return replace(told, stands=posting.stands is True)
