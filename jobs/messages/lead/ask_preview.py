"""Before and after asking: the preview of what people will read, and the answer that it goes out."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Protocol
from zoneinfo import ZoneInfo

from jobs.cadence import DAYS, EveryFewWeeks, Weekly, read
from jobs.instruments import INSTRUMENTS, Instrument
from jobs.messages.layout import digest_ids, ids
from jobs.messages.layout.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    confirm,
    context,
    divider,
    message,
    modal,
    named_buttons,
    section,
)
from jobs.messages.lead.ask_draft import AskDraft, write_draft
from jobs.messages.lead.asking_notes import counted_every
from jobs.messages.respondent.question import QuestionWording, question_text
from jobs.messages.wording.escaping import safe
from jobs.messages.wording.voice import (
    MRKDWN,
    Voice,
    count,
    in_both_voices,
    promise,
    readers,
    spelled,
    spoken,
)
from jobs.messages.wording.why_not import channel
from storage.records import Pulse, Wave

WEEK = timedelta(days=7)
NOT_COMPLETED = "*Slack did not show the whole preview.* Nothing was asked. Close the form and type {} again."
ELEVEN = 11  # points, the longest scale
UNTIL_DIGEST = (
    "Open each time until 17:00 on the last working day before its digest, or for five working days without "
    "one. It closes before it is asked again."
)


class Results(Protocol):
    """The edition that will have the results; `channel_id` is None where the asker may not know it."""

    @property
    def channel_id(self) -> str | None:
        """Where it is posted."""

    @property
    def on(self) -> date:
        """Its day, on the digest's clock."""


def preview(
    draft: AskDraft,
    *,
    asked_by: str,
    min_group: int,
    people: int | None,
    first: int | None = None,
    shared: bool,
    notes: Sequence[str],
    closes: datetime | None = None,
    meets: Results | None = None,
    dates: Sequence[datetime] = (),
    weeks: int = 4,
    small: str = "",
) -> View:
    """The question as people will read it, where it goes, and what the lead should know before.

    `people` is how many can see it, None where nobody knows; `first` is how many could when what waits of it
    was asked first, None where none does: a word is promised by that; `notes` are mrkdwn sentences, `small`
    is that of a small channel; `dates` are the next times of a schedule; `weeks` lie between two counts.
    `closes` is when it ends, the first time, None before that is known; `meets` is the edition that has its
    results then.
    """
    instrument = INSTRUMENTS[draft.instrument]
    read_by = readers(asked_by)
    seen_by = read_by if draft.named else None
    wording = QuestionWording(instrument, question_text(instrument, draft.words), draft.words, seen_by)
    promised = promise(
        named=draft.named,
        group=min_group,
        members=people if first is None else first,
        once=draft.cadence is None,
        read_by=read_by,
    )
    end = f"\nCloses {MRKDWN.when(closes, draft.zone)}" if closes and not draft.cadence else ""
    where = [*_when(draft, dates, closes), results(MRKDWN, meets) if closes else "", small]
    rest = " ".join(filter(None, where))
    seen = "People from another company are in this channel and see it too." if shared else ""
    known = [*filter(None, [seen]), *_counted(dates, weeks), *notes]
    blocks = [
        section(wording.full(MRKDWN)),
        context(_buttons(instrument)),
        context(f"Asked by {safe(asked_by)}. {promised}{end}"),
        divider(),
        section(("\n" if draft.cadence else " ").join(filter(None, [_goes(draft, people), rest]))),
        *([context("\n".join(known))] if known else []),
    ]
    return modal(
        ids.ASK_PREVIEW,
        "This is what they see",
        blocks,
        close="Back",
        submit="Save" if draft.changes else "Repeat it" if draft.cadence else "Ask",
        metadata=write_draft(draft),
    )


def _buttons(instrument: Instrument) -> str:
    """The buttons below the question, in words, since nothing can be pressed here."""
    if instrument.has_form:
        return f"Here stands one button, Answer. It opens {spelled(len(instrument.items))} statements."
    points = instrument.scale.points
    many = "eleven" if len(points) == ELEVEN else spelled(len(points))
    shown = " ".join(MRKDWN.code(str(point)) for point in points)
    return f"Here stand {many} buttons, {points[0]} to {points[-1]}:  {shown}"


def refused_page(refusal: str) -> View:
    """The page that stands in place of the preview where nothing can be asked; `refusal` is mrkdwn."""
    back = context("Back leads to the form, with everything that you typed.")
    return modal(ids.TOLD_VIEW, "This cannot be asked", [section(refusal), back], close="Back")


def _goes(draft: AskDraft, people: int | None) -> str:
    whom = f", {count(people, 'person', 'people')}" if people else ""
    if draft.cadence is None:
        return f"Goes to {channel(draft.channel_id)} now{whom}."
    return f"Goes to {channel(draft.channel_id)}{whom}, {repeated(draft.cadence, draft.zone)}."


