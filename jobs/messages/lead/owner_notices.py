"""What went wrong with a question or a digest, told to the lead who owns it.

Each is mrkdwn text in which all that people typed is escaped.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from jobs.instruments import INSTRUMENTS
from jobs.messages.wording.escaping import safe, typed_name
from jobs.messages.wording.voice import MRKDWN, Voice, capital, count, listed, spelled
from jobs.messages.wording.waiting_words import join_next
from jobs.messages.wording.why_not import channel
from storage.records import Digest, Pulse, Share, Wave

_WHEN = re.compile(r"\b(?:until|till?|for|about)\b", re.IGNORECASE)  # read as more than words, unless quoted
_GONE = {"not_in_channel", "channel_not_found"}
_TRIED_AGAIN = "Bifocal tries again, at least once an hour. Whoever runs Bifocal finds the reason in its log."
_LOCKED_OUT = {"token_revoked", "token_expired", "invalid_auth", "not_authed", "account_inactive"}


def uncertain(owned: Pulse | Digest) -> str:
    """Slack's answer to a post was lost: it may or may not be there."""
    return (
        f"Slack did not say whether {_called(owned)} was posted in {channel(owned.channel_id)}. "
        f"It is not sent again, so that nobody sees it twice. Please look there. {_again(owned)}"
    )


def refused(owned: Pulse | Digest, error: str, *, posted: bool = False) -> str:
    """Slack refused a message with the code `error`: why, what became of it, and what to do.

    `posted` says that the message stands in the channel and only a later change to it was refused.
    """
    if posted:
        outcome = f"{capital(_called(owned))} there could not be brought up to date."
        return f"{why(owned, error)} {outcome} {remedy(error)}"
    paused = " and is paused" if isinstance(owned, Digest) or owned.cadence else ""
    outcome = f"So {_called(owned)} was not posted{paused}."
    return f"{why(owned, error)} {outcome} {remedy(error)} {_resume(owned)}"


def deleted_by_hand(pulse: Pulse) -> str:
    """Somebody has deleted a question in Slack, so that it is closed before its time."""
    goes_on = "It is asked again at its next time." if pulse.cadence else "To ask again, type"
    order = "" if pulse.cadence else f" {MRKDWN.code(_order(pulse))} there."
    return (
        f"Somebody deleted {_called(pulse)} in {channel(pulse.channel_id)}, so it is closed. "
        f"Its answers are kept, and count as if it had closed by itself. {goes_on}{order}"
    )


def broken(owned: Pulse | Digest, *, posted: bool = False) -> str:
    """Bifocal itself made a message wrongly or not at all: what became of it, and where the reason is.

    `posted` says that the message stands in the channel and only a later change to it failed.
    """
    outcome = "could not be brought up to date" if posted else "could not be posted"
    return (
        f"{capital(_called(owned))} {outcome} in {channel(owned.channel_id)} because of a fault in Bifocal; "
        "whoever runs Bifocal finds more in its log."
    )


def waiting(pulse: Pulse, *, answers: int, waves: int, need: int, again: date | None = None) -> str:
    """A question closed `waves` times, fewer than `need` people have answered; `again` is its next day."""
    return (
        f"{capital(_called(pulse))} in {channel(pulse.channel_id)} has closed {count(waves, 'time')} "
        f"with {count(answers, 'answer')} in all, and scores are shown from {need}. "
        f"{join_next(MRKDWN, answers, again)} "
        "What would help: keeping it open longer, or a channel in which more people know it."
    )


def names_too_close(pulse: Pulse, first: date) -> str:
    """A schedule was not asked this time: with names and without are kept four weeks apart."""
    there, here = ("without", "with") if pulse.named else ("with", "without")
    return (
        f"{capital(_called(pulse))} was not asked in {channel(pulse.channel_id)} this time: "
        f"people there were asked about the same side of {safe(pulse.product.name)} {there} names lately. "
        f"It may be asked {here} names from {MRKDWN.day(first, year=True)} on."
    )


def expired(wave: Wave, weeks: int) -> str:
    """Answers have waited for so many weeks without becoming a round."""
    answers = count(wave.answered, "answer")
    closed = MRKDWN.day(wave.closes_at.date(), year=True)
    return (
        f"{answers} to {_called(wave.pulse)} in {channel(wave.pulse.channel_id)}, closed on {closed}, "
        f"waited {weeks} weeks for enough others. {'It is' if wave.answered == 1 else 'They are'} erased "
        "now, with comments that were not listed."
    )


def nothing_asked(digest: Digest) -> str:
    """A digest was due about which nothing was ever asked."""
    name, where = safe(digest.product.name), channel(digest.channel_id)
    return (
        f"*No digest about {name} today:* nothing has been asked about it yet, "
        f"so nothing was posted in {where}."
    )


def zone_lost(owned: Pulse | Digest, lost: str) -> str:
    """A schedule goes by another zone than its own, since this one does not exist any more."""
    rule = MRKDWN.rhythm(owned.cadence, owned.zone) if owned.cadence else owned.zone
    return (
        f'There is no time zone "{safe(lost)}" any more. '
        f"{capital(_called(owned))} in {channel(owned.channel_id)} goes by {owned.zone} now: {rule}."
    )


def channel_lost(digest: Digest, channel_id: str) -> str:
    """A digest cannot read one of its channels any more, since Bifocal was removed there."""
    return (
        f"*The digest about {safe(digest.product.name)} misses a channel.* "
        f"Bifocal was removed from {channel(channel_id)}. "
        "Type `/invite @Bifocal` there; the next digest then counts it again."
    )


