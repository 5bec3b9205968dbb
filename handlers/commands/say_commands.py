"""`/pulse say`: a word in passing about a product, without a rating."""

from handlers.context import Context, SlashCommand
from handlers.replies import in_time, open_form, type_again
from handlers.syntax.saved import read_say
from jobs.messages.layout.blocks import Message, View
from jobs.messages.saved import saved_words
from jobs.messages.saved.save_view import say_view
from jobs.messages.saved.say_answer import said, too_long, which_product
from jobs.permissions.refusal import Refused
from jobs.saved.keep_message import say as keep_said
from jobs.saved.message_text import words_of
from jobs.saved.offer_products import offered_products
from jobs.saved.product_meant import product_meant
from storage.records import MOST_CHARACTERS, Product


async def say(context: Context, command: SlashCommand) -> Message | None:
    """Keep what was said about the product that is meant; with no words or no product, open a form."""
    words = read_say(words_of(command.words))
    if not words.text:
        await open_say_form(context, command, again=type_again("say", ""))
        return None
    meant = await product_meant(
        context.store,
        context.directory,
        command,
        words.text,
        about=words.about,
        guesses=words.guesses,
    )
    if len(meant.text) > MOST_CHARACTERS:
        return too_long(meant.text)
    again = type_again("say", command.words)
    if meant.product is None and not (meant.maybe or meant.here):
        await open_say_form(context, command, words=words.text, again=again)
        return None
    if not meant.text:
        typed = "" if meant.product else words.text
        await open_say_form(context, command, words=typed, chosen=meant.product, again=again)
        return None
    if meant.product is None:
        return which_product(meant.text, words.text, meant=meant.maybe, here=meant.here, lens=words.lens)
    kept = await keep_said(
        context.store,
        context.respondents,
        context.classify,
        command,
        product=meant.product,
        text=meant.text,
        lens=words.lens,
    )
    return said(kept)


async def open_say_form(
    context: Context, command: SlashCommand, *, again: str, words: str = "", chosen: Product | None = None
) -> None:
    """The form, with what was typed; raises Refused where there is nothing to say it about."""
    view = await in_time(_form(context, command, words, chosen), again=again)
    await open_form(context.client, command.trigger_id, view, again=again)


async def _form(context: Context, command: SlashCommand, words: str, chosen: Product | None) -> View:
    offer = await offered_products(context.store, context.directory, command)
    if not offer.products:
        raise Refused(saved_words.NO_PRODUCTS if offer.none_at_all else saved_words.NONE_KNOWN)
    return say_view(
        offer.products, chosen or offer.chosen, words=words[:MOST_CHARACTERS], channel_id=command.channel_id
    )