def repeated(rule: str, zone: str) -> str:
    """How often, inside a sentence: "every 4 weeks on Monday, 10:00 (Berlin)"."""
    found, city = read(rule), zone.rpartition("/")[2].replace("_", " ")
    if isinstance(found, Weekly | EveryFewWeeks):
        often = "every week" if isinstance(found, Weekly) else f"every {found.weeks} weeks"
        return f"{often} on {DAYS[found.weekday]}, {found.at:%H:%M} ({city})"
    phrase = found.phrase
    keeps = phrase.startswith(("January", "Mondays"))
    return f"{phrase if keeps else phrase[:1].lower() + phrase[1:]} ({city})"


def _when(draft: AskDraft, dates: Sequence[datetime], closes: datetime | None) -> Iterator[str]:
    """The next days of a schedule, and until when it is open each time."""
    if not draft.cadence or not dates:
        return
    zone = ZoneInfo(draft.zone)
    days = [each.astimezone(zone).date() for each in dates]
    yield f"Next: {', '.join(MRKDWN.day(day, weekday=True) for day in days)}."
    if draft.open_for:
        yield f"Open for {open_for(draft.open_for)} each time."
    elif closes:
        end = closes.astimezone(zone)
        first, *later = (day.isocalendar()[:2] for day in (*days, end.date()))
        if first == later[-1] and first not in later[:-1]:
            yield f"Open until the {DAYS[end.weekday()]} of that week, {end:%H:%M}."
        else:
            yield f"The first is open until {MRKDWN.day(end.date(), weekday=True)}, {end:%H:%M}."


def _counted(dates: Sequence[datetime], weeks: int) -> list[str]:
    """How often a question is counted whose schedule is shorter than the time between two counts."""
    shortest = min((later - earlier for earlier, later in pairwise(dates)), default=timedelta.max)
    return [counted_every(weeks)] if shortest < weeks * WEEK - timedelta(days=1) else []


def results(voice: Voice, meets: Results | None) -> str:
    """Which digest will have it: "Results: digest in #atlas-team, Mon 30 Nov."."""
    if meets is None:
        return "No digest reads it yet."
    where = channel(meets.channel_id) if meets.channel_id else "a private channel"
    return f"Results: digest in {where}, {voice.day(meets.on, weekday=True)}."


def asked(
    wave: Wave, *, meets: Results | None = None, notes: Sequence[str] = (), stands: bool = True
) -> Message:
    """A question stands in its channel; it can be taken down. `notes` are mrkdwn sentences.

    `meets` is the edition with its results, None where no digest reads it; not `stands`: it is on its way.
    """
    pulse = wave.pulse

    def say(voice: Voice) -> str:
        where = channel(pulse.channel_id)
        said = voice.bold(f"Asked in {where}" if stands else f"It is being posted in {where}")
        number = f"(number {pulse.number})" + ("." if stands else "; you are told if that fails.")
        until = voice.when(wave.closes_at, pulse.zone)
        return f"{said} {number} Open until {until}. {results(voice, meets)}"

    set_up = button("Set up a digest", digest_ids.SET_UP, value=digest_ids.about(pulse.product.name))
    row = [*([] if meets else [set_up]), take_down_button(wave)]
    aloud, shown = in_both_voices(say)
    text = " ".join([aloud, *map(spoken, notes), named_buttons(row)])
    return message(text, section("\n".join([shown, *notes])), actions(ids.asked_block(wave.id), *row))


def take_down_button(wave: Wave, *, ask: bool = True) -> Block:
    """The button Take it down; with `ask` it asks for confirmation, which a message may have done already."""
    dialog = confirm(
        "Take the question down?",
        "It is removed from the channel, with its answers and comments. "
        "A score in which it is counted is withdrawn.",
        yes="Take it down",
        no="Leave it",
    )
    return button("Take it down", ids.TAKE_DOWN, value=wave.id, confirm=dialog if ask else None)


def scheduled(
    pulse: Pulse, *, dates: Sequence[datetime], notes: Sequence[str] = (), weeks: int = 4
) -> Message:
    """A schedule is kept; `dates` are its next times, `notes` mrkdwn sentences, `weeks` the setting."""

    def say(voice: Voice) -> str:
        goes = f"{voice.bold(f'Set up in {channel(pulse.channel_id)}')} (number {pulse.number})"
        often = repeated(pulse.cadence, pulse.zone) if pulse.cadence else "once"
        rhythm = f": {spoken(often) if voice.aloud else often}"
        length = f"Open for {open_for(pulse.open_for)} each time." if pulse.open_for else UNTIL_DIGEST
        next_times = f"Next: {_dates(voice, dates, pulse.zone)}." if dates else ""
        return voice.lines(f"{goes}{rhythm}.", length, next_times, *_counted(dates, weeks))

    aloud, shown = in_both_voices(say)
    return message(" ".join([aloud, *map(spoken, notes)]), section("\n".join([shown, *notes])))


def open_for(length: timedelta) -> str:
    """How long a question can be answered: "3 days", "1 week"."""
    if length >= WEEK and not length % WEEK:
        return count(length // WEEK, "week")
    if length >= timedelta(days=1) and not length % timedelta(days=1):
        return count(length.days, "day")
    return count(max(1, round(length / timedelta(hours=1))), "hour")


def _dates(voice: Voice, dates: Sequence[datetime], zone: str) -> str:
    return "; ".join(voice.when(date, zone) for date in dates)