def channel_left(digest: Digest, channel_id: str) -> str:
    """A digest cannot read one of its channels any more, since none of its leads is in it."""
    return (
        f"*The digest about {safe(digest.product.name)} misses a channel.* "
        f"None of its leads is in {channel(channel_id)} any more. A workspace admin who is there becomes a "
        f"lead by {MRKDWN.code(f'/pulse digest {typed_name(digest.product.name)}')} with its channels, "
        f"typed in {channel(digest.channel_id)}."
    )


def unread(digest: Digest, editions: int) -> str:
    """Nobody has pressed a button of the last editions: its lead is asked whether it is of use."""
    return (
        f"*Is the digest about {safe(digest.product.name)} of use?* In {channel(digest.channel_id)} nobody "
        f"has pressed a button of the last {spelled(editions)}. Shall it go on?"
    )


def goes_on(digest: Digest) -> str:
    """A digest is posted on, by the rule that it has now."""
    what = f"*The digest about {safe(digest.product.name)} goes on:*"
    return f"{what} {MRKDWN.rhythm(digest.cadence, digest.zone)}."


def to_start_again(voice: Voice, digest: Digest, names: Mapping[str, str] | None) -> str:
    """What to type for the same digest once more, with the channels that it read, if not its own alone.

    `names` are those of its channels; None where whoever reads this may not know them all.
    """
    product = typed_name(digest.product.name)
    when = f"{digest.cadence} {digest.zone}"
    if tuple(digest.sources) == (digest.channel_id,):
        return voice.code(f"/pulse digest {product} {when}")
    if names is None:
        sources = listed([channel(each) for each in digest.sources])
        return f"{voice.code(f'/pulse digest {product} {when} from')} followed by {sources}"
    read = " ".join(f"#{names[each]}" for each in digest.sources)
    return voice.code(f"/pulse digest {product} from {read} {when}")


def failing(owned: Pulse | Digest, what: str) -> str:
    """Something that is due fails again and again; `what` could not be done, as in "could not be asked"."""
    return f"{capital(_called(owned))} in {channel(owned.channel_id)} {what} so far. {_TRIED_AGAIN}"


def unlabelled(pulse: Pulse) -> str:
    """Comments cannot be classified."""
    where = channel(pulse.channel_id)
    return f"Tone and topic of comments on {_called(pulse)} in {where} may be missing. {_TRIED_AGAIN}"


def share_uncertain(share: Share) -> str:
    """Slack's answer to shared results was lost: they may or may not be there."""
    return (
        f"Slack did not say whether the results were posted in {channel(share.channel_id)}. "
        "They are not sent again, so that nobody sees them twice. Please look there. "
        "If they are missing, press Remove it, then share them once more."
    )


def share_refused(share: Share, error: str) -> str:
    """Slack does not take shared results: why, and what to do."""
    not_shared = f"{why(share, error)} So the results were not shared there."
    return f"{not_shared} {remedy(error)} Then share them once more."


def leads_of(owned: Pulse | Digest, names: Sequence[str], *, changed: bool = False) -> str:
    """Who leads a question or a digest, and who reads what is written."""
    now = " now" if changed else ""
    said = f"*{capital(_called(owned))}* is{now} led by {listed([safe(name) for name in names])}."
    if isinstance(owned, Digest):
        return f"{said} Leads and workspace admins can change it."
    return f"{said} They and workspace admins read its comments; each question says so."


def _called(owned: Pulse | Digest) -> str:
    if isinstance(owned, Digest):
        return f"the digest of {safe(owned.product.name)}"
    instrument = INSTRUMENTS[owned.instrument]
    return f"question {owned.number} ({instrument.name} about {safe(owned.about)})"


def why(owned: Pulse | Digest | Share, error: str) -> str:
    """What Slack's code `error` means for a message in this channel."""
    where = channel(owned.channel_id)
    if error in _GONE:
        return f"Bifocal is not in {where} any more."
    if error == "is_archived":
        return f"{where} is archived."
    if error in _LOCKED_OUT:
        return f"Slack no longer lets Bifocal in, so nothing reaches {where}."
    if error.startswith("restricted_action"):
        return f"Only some people may post in {where}, and Bifocal is not one of them."
    return f"Slack refused a message of Bifocal in {where} ({safe(error)})."


def remedy(error: str) -> str:
    """What to do about Slack's code `error`."""
    if error in _GONE:
        return "Type `/invite @Bifocal` there."
    if error == "is_archived":
        return "It has to be unarchived first."
    if error in _LOCKED_OUT:
        return "Whoever runs Bifocal has to install it again."
    if error.startswith("restricted_action"):
        return "A workspace admin can let Bifocal post there."
    return "Whoever runs Bifocal finds more in its log."


def _resume(owned: Pulse | Digest) -> str:
    if isinstance(owned, Pulse) and owned.cadence:
        return f"Then {MRKDWN.code(f'/pulse resume {owned.number}')}."
    return f"Then {MRKDWN.code(_order(owned))} once more."


def _again(owned: Pulse | Digest) -> str:
    return f"If it is missing, {MRKDWN.code(_order(owned))} posts it."


def _order(owned: Pulse | Digest) -> str:
    """What to type in the channel for another post."""
    if isinstance(owned, Digest):
        return f"/pulse digest {typed_name(owned.product.name)} now"
    words = f'"{owned.about}"' if _WHEN.search(owned.about) else owned.about
    named = typed_name(owned.product.name)
    about = named if owned.about == owned.product.name else f"{named}: {words}"  # one of several products
    return f"/pulse ask {owned.instrument} about {about}"
