"""Who sees what of a question, with the button to what is kept of the person who reads it."""

from collections.abc import Sequence

from jobs.cadence import DAYS, EveryTwoWeeks, Monthly, Quarterly, Weekly, read
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import View, actions, modal, section
from jobs.messages.respondent.answer_views import kept_of_me_button
from jobs.messages.wording.escaping import safe
from jobs.messages.wording.voice import MRKDWN, comment_readers
from storage.records import Digest, Pulse, Wave


def privacy(wave: Wave, *, readers: Sequence[Digest]) -> View:
    """Who sees what of this question; `readers` are the digests that take it as a source."""
    pulse = wave.pulse
    return modal(
        ids.PRIVACY_VIEW,
        "Privacy",
        [
            *(section(text) for text in (_named(pulse) if pulse.named else _confidential(pulse))),
            section(f"*Who asks:* {safe(pulse.asked_by)}. *Who reads:* {_readers(pulse, readers)}."),
            section(
                "*You may* take your answer back until the question closes, "
                "and see or erase what is kept of you at any time."
            ),
            actions(ids.ME_BLOCK, kept_of_me_button()),
        ],
        close="Close",
        metadata=ids.write_wave(wave.id),
    )


def _confidential(pulse: Pulse) -> tuple[str, ...]:
    k = pulse.min_group
    return (
        (
            "*What you choose* is shown to nobody on its own, "
            f"also not to {safe(pulse.asked_by)} or an admin. "
            f"It counts only in a group of {k} or more."
        ),
        (
            f"*What you write* is read by {comment_readers(pulse)}, without your name, once {k} people have "
            "written. Your style may give you away. It is quoted in a digest only if you allow it."
        ),
        (
            "*Your name* is not kept with your answer. Bifocal keeps a scrambled form of your Slack id, "
            "so that you count once, can change your mind and are not reminded after answering. "
            "That is why we say confidential and not anonymous: whoever runs Bifocal holds the key "
            "and could find out."
        ),
    )


def _named(pulse: Pulse) -> tuple[str, ...]:
    return (
        (
            f"*What you choose and write* is seen with your name by {comment_readers(pulse)}. "
            f"Others see only groups of {pulse.min_group} or more. "
            "What you write is quoted in a digest only if you allow it, without your name."
        ),
        (
            "*Your name:* Bifocal keeps your Slack id with your answer, "
            "so that you count once and can change your mind."
        ),
    )


def _readers(pulse: Pulse, readers: Sequence[Digest]) -> str:
    """Every channel with a digest of it, and when; without one, the channel in which it is asked."""
    if not readers:
        return f"<#{pulse.channel_id}>, when somebody there asks for it"
    return "; ".join(f"<#{digest.channel_id}>, {_how_often(digest)}" for digest in readers)


def _how_often(digest: Digest) -> str:
    rule = read(digest.cadence)
    if isinstance(rule, Weekly):
        return f"on {DAYS[rule.weekday]}s"
    if isinstance(rule, EveryTwoWeeks):
        return f"every second {DAYS[rule.weekday]}"
    if isinstance(rule, Quarterly):
        return "once a quarter"
    return "once a month" if isinstance(rule, Monthly) else MRKDWN.rhythm(digest.cadence, digest.zone)
