"""Why something is not shown or not done, in one sentence or two.

Each is mrkdwn text in which all that people typed is escaped.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from jobs.instruments import INSTRUMENTS
from jobs.messages.wording.escaping import safe
from jobs.messages.wording.naming_words import ABOUT_WHAT
from jobs.messages.wording.vocabulary import side_words
from jobs.messages.wording.voice import MRKDWN, comment_readers
from jobs.slack.call_outcome import CallOutcome, FailedCall
from storage.records import Digest, Pulse

MINUTE = timedelta(minutes=1)
LIST = MRKDWN.code("/pulse list")
FORM_TOO_LATE = "*That took too long.*"
FORM_NOT_OPENED = "*Slack could not open the form just now.*"
FORM_REFUSED = "*Slack did not take the form; whoever runs Bifocal finds more in its log.*"


def channel(channel_id: str) -> str:
    """A channel as Slack shows it: by its name, to those who may see it."""
    return f"<#{channel_id}>"


def names_too_close(product: str, first: date, *, named: bool) -> str:
    """What people say with their names would tell what they said without, so both are kept apart.

    `named` says which of the two was to be asked, `first` from which day on it may be.
    """
    here, there = ("with", "without") if named else ("without", "with")
    return (
        f"People in this channel were asked about the same side of {safe(product)} {there} names lately. "
        f"It may be asked {here} names from {MRKDWN.day(first, year=True)} on. Nothing was asked."
    )


def over_by_now(until: datetime, zone: str) -> str:
    """A question that was to close at a moment which has passed before it was asked."""
    return f"{MRKDWN.when(until, zone)} is over, so nothing was asked. Type the command with a later time."


def not_in_channel(channel_id: str) -> str:
    """Bifocal has to be invited first."""
    return (
        f"Bifocal is not in {channel(channel_id)}. "
        "Type `/invite @Bifocal` there, then send this again. Nothing was changed."
    )


def archived(channel_id: str) -> str:
    """Nobody can answer in an archived channel."""
    return f"{channel(channel_id)} is archived: nobody can answer there. Nothing was changed."


def asker_not_in_channel(channel_id: str) -> str:
    """People ask only where they are themselves."""
    return f"You are not in {channel(channel_id)}. Join it, then send this again. Nothing was changed."


def not_a_full_member() -> str:
    """Guests, people of other companies and bots set nothing up."""
    return (
        "Only full members of this workspace can ask, schedule or set anything up, "
        "not guests, people of other companies or bots. Nothing was changed."
    )


def source_left(channel_id: str) -> str:
    """A digest reads only where one of its leads is."""
    return f"{channel(channel_id)} is not read: no lead of the digest is in it any more."


def source_unseen(channel_id: str) -> str:
    """A digest reads only where Bifocal sees who is in the channel."""
    return f"{channel(channel_id)} is not read: Bifocal does not see it any more."


def source_untold(channel_id: str) -> str:
    """Whether a lead is in the channel is not known, so it is not read."""
    return f"{channel(channel_id)} is not read: Slack did not say who is in it."


def sources_unreadable(digest: Digest) -> str:
    """What is kept of a digest does not say any more which channels it reads."""
    return (
        f"Which channels the digest of {safe(digest.product.name)} in {channel(digest.channel_id)} reads "
        "cannot be found in the database any more, so it is not posted. "
        f"To set it again, type {MRKDWN.code(f'/pulse digest {digest.product.name} from')} there, "
        "followed by the channels."
    )


def nothing_read(product: str | None, notes: Sequence[str]) -> str:
    """Nothing is found, but some channels could not be looked at; `notes` say why."""
    about = f" about {safe(product)}" if product else ""
    return " ".join([f"Nothing{about} is read here at the moment.", *notes])


def no_such_pulse(number: str | int) -> str:
    """There is no pulse of this number here; a pulse of another channel gets the same answer."""
    return f"There is no question {safe(str(number))} in this channel. {LIST} shows what runs here."


def not_a_lead(pulse: Pulse, verb: str) -> str:
    """Only leads may do this: `verb` is close, pause, resume or take down."""
    done = "take it down" if verb == "take down" else f"{verb} it"
    return f"Only {safe(pulse.asked_by)}, other leads of this question and workspace admins can {done}."


def not_a_lead_of_digest(digest: Digest, verb: str) -> str:
    """Only leads may change a digest: `verb` is change or end."""
    name = safe(digest.product.name)
    return f"Only the leads of the digest of {name} and workspace admins can {verb} it."


def not_scheduled(pulse: Pulse) -> str:
    """Only a schedule can be paused and resumed."""
    close, repeats = MRKDWN.code(f"/pulse close {pulse.number}"), MRKDWN.code("/pulse schedule")
    ways = f"{close} ends it while it is open; {repeats} sets up one that is repeated."
    return f"Question {pulse.number} has no schedule. {ways} Nothing was changed."


def reworded_while_open(pulse: Pulse, until: datetime) -> str:
    """The words of a question stay while people read it."""
    close = MRKDWN.code(f"/pulse close {pulse.number}")
    return (
        f"It is open until {MRKDWN.when(until, pulse.zone)}, and its words stay while it is open. "
        f"Change them after that, or end it now with {close}. Nothing was changed."
    )


def nothing_open(pulse: Pulse) -> str:
    """There is no question of it to close or to take down."""
    return f"Question {pulse.number} is not open. {LIST} shows what is open here. Nothing was changed."


def comments_for_leads(pulse: Pulse | None) -> str:
    """Comments are read by the leads of their question only, and by admins."""
    if pulse is None:
        return "Comments are read by leads and workspace admins."
    about = side_words(pulse.lens, pulse.product.name)
    return f"Comments on {about} are read by {comment_readers(pulse)}."


def answers_for_leads(pulse: Pulse) -> str:
    """Answers with names are read by the leads of their question only, and by admins."""
    about = side_words(pulse.lens, pulse.product.name)
    return f"Answers with names on {about} are read by {comment_readers(pulse)}."


def no_names() -> str:
    """Only confidential questions were asked: no one can read who chose what."""
    return "No question here is asked with names, so nobody can read who chose what."


def no_answers_with_names() -> str:
    """A question with names waits for its first answer."""
    return "Nobody has answered with their name yet."


def no_comments(whose: str = "") -> str:
    """Nothing is listed; `whose` is a side or a product, safe in mrkdwn."""
    return f"No comment{f' on {whose}' if whose else ''} can be read here yet."


def comments_too_few(need: int, *, questions: int = 1) -> str:
    """Comments are shown to nobody below the smallest group, which each question needs for itself."""
    few = f"Fewer than {need} people have written a comment."
    return (
        f"{few if questions == 1 else f'No question has comments of {need} people yet.'} "
        f"Comments are shown from {need}, so that nobody can be picked out."
    )


def comments_too_few_since(need: int, *, questions: int = 1) -> str:
    """Comments are listed; what came later is not yet."""
    to = "" if questions == 1 else " to one question"
    return f"Fewer than {need} people have written{to} since; theirs are shown once {need} have."


def comments_ready(need: int, ready: datetime, zone: str) -> str:
    """The question has closed, and the last forms may still come in."""
    return (
        "The question has closed. Open forms have 15 minutes to come in; comments are ready "
        f"{MRKDWN.when(ready, zone)}, where {need} people have written."
    )


def comments_open(need: int) -> str:
    """Comments are shown to nobody while their question is open."""
    return (
        f"Comments are shown when the question has closed and {need} people have written, "
        "so that nobody can be picked out."
    )


def nothing_asked(product: str | None, instrument: str | None = None) -> str:
    """Nothing was asked here yet; with an `instrument`, that one was not."""
    what = f"{INSTRUMENTS[instrument].name} has not" if instrument else "Nothing has"
    example = f"/pulse ask {instrument or 'nps'} about Atlas{ABOUT_WHAT.get(instrument or '', '')}"
    start = MRKDWN.code(example.replace("Atlas", product or "Atlas"))
    return f"{what} been asked here yet. Start with {start}."


def no_digest() -> str:
    """No digest is posted in this channel."""
    start = MRKDWN.code("/pulse digest Atlas weekly mon 09:00")
    form = MRKDWN.code("/pulse digest setup")
    return f"There is no digest in this channel. Set one up with {form}, or in one line: {start}."


def no_edition(digest: Digest) -> str:
    """There is nothing to post: nothing was ever asked."""
    start = MRKDWN.code(f"/pulse ask nps about {digest.product.name}")
    return (
        f"Nothing has been asked about {safe(digest.product.name)} yet, so nothing was posted. "
        f"Start with {start}."
    )


def slack_unavailable(failed: FailedCall) -> str:
    """Slack did not tell what had to be known: for the moment, or until somebody does something."""
    if failed.outcome in (CallOutcome.AGAIN, CallOutcome.LOST):
        minutes = max(1, -(-failed.wait // MINUTE))
        when = "in a minute" if minutes == 1 else f"in {minutes} minutes"
        return f"Slack does not answer Bifocal at the moment. Please try again {when}."
    return (
        f"Slack does not tell Bifocal what it has to know for this ({safe(failed.error)}). "
        "Whoever runs Bifocal finds more in its log."
    )


def too_slow() -> str:
    """An answer took so long that it was given up; what was asked for may be done or not."""
    slow = "That took too long, probably because Slack is slow."
    return f"{slow} See with {LIST} what was done before you try again."


def database_away() -> str:
    """Nothing can be read or kept at the moment."""
    return "Bifocal cannot reach its database. Please try again in a minute."


def fault() -> str:
    """Something failed, and the person did nothing wrong."""
    return "Something went wrong in Bifocal. Please try again in a minute."
