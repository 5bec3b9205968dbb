"""A digest as it would be set, shown before it is: in a private message, or as the last page of the form."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jobs.instruments import INSTRUMENTS
from jobs.messages.digest_setup.digest_draft import DigestDraft, write_digest
from jobs.messages.layout import digest_ids, ids
from jobs.messages.layout.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    message,
    modal,
    named_buttons,
    section,
)
from jobs.messages.wording.escaping import one_line, safe
from jobs.messages.wording.voice import MRKDWN, Voice, capital, channels, count, in_both_voices, listed
from jobs.messages.wording.why_not import channel
from storage.records import Lens

SILENT = "Nothing is posted in a week without anything to say."
NOTHING_ASKED = "Nothing is asked in these channels yet; the digest begins once something is."
LONGEST_LABEL = 30
MOST_NEAR = 2
PEOPLE = {Lens.CX: "Customers", Lens.UX: "Users"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedThere:
    """A question that a digest would read: `closes` while it is open; `asked_next` where that is planned."""

    instrument: str
    channel_id: str
    answered: int = 0
    closes: date | None = None
    asked_next: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestOffer:
    """What is known of a digest before it is set.

    `first` is the day of its first edition. `missing` are the channels where Bifocal is not, `newly_read`
    those whose people are told that others see the scores from now on. `near` are the names of products that
    may have been meant by one that nobody has used yet. `before` is the digest that would be changed,
    `hidden` are its channels of which the reader may not know.
    """

    draft: DigestDraft
    first: date
    asked: Mapping[Lens, Sequence[AskedThere]]
    missing: Sequence[str] = ()
    newly_read: Sequence[str] = ()
    is_new_name: bool = False
    near: Sequence[str] = ()
    before: DigestDraft | None = None
    hidden: Collection[str] = ()


def offered(offer: DigestOffer) -> Message:
    """The digest as it would be set, with the button that sets it; nothing is kept yet.

    Products that may be meant by a name that nobody has used yet stand first.
    """
    aloud, shown = in_both_voices(lambda voice: _said(voice, offer))
    row: list[Block] = []
    for name in offer.near[:MOST_NEAR]:
        label, meant = one_line(f"About {name}", LONGEST_LABEL), replace(offer.draft, product=name)
        row.append(button(label, digest_ids.meant(len(row)), value=write_digest(meant)))
    if not offer.missing:
        row.append(button("Set it up", digest_ids.KEEP, value=write_digest(offer.draft)))
    row += [button("Change it first", digest_ids.SET_UP, value=write_digest(offer.draft))]
    quiet = f"{SILENT} Nothing is {'changed' if offer.before else 'set up'} yet."
    return message(
        f"{aloud} {quiet} {named_buttons(row)}",
        *(section(part) for part in shown.split("\n\n")),
        context(quiet),
        actions(ids.DIGEST_OFFER_BLOCK, *row),
    )


def offer_page(offer: DigestOffer) -> View:
    """The same as the page that follows the form; without its button where a channel is missing."""
    blocks = [section(part) for part in _said(MRKDWN, offer).split("\n\n")]
    return _page([*blocks, context(SILENT)], offer.draft, submit=None if offer.missing else "Set it up")


def looking_page(draft: DigestDraft) -> View:
    """The page until Slack has said what has to be known."""
    return _page([section("Looking at these channels.")], draft, submit=None)


def refused_offer(refusal: str, draft: DigestDraft) -> View:
    """The page where the digest cannot be set as it is; `refusal` is mrkdwn. Back leads to the form."""
    return _page([section(refusal)], draft, submit=None)


def _page(blocks: Sequence[dict[str, object]], draft: DigestDraft, *, submit: str | None) -> View:
    return modal(
        digest_ids.PAGE,
        "Set up this digest?",
        blocks,
        close="Back",
        submit=submit,
        metadata=write_digest(draft),
    )


def _said(voice: Voice, offer: DigestOffer) -> str:
    draft = offer.draft
    order = f"in {channel(draft.channel_id)}, {voice.rhythm(draft.cadence, draft.zone, inside=True)}"
    first = f"{'Next' if offer.before else 'First'}: {voice.day(offer.first, weekday=True)}."
    head = f"{voice.bold(safe(draft.product))}, {order}{_origin(offer, draft)}. {first}"
    sides = voice.lines(*(_side(voice, lens, offer.asked.get(lens, ())) for lens in Lens))
    if not any(offer.asked.values()):
        sides = NOTHING_ASKED
    missing = [_missing(voice, each) for each in offer.missing]
    told = ""
    if offer.newly_read:
        read = listed([channel(each) for each in offer.newly_read])
        told = f"The next question in {read} will say that {channel(draft.channel_id)} sees the scores."
    parts = filter(None, [_new_name(voice, offer), head, _before(voice, offer), sides, told, *missing])
    return (" " if voice.aloud else "\n\n").join(parts)


def _before(voice: Voice, offer: DigestOffer) -> str:
    """How the digest is that would be changed."""
    if (old := offer.before) is None:
        return ""
    return f"{voice.bold('As it is now:')} {voice.rhythm(old.cadence, old.zone)}{_origin(offer, old)}."


def _origin(offer: DigestOffer, draft: DigestDraft) -> str:
    """From where a digest reads; said only where one is changed."""
    return f", from {channels(draft.sources, offer.hidden)}" if offer.before and draft.sources else ""


def _new_name(voice: Voice, offer: DigestOffer) -> str:
    if not offer.is_new_name:
        return ""
    meant = [voice.bold(safe(name)) for name in offer.near[:MOST_NEAR]]
    hint = f" Did you mean {' or '.join(meant)}?" if meant else ""
    return f"{voice.bold(safe(offer.draft.product))} is new here: nothing was asked about it yet.{hint}"


def _side(voice: Voice, lens: Lens, asked: Sequence[AskedThere]) -> str:
    head = voice.bold(f"{PEOPLE[lens]}:")
    if not asked:
        return f"{head} nothing is asked in these channels yet. The digest then shows one side."
    return f"{head} {' '.join(_question(voice, each) for each in asked)}"


def _question(voice: Voice, asked: AskedThere) -> str:
    name = f"{INSTRUMENTS[asked.instrument].name} in {channel(asked.channel_id)}."
    if asked.closes:
        closes = f"closes {voice.day(asked.closes, weekday=True)}."
        so_far = f"{count(asked.answered, 'answer')} so far, " if asked.answered else ""
        return f"{name} {so_far}{closes if so_far else capital(closes)}"
    if asked.asked_next:
        return f"{name} Asked next on {voice.day(asked.asked_next, weekday=True)}."
    return f"{name} Not open now."


def _missing(voice: Voice, channel_id: str) -> str:
    head = voice.bold(f"Bifocal is not in {channel(channel_id)}.")
    return f"{head} Type {voice.code('/invite @Bifocal')} there, then set this up once more."
