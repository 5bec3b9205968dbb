"""What became of a digest's settings: saved, shown, posted now, ended."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from jobs.messages.digest_setup.digest_draft import DigestDraft, fits, write_digest
from jobs.messages.layout import digest_ids
from jobs.messages.layout.blocks import Block, Message, actions, button, message, named_buttons, section
from jobs.messages.lead.channel_list import listing
from jobs.messages.lead.owner_notices import to_start_again
from jobs.messages.wording.escaping import safe
from jobs.messages.wording.voice import Voice, in_both_voices, listed, spoken
from jobs.messages.wording.why_not import channel, no_digest
from storage.records import Digest


def saved(digest: Digest, *, before: Digest | None = None) -> Message:
    """From now on the digest is posted so; `before` is how it was, None for a new one."""
    same = before is not None and _settings(before) == _settings(digest) and not before.paused

    def say(voice: Voice) -> str:
        about = f"digest about {safe(digest.product.name)}"
        if same:
            head = f"{voice.bold('Nothing was changed.')} The {about} is set up"
        else:
            head = voice.bold(f"The {about} is {'changed' if before else 'set up'}.")
        now = f"{' ' if same else ' In '}{_order(voice, digest, place='in ' if same else '')}."
        first = "First" if before is None else "Next"
        following = f" {first}: {_day(voice, digest)}." if digest.next_at else ""
        was = f"Before: {_order(voice, before)}." if before and not same else ""
        return voice.lines(f"{head}{now}{following}", was)

    row = [
        button("Preview, only to me", digest_ids.PREVIEW, value=digest.id),
        button("Change", digest_ids.CHANGE, value=digest.id),
    ]
    return _with_buttons(in_both_voices(say), digest.id, row)


def _settings(digest: Digest) -> tuple[object, ...]:
    return digest.sources, digest.cadence, digest.zone, digest.channel_id


def _order(voice: Voice, digest: Digest, *, place: str = "") -> str:
    read = listed([channel(source) for source in digest.sources])
    origin = f", from {read}" if read else ""  # none where what is kept cannot be read
    rhythm = voice.rhythm(digest.cadence, digest.zone, inside=True)
    return f"{place}{channel(digest.channel_id)}, {rhythm}{origin}"


def _day(voice: Voice, digest: Digest) -> str:
    moment = digest.next_at.astimezone(ZoneInfo(digest.zone)) if digest.next_at else None
    return voice.day(moment.date(), weekday=True) if moment else ""


def digests_here(digests: Sequence[Digest], *, now: datetime, hidden: Collection[str] = ()) -> Message:
    """The digests of this channel with their next times, or how to start one.

    `hidden` are channels of which whoever reads it may not know.
    """
    return listing([], digests, now=now, hidden=hidden, starts=False) if digests else none_here()


def none_here() -> Message:
    """No digest is posted here, with the button that sets one up."""
    said = no_digest()
    return _with_buttons((spoken(said), said), "none", [button("Set up a digest", digest_ids.SET_UP)])


def posted(digest: Digest, *, is_new: bool = True) -> Message:
    """An edition is posted now, outside its schedule; or is there already, made a moment ago."""
    done = "is posted here now" if is_new else "is here already, made a moment ago. Nothing more was posted"
    return _of_edition(digest, done)


def on_its_way(digest: Digest, *, tells: bool) -> Message:
    """An edition does not stand yet; `tells` says that whoever reads this is told if it fails."""
    return _of_edition(
        digest, f"is being posted here; {'you are' if tells else 'its lead is'} told if that fails"
    )


def _of_edition(digest: Digest, done: str) -> Message:
    aloud, shown = in_both_voices(
        lambda voice: f"{voice.bold(f'The digest about {safe(digest.product.name)}')} {done}."
    )
    return message(aloud, section(shown))


def ended(digest: Digest, names: Mapping[str, str] | None) -> Message:
    """No more editions; what was posted stays. With the very command and the button that start it again.

    `names` are those of its channels, None where whoever reads this may not know them all.
    """

    def say(voice: Voice) -> str:
        head = voice.bold(f"The digest about {safe(digest.product.name)} has ended")
        again = to_start_again(voice, digest, names)
        return f"{head} in {channel(digest.channel_id)}. What was posted stays. To start it again: {again}"

    row = []
    if fits(draft := DigestDraft.of(digest)):
        row = [button("Start it again", digest_ids.START_AGAIN, value=write_digest(draft))]
    return _with_buttons(in_both_voices(say), digest.id, row)


def _with_buttons(said: tuple[str, str], digest_id: str, row: Sequence[Block]) -> Message:
    aloud, shown = said
    buttons = [actions(digest_ids.digest_block(digest_id), *row)] if row else []
    stop = "" if aloud.endswith(".") else "."
    return message(f"{aloud}{stop} {named_buttons(row)}".strip(), section(shown), *buttons)
