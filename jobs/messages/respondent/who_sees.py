"""Who sees what of a question, with the button to what is kept of the person who reads it."""

from collections.abc import Sequence

from jobs.cadence import DAYS, EveryFewWeeks, Monthly, Quarterly, Weekly, read
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import View, actions, modal, section
from jobs.messages.respondent.question import NAMES_TELL
from jobs.messages.respondent.receipts import kept_of_me_button
from jobs.messages.wording.escaping import safe
from jobs.messages.wording.voice import MRKDWN, comment_readers, four_weeks
from jobs.privacy.look import NOTHING_SET, KeptFor
from jobs.privacy.round_rule import is_small, number_from, word_from
from storage.records import Digest, Pulse, Wave

WHAT_FIGURES_TELL = (
    "A group figure always says something about everyone in it: if nobody chose 0 to 6, then you did not, "
    "and whoever knows what you usually think, recognises how you write, or puts their heads together with "
    "most of the others can work out the rest. Bifocal keeps any one answer from being read off its figures; "
    "it cannot keep people from guessing by what they know from elsewhere, above all by watching for months "
    "who answered and who did not."
)
"""What no rule can prevent."""
REMINDERS = (
    "*Reminders:* Bifocal may remind you once before a question closes. For that it keeps, under a code made "
    "from your Slack id, when a message last went out to you, also by kind of question, and what you said."
)
SAVED = (
    "*Messages in Slack:* a message of yours may be saved as feedback, without your name. You find it under "
    "*What is kept of me*, with a button that removes it."
)
BACKUPS = "Backups keep old copies until whoever runs Bifocal deletes them."


def privacy(wave: Wave, *, readers: Sequence[Digest], weeks: int, kept: KeptFor = NOTHING_SET) -> View:
    """Who sees what of this question; `readers` are the digests that take it as a source.

    `weeks` and `kept` are settings: the time between two counts of a question, and what is kept how long.
    """
    pulse = wave.pulse
    said = _named(wave, kept) if pulse.named else _confidential(wave, weeks, kept)
    who = f"*Who asks:* {safe(pulse.asked_by)}. *Who sees the scores:* {_readers(pulse, readers)}."
    may = (
        "*You may* take your answer back until the question closes. You may be forgotten at any time: "
        "your name and comments are erased; a number already counted stays, without your name. "
        "Whoever kept the list with your name can still work out what you answered."
        if pulse.named
        else "*You may* take your answer back until the question closes. "
        "You may have your comments erased at any time."
    )
    return modal(
        ids.PRIVACY_VIEW,
        "Privacy",
        [
            *(section(text) for text in (*said, REMINDERS, who, may, SAVED, WHAT_FIGURES_TELL)),
            actions(ids.ME_BLOCK, kept_of_me_button()),
        ],
        close="Close",
        metadata=ids.write_wave(wave.id),
    )


def privacy_in_general(min_group: int, *, weeks: int, kept: KeptFor = NOTHING_SET) -> View:
    """Who sees what of questions in general; `min_group` is the smallest group of which anything is shown."""
    said = (
        (
            "*What you choose* is shown to nobody on its own, also not to an admin. It counts only together "
            f"with {number_from(min_group) - 1} others or more; fewer may count for a word, not for a number."
        ),
        (
            "*What you write* is read by the leads of the question and by workspace admins, without your "
            f"name, once {min_group} people have written. Your style may give you away. "
            f"The digest quotes it only if you tick the box.{_comments_kept(kept)}"
        ),
        _CODE,
        _count(weeks, kept),
        "*A question with names* says so: its leads see your name with what you choose and write.",
        "*You may* take an answer back until its question closes, and have your comments erased at any time.",
        "Under each question *Privacy* says who asks it and which channels see its scores.",
    )
    blocks = [*(section(text) for text in (*said, REMINDERS, SAVED, WHAT_FIGURES_TELL))]
    return modal(
        ids.PRIVACY_VIEW, "Privacy", [*blocks, actions(ids.ME_BLOCK, kept_of_me_button())], close="Close"
    )


