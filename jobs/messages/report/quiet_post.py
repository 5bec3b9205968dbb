"""The digest of a week without new scores: what still stands, what is coming in, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from jobs.cadence import DAYS
from jobs.contrast import Contrast, Side
from jobs.contrast.outlook import COMING, NextAsked, Outlook
from jobs.instruments import INSTRUMENTS
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    header,
    message,
    named_buttons,
    section,
)
from jobs.messages.report.digest_post import LONGEST_LABEL, Link
from jobs.messages.report.score_words import LIKELY
from jobs.messages.report.side_cards import WHO, also_this_week, name_of, person_of, sides
from jobs.messages.report.small_print import by_hand
from jobs.messages.report.telling import Telling, fitting
from jobs.messages.report.verdict import body, never_asked, title
from jobs.messages.wording.escaping import escape, one_line, safe
from jobs.messages.wording.voice import Voice, capital, count, in_both_voices, listed, spoken
from jobs.messages.wording.waiting_words import need_on_both, score_ready, waiting, waiting_again
from jobs.privacy.progress_rule import Progress, Stage
from storage.records import Lens

WEEK = 7  # days


def quiet_post(
    contrast: Contrast,
    outlook: Outlook,
    *,
    edition_id: str,
    link: Link,
    zone: str | None = None,
    notes: Sequence[str] = (),
) -> Message:
    """The digest in which no score is new.

    `link` gives the address of an open question, or None. Moments in words are told in `zone` (an IANA name);
    with None each in its own zone. `notes` are sentences of mrkdwn about sources that are not read.
    """
    notes = [*(f"{each}." for each in by_hand(contrast)), *notes]
    known = _Known(outlook=outlook, edition_id=edition_id, link=link, zone=zone, notes=notes)
    return fitting(partial(_told, known=known), replace(contrast, first=False, quote=None), quiet=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is said beside a contrast, however much of it is told."""

    outlook: Outlook
    edition_id: str
    link: Link
    zone: str | None
    notes: Sequence[str]


def _told(telling: Telling, *, known: _Known) -> Message:
    contrast, outlook, zone, notes = telling.contrast, known.outlook, known.zone, known.notes
    day = outlook.same_as
    if contrast.is_shown and day:
        aloud, shown = in_both_voices(
            lambda voice: voice.lines(
                _same(voice, telling.name, outlook, day),
                _since(voice, contrast, outlook, zone),
                telling.left_out(voice),
            )
        )
        top, row = [section(shown)], _repeat(wanted=outlook.next_asked is None and not _coming(contrast))
    else:
        headline = title(telling.titled)
        said, shown = in_both_voices(
            lambda voice: voice.lines(
                _without_scores(voice, contrast, outlook, zone),
                telling.left_out(voice),
                also_this_week(voice, contrast),
            )
        )
        notes = [*([LIKELY] if any(other.score.likely for other in contrast.others) else []), *notes]
        aloud = f"{escape(headline)}. {said}"
        top = [header(headline), *([section(shown)] if shown else [])]
        waits = any(each.answers for side in sides(contrast) for each in side.progress)
        row = _questions(contrast, known.link)
        row = row or _repeat(wanted=waits and not _coming(contrast) and outlook.next_asked is None)
    return message(
        " ".join(filter(None, [aloud, *map(spoken, notes), named_buttons(row)])),
        *top,
        *([context("\n".join(notes))] if notes else []),
        *([actions(ids.edition_block(known.edition_id), *row)] if row else []),
    )


def _repeat(*, wanted: bool) -> list[Block]:
    return [button("Repeat a question", ids.SCHEDULE)] if wanted else []


def _questions(contrast: Contrast, link: Link) -> list[Block]:
    """A button to each open question."""
    row = []
    for side, action_id in zip(sides(contrast), (ids.OPEN_CX, ids.OPEN_UX), strict=False):
        url = link(side.open_question) if side.open_question else None
        if url:
            label = capital(f"{side.about} {WHO[side.lens]} question".strip())
            row.append(button(one_line(label, LONGEST_LABEL), action_id, url=url))
    return row


def _same(voice: Voice, product: str, outlook: Outlook, day: date) -> str:
    said = voice.day(day)
    where = f"<{escape(outlook.link)}|{said}>" if outlook.link and not voice.aloud else said
    return voice.bold(f"{safe(product)}: same scores as on {where}.")


def _since(voice: Voice, contrast: Contrast, outlook: Outlook, zone: str | None) -> str:
    """What has come since: new answers, answers that wait, or nothing."""
    coming = _coming(contrast)
    waits = [_waiting(voice, side, contrast) for side in sides(contrast) if not _open(side)]
    if not coming and not any(waits):
        return _nothing(voice, outlook)
    from_whom = [f"{_answers(side):,} from {person_of(side)}s" for side in coming if _answers(side)]
    new = f"New answers are coming in: {', '.join(from_whom)}." if from_whom else ""
    ends = " ".join(filter(None, [new, _closes(voice, coming, zone), _results(voice, coming, outlook)]))
    return voice.lines(ends, *waits)


