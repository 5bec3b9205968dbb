"""What became of a digest's standing order: set, shown, ended (wireframes 2.5 and design)."""

from collections.abc import Sequence
from datetime import datetime

from jobs import cadence
from jobs.messages.blocks import Message, message, section
from jobs.messages.text import safe
from jobs.messages.words import Voice, both, listed, spoken
from storage.records import Digest


def digest_set(digest: Digest, *, dates: Sequence[datetime], notes: Sequence[str] = ()) -> Message:
    """The digest is posted here from now on; `dates` are its next times, `notes` mrkdwn sentences."""

    def say(voice: Voice) -> str:
        rule = cadence.words(cadence.read(digest.cadence), digest.zone)
        head = voice.bold(f"The digest of {safe(digest.product.name)} is posted here:")
        when = spoken(rule) if voice.aloud else rule
        sources = listed([f"<#{source}>" for source in digest.sources])
        read = f"It reads {sources}." if sources else ""
        following = "; ".join(voice.when(date, digest.zone) for date in dates)
        return voice.lines(f"{head} {when}. {read}".rstrip(), f"Next: {following}." if dates else "")

    aloud, shown = both(say)
    return message(" ".join([aloud, *map(spoken, notes)]), section("\n".join([shown, *notes])))


def digest_off(digest: Digest) -> Message:
    """No more editions; what was posted stays."""

    def say(voice: Voice) -> str:
        head = voice.bold(f"The digest of {safe(digest.product.name)} has ended.")
        again = voice.code(f"/pulse digest {digest.product.name} {digest.cadence} {digest.zone}")
        return f"{head} What was posted stays. It starts again with {again}."

    aloud, shown = both(say)
    return message(aloud, section(shown))


def digest_now(digest: Digest) -> Message:
    """An edition is on its way, beside its schedule."""

    def say(voice: Voice) -> str:
        return f"{voice.bold(f'The digest of {safe(digest.product.name)}')} is posted here now."

    aloud, shown = both(say)
    return message(aloud, section(shown))