_CODE = (
    "*Your name* is not kept with your answer. Bifocal keeps a code made from your Slack id: "
    "you count once and can change your mind. We say confidential, not anonymous. "
    "Under the same code it keeps how you know a product, if you say it. At the count the scores of buyers, "
    "users and others may be written down too, of ten people or more each; those totals stay. "
    "Until the count, whoever runs the server could find out what you chose; after it nobody can."
)


def _count(weeks: int, kept: KeptFor) -> str:
    return (
        f"*The count:* a question is counted at most once in {four_weeks(weeks)}. "
        "Then the score is written down and the ties between answers and people are deleted. "
        "A score already counted keeps your number: nobody can trace it, and you cannot take it out. "
        f"{_waiting_kept(kept)}{BACKUPS}"
    )


def _confidential(wave: Wave, weeks: int, kept: KeptFor) -> tuple[str, ...]:
    pulse, number = wave.pulse, number_from(wave.promise)
    return (
        (
            "*What you choose* is shown to nobody on its own, "
            f"also not to {safe(pulse.asked_by)} or an admin. "
            f"It counts only together with {number - 1} others or more.{_word(wave)}"
        ),
        (
            f"*What you write* is read by {comment_readers(pulse)}, without your name, "
            f"once {wave.promise} people have written. Your style may give you away. "
            f"The digest quotes it only if you tick the box.{_comments_kept(kept)}"
        ),
        _CODE,
        _count(weeks, kept),
    )


def _comments_kept(kept: KeptFor) -> str:
    """How long, where that is set."""
    return f" After {kept.comments} weeks it is erased." if kept.comments else ""


def _waiting_kept(kept: KeptFor) -> str:
    if kept.waiting == NOTHING_SET.waiting:
        return ""
    return f"What still waits to be counted {kept.waiting} weeks after its question closed is erased. "


def _word(wave: Wave) -> str:
    """What is shown of fewer people: in a small channel, or where the question is not repeated."""
    number, word = number_from(wave.promise), word_from(wave.promise)
    if word >= number or not (is_small(wave.invited) or wave.pulse.asked_once):
        return ""
    return f" With {word - 1} to {number - 2} others it may count for a word: leaning good, poor or neither."


def _named(wave: Wave, kept: KeptFor) -> tuple[str, ...]:
    number = number_from(wave.promise)
    return (
        (
            f"*This question is asked with names.* {comment_readers(wave.pulse)} see your name with "
            f"what you choose and write. Others see only scores of {number} people or more.{_word_of(wave)}"
        ),
        f"*What you write* is quoted in no digest.{_comments_kept(kept)}",
        f"*Your Slack id* is kept with your answer, also after it is counted. {BACKUPS}",
        NAMES_TELL,
    )


def _word_of(wave: Wave) -> str:
    if not _word(wave):
        return ""
    number, word = number_from(wave.promise), word_from(wave.promise)
    return f" Of {word} to {number - 1} they may see a word: leaning good, poor or neither."


def _readers(pulse: Pulse, readers: Sequence[Digest]) -> str:
    """Every channel with a digest of it, and when; and the channel in which it is asked, on request."""
    seen = {digest.channel_id: f"<#{digest.channel_id}>, {_how_often(digest)}" for digest in readers}
    seen.setdefault(pulse.channel_id, f"<#{pulse.channel_id}>, when somebody there asks for it")
    return "; ".join(seen.values())


def _how_often(digest: Digest) -> str:
    rule = read(digest.cadence)
    if isinstance(rule, Weekly):
        return f"on {DAYS[rule.weekday]}s"
    if isinstance(rule, EveryFewWeeks):
        which = {2: "second", 3: "third"}.get(rule.weeks, "fourth")
        return f"every {which} {DAYS[rule.weekday]}"
    if isinstance(rule, Quarterly):
        return "once a quarter"
    return "once a month" if isinstance(rule, Monthly) else MRKDWN.rhythm(digest.cadence, digest.zone)