def _nothing(voice: Voice, outlook: Outlook) -> str:
    since = "No question closed since" if outlook.none_closed else "No new answers since"
    if outlook.next_asked is None:
        return f"{since}, and none is planned." if outlook.none_closed else f"{since}. None is planned."
    return f"{since}. Next: {_next(voice, outlook.next_asked)}."


def _next(voice: Voice, planned: NextAsked) -> str:
    where = f"<#{planned.channel_id}>" if planned.channel_id else "a private channel"
    return f"{INSTRUMENTS[planned.instrument].name} in {where}, {voice.day(planned.on, weekday=True)}"


def _without_scores(voice: Voice, contrast: Contrast, outlook: Outlook, zone: str | None) -> str:
    """Before the first score: how many have answered, and when the results come or what is missing."""
    coming = _coming(contrast)
    if not coming:
        return _both_too_few(voice, contrast) or body(voice, contrast, zone)
    many = [count(_answers(side), "answer") if _answers(side) else "no answers" for side in coming]
    so_far = [f"{_who(side, contrast)}: {said} so far." for side, said in zip(coming, many, strict=True)]
    ends = " ".join(filter(None, [_closes(voice, coming, zone), _results(voice, coming, outlook)]))
    rest = [_other(voice, side, contrast, zone) for side in sides(contrast) if side not in coming]
    return voice.lines(" ".join(so_far), ends, *rest)


def _other(voice: Voice, side: Side, contrast: Contrast, zone: str | None) -> str:
    """What is said of a side on which nothing is open."""
    if side.instrument is None:
        return never_asked(voice, side)
    said = " ".join(waiting(voice, side.progress, zone)) or "no answers yet."
    return f"{_who(side, contrast)}: {said[:1].lower()}{said[1:]}"


def _both_too_few(voice: Voice, contrast: Contrast) -> str:
    """One reason for both sides, where it is the same for both; else empty."""
    few = [side.progress[0] for side in sides(contrast) if len(side.progress) == 1]
    same = {(each.stage, each.score_from, each.word_from, each.next_day) for each in few}
    if len(few) != len(sides(contrast)) or len(same) != 1 or few[0].stage is not Stage.TOO_FEW:
        return ""
    if not all(each.answers for each in few):
        return ""
    many = [
        f"{_who(side, contrast)}: {count(each.answers, 'person', 'people')} answered."
        for side, each in zip(sides(contrast), few, strict=True)
    ]
    day = few[0].next_day
    when = f", asked {voice.day(day, weekday=True)}." if day else "; none is planned."
    return voice.lines(" ".join(many), f"{need_on_both(few[0])} These answers join the next round{when}")


def _waiting(voice: Voice, side: Side, contrast: Contrast) -> str:
    """What is said of answers that wait, on a side that has a score."""
    said = [waiting_again(voice, each) for each in side.progress if each.answers]
    return f"{_who(side, contrast)}: {' '.join(said)}" if said else ""


def _closes(voice: Voice, coming: Sequence[Side], zone: str | None) -> str:
    """Until when the questions are open; empty where none is."""
    if not coming:
        return ""
    ends = [(side, _end(side)) for side in coming]
    if len(coming) == len(Lens) and len({end for _, end in ends}) == 1:
        end = ends[0][1]
        close = f"close {_when(voice, coming[0], end, zone)}." if end else "have closed."
        return f"Both questions {close}{score_ready(voice, (side.progress for side in coming), zone)}"
    said = []
    for side, end in ends:
        which = f"he {'last ' if len(_open(side)) > 1 else ''}{person_of(side)} question"
        said.append(f"{which} closes {_when(voice, side, end, zone)}" if end else f"{which} has closed")
    return f"T{', t'.join(said)}.{score_ready(voice, (side.progress for side in coming), zone)}"


def _when(voice: Voice, side: Side, end: datetime, zone: str | None) -> str:
    return voice.when(end, zone or _open(side)[0].zone)


def _results(voice: Voice, coming: Sequence[Side], outlook: Outlook) -> str:
    """Which edition will have the results."""
    days = {side.lens: outlook.results[side.lens] for side in coming if side.lens in outlook.results}
    if not days:
        return ""
    first, *others = set(days.values())
    if not others:
        return f"Results: {_edition_day(voice, first, outlook.made_on)}."
    each = [
        f"{_edition_day(voice, day, outlook.made_on)} ({WHO[lens]}s)" for lens, day in sorted(days.items())
    ]
    return f"Results: {listed(each)}."


def _edition_day(voice: Voice, day: date, made_on: date) -> str:
    soon = "next " if 0 < (day - made_on).days <= WEEK else ""
    return f"{soon}{DAYS[day.weekday()]}, {voice.day(day)}"


def _coming(contrast: Contrast) -> list[Side]:
    return [side for side in sides(contrast) if _open(side)]


def _open(side: Side) -> list[Progress]:
    return [each for each in side.progress if each.stage in COMING]


def _end(side: Side) -> datetime | None:
    """When the last open question of a side closes; None where all have closed."""
    return max((each.at for each in _open(side) if each.stage is Stage.OPEN and each.at), default=None)


def _answers(side: Side) -> int:
    return sum(each.answers for each in _open(side))


def _who(side: Side, contrast: Contrast) -> str:
    return capital(name_of(side, contrast.product))
