"""`/pulse comments`: what people wrote, for leads, three at a time, in no order."""

from collections.abc import Sequence
from dataclasses import replace
from secrets import randbelow

from handlers.context import Context, SlashCommand
from handlers.syntax import CommentsWords, read_comments
from jobs.comments.readable_comments import ReadableComments, Wanted, load_comments
from jobs.messages.layout.blocks import Message
from jobs.messages.layout.ids import Page
from jobs.messages.layout.sentence import sentence
from jobs.messages.lead.comments_page import Change, comments_page
from jobs.messages.saved import saved_words
from jobs.messages.saved.saved_list import BESIDE, PER_PAGE, ROOM_BELOW, saved_page, with_saved
from jobs.permissions.refusal import Refused
from jobs.permissions.scope import UnknownProduct
from jobs.saved.readable_saved import Choice, FoundSaved, load_saved


async def comments(context: Context, command: SlashCommand) -> Message | None:
    """The first page. Its order is drawn at random for each asker, so that it says nothing of who wrote."""
    first = Page(words=command.words, offset=0, seed=randbelow(2**31))
    return await page_of_comments(context, command, first)


async def page_of_comments(
    context: Context, command: SlashCommand, page: Page, change: Change | None = None
) -> Message:
    """The comments of a page, as they are now; one that was corrected there stays, with what changed.

    Below the first ones stand saved messages; where there are no comments to read, these alone.
    """
    words = read_comments(page.words, now=command.now, zone=await context.zone_of(command))
    command = command.about_group(words.group)
    if words.saved:
        shown = await _page_of_saved(context, command, words, page)
        return shown or sentence(saved_words.NOTHING_SAVED)
    try:
        found = await _comments(context, command, words, page, change)
    except UnknownProduct:
        raise
    except Refused as refused:
        alone = replace(page, words=f"saved {page.words}".strip(), offset=0)
        instead = await _page_of_saved(context, command, words, alone, notes=(str(refused),))
        if instead is None:
            raise
        return instead
    saved = None
    if not found.before:
        saved = await _saved(context, command, replace(words, product=found.product), page)
    here = replace(page, offset=found.before)
    shown = comments_page(
        found.comments,
        product=found.product,
        lens=words.lens,
        sentiment=words.sentiment,
        touchpoint=words.touchpoint,
        wish=words.wish,
        total=found.total,
        beside=found.beside,
        notes=found.notes,
        here=here,
        change=change,
        below=ROOM_BELOW if saved else 0,
    )
    if saved is None:
        return shown
    total = len(saved.listed)
    return with_saved(shown, saved.listed[:BESIDE], product=saved.product, total=total, here=here)


async def _comments(
    context: Context, command: SlashCommand, words: CommentsWords, page: Page, change: Change | None
) -> ReadableComments:
    return await load_comments(
        context.store,
        context.directory,
        command,
        Wanted(lens=words.lens, sentiment=words.sentiment, touchpoint=words.touchpoint, wish=words.wish),
        product=words.product,
        min_group=context.min_group,
        offset=page.offset,
        seed=page.seed,
        stays=change.comment_id if change else None,
    )


async def _saved(
    context: Context, command: SlashCommand, words: CommentsWords, page: Page
) -> FoundSaved | None:
    return await load_saved(
        context.store,
        context.directory,
        context.respondents,
        command,
        Choice(lens=words.lens, sentiment=words.sentiment, touchpoint=words.touchpoint, wish=words.wish),
        product=words.product,
        seed=page.seed,
    )


async def _page_of_saved(
    context: Context,
    command: SlashCommand,
    words: CommentsWords,
    page: Page,
    notes: Sequence[str] = (),
) -> Message | None:
    """Three saved messages; None where there is none to read."""
    found = await _saved(context, command, words, page)
    if found is None:
        return None
    total = len(found.listed)
    offset = min(page.offset, (total - 1) // PER_PAGE * PER_PAGE)
    return saved_page(
        found.listed[offset : offset + PER_PAGE],
        product=found.product,
        total=total,
        here=replace(page, offset=offset),
        notes=notes,
    )
