"""What became of a digest's settings: saved, shown, posted now, ended."""

from collections.abc import Sequence
from datetime import datetime

from jobs.messages.layout.blocks import Message, message, section
from jobs.messages.lead.channel_list import listing
from jobs.messages.lead.owner_notices import to_start_again
from jobs.messages.wording.escaping import safe
from jobs.messages.wording.voice import Voice, in_both_voices, listed, spoken
from jobs.messages.wording.why_not import no_digest
from storage.records import Digest


def saved(digest: Digest, *, notes: Sequence[str] = ()) -> Message:
    """From now on the digest is posted here; `notes` are mrkdwn sentences."""

    def say(voice: Voice) -> str:
        head = voice.bold(f"The digest of {safe(digest.product.name)} is posted here:")
        sources = listed([f"<#{source}>" for source in digest.sources])
        first = f"{head} {voice.rhythm(digest.cadence, digest.zone)}."
        following = f"Next: {voice.when(digest.next_at, digest.zone)}." if digest.next_at else ""
        silent = "Nothing is posted in a week without anything to say."
        return voice.lines(first, f"It reads {sources}." if sources else "", following, silent)

    aloud, shown = in_both_voices(say)
    return message(" ".join([aloud, *map(spoken, notes)]), section("\n".join([shown, *notes])))


def digests_here(digests: Sequence[Digest], *, now: datetime) -> Message:
    """The digests of this channel with their next times, or how to start one."""
    if digests:
        return listing([], digests, now=now)
    return message(spoken(no_digest()), section(no_digest()))


def posted(digest: Digest) -> Message:
    """An edition is posted now, outside its schedule."""
    aloud, shown = in_both_voices(
        lambda voice: f"{voice.bold(f'The digest of {safe(digest.product.name)}')} is posted here now."
    )
    return message(aloud, section(shown))


def ended(digest: Digest) -> Message:
    """No more editions; what was posted stays."""

    def say(voice: Voice) -> str:
        head = voice.bold(f"The digest of {safe(digest.product.name)} has ended.")
        return f"{head} What was posted stays. It starts again with {to_start_again(voice, digest)}."

    aloud, shown = in_both_voices(say)
    return message(aloud, section(shown))
