"""The fields by which a schedule is chosen: how often, day, time, zone, or in words; and what they say.

The lists are short: what they cannot say is typed into the field for experts, which wins.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jobs.cadence import EveryFewWeeks, Monthly, Quarterly, Weekly, read
from jobs.messages.layout import digest_ids, ids
from jobs.messages.layout.blocks import Block, input_block, option, select, text_input

OFTEN = {
    "weekly": ("Every week", "weekly"),
    "2w": ("Every 2 weeks", "every 2 weeks"),
    "3w": ("Every 3 weeks", "every 3 weeks"),
    "4w": ("Every 4 weeks", "every 4 weeks"),
    "monthly": ("Every month", "monthly"),
    "quarterly": ("Every quarter", "quarterly"),
}
SHOWN = set(OFTEN) - {"3w"}  # which stands there only where it is chosen
BY_MONTH = {"monthly", "quarterly"}
WEEKDAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
MONTH_DAYS = {"d1": "First day of the month", "d15": "15th of the month", "d31": "Last day of the month"}
ZONES = {
    "Europe/Berlin": "Berlin",
    "Europe/London": "London",
    "America/New_York": "New York",
    "America/Chicago": "Chicago",
    "America/Los_Angeles": "Los Angeles",
    "America/Sao_Paulo": "São Paulo",
    "Asia/Kolkata": "Mumbai",
    "Asia/Singapore": "Singapore",
    "Asia/Tokyo": "Tokyo",
    "Australia/Sydney": "Sydney",
    "UTC": "UTC",
}
LONGEST_WORDS = 80
LONGEST_ZONE = 60
SOME_DAY = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What stands in the fields: a value of each list, and the words for experts, which win."""

    often: str
    day: str
    at: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class ScheduleState:
    """What a sent form says of a schedule: its text, its zone, and what is wrong by the field's block_id."""

    rule: str
    zone: str
    in_words: bool
    problems: Mapping[str, str]


def schedule_fields(rule: str, *, zone: str, own_zone: str, every: bool = False) -> list[Block]:
    """The fields, filled with a schedule and its zone; `own_zone` stands first among the zones.

    With `every` the lists also show every few weeks: whoever reads them knows from which week these count.
    """
    chosen = _every_few(rule) if every else None
    chosen = chosen or _chosen(rule)
    clock: Block = {"type": "timepicker", "action_id": "at", "initial_time": chosen.at}
    days = WEEKDAYS | MONTH_DAYS
    return [
        input_block(
            ids.OFTEN_BLOCK,
            "How often?",
            select(
                "often",
                [option(name, key) for key, (name, _) in OFTEN.items() if key in SHOWN | {chosen.often}],
                chosen=chosen.often,
            ),
        ),
        input_block(
            digest_ids.DAY_BLOCK,
            "On which day?",
            select("day", [option(name, key) for key, name in days.items()], chosen=chosen.day),
        ),
        input_block(ids.AT_BLOCK, "At what time?", clock),
        input_block(ids.ZONE_BLOCK, "In which time zone?", _zones(zone, own_zone)),
        input_block(
            digest_ids.WORDS_BLOCK,
            "Or in words, for experts",
            text_input("words", longest=LONGEST_WORDS, initial=chosen.words or None),
            hint="Wins over the choices above. For example: every 2 weeks mon from 2026-11-30 09:00, "
            "quarterly 15 09:00, cron 0 9 * * 1",
            optional=True,
        ),
    ]


def _zones(zone: str, own_zone: str) -> Block:
    known = dict.fromkeys((own_zone, zone, *ZONES))
    options = []
    for each in known:
        city = ZONES.get(each, each.rpartition("/")[2].replace("_", " "))
        options.append(option(f"{city} (yours)" if each == own_zone else city, each))
    return select("zone", options, chosen=zone)


def _every_few(rule: str) -> Chosen | None:
    """A schedule of every few weeks as the lists say it, without its first day; None for any other."""
    found = read(rule, start=SOME_DAY)
    if not isinstance(found, EveryFewWeeks):
        return None
    return Chosen(f"{found.weeks}w", list(WEEKDAYS)[found.weekday], f"{found.at:%H:%M}")


def _chosen(rule: str) -> Chosen:
    """A schedule as the lists say it; where they cannot, Mondays 09:00 in them and the schedule in words."""
    cadence = read(rule)
    if isinstance(cadence, Weekly):
        return Chosen("weekly", list(WEEKDAYS)[cadence.weekday], f"{cadence.at:%H:%M}")
    if isinstance(cadence, Monthly | Quarterly) and f"d{cadence.day}" in MONTH_DAYS:
        often = "quarterly" if isinstance(cadence, Quarterly) else "monthly"
        return Chosen(often, f"d{cadence.day}", f"{cadence.at:%H:%M}")
    at = f"{cadence.at:%H:%M}" if isinstance(cadence, EveryFewWeeks | Monthly) else "09:00"
    return Chosen("weekly", "mon", at, words=str(cadence)[:LONGEST_WORDS])


def read_schedule_fields(values: Mapping[str, Mapping[str, Any]]) -> ScheduleState:
    """What was chosen or typed; its text is still to be read. Raises `ids.ForgedId` for what no list has."""
    often, day = _value(values, ids.OFTEN_BLOCK), _value(values, digest_ids.DAY_BLOCK)
    zone = _value(values, ids.ZONE_BLOCK)
    at = values.get(ids.AT_BLOCK, {}).get("selected_time") or ""
    typed = values.get(digest_ids.WORDS_BLOCK, {}).get("value") or ""
    if often not in OFTEN or day not in WEEKDAYS | MONTH_DAYS or not isinstance(at, str):
        raise ids.ForgedId("a schedule that the form does not offer")
    if not isinstance(typed, str) or len(zone) > LONGEST_ZONE:
        raise ids.ForgedId("not the state of the form")
    if typed.strip():
        return ScheduleState(" ".join(typed.split()), zone, in_words=True, problems={})
    problems = {}
    if often in BY_MONTH and day in WEEKDAYS:
        problems[digest_ids.DAY_BLOCK] = "Choose a day of the month: the first, the 15th or the last."
    if often not in BY_MONTH and day in MONTH_DAYS:
        problems[digest_ids.DAY_BLOCK] = "Choose a day of the week, or every month above."
    if not at:
        problems[ids.AT_BLOCK] = "Choose a time. For example: 09:00."
    which = day.removeprefix("d") if day in MONTH_DAYS else day
    return ScheduleState(f"{OFTEN[often][1]} {which} {at}", zone, in_words=False, problems=problems)


def _value(values: Mapping[str, Mapping[str, Any]], block_id: str) -> str:
    chosen = values.get(block_id, {}).get("selected_option")
    value = chosen.get("value") if isinstance(chosen, Mapping) else None
    return value if isinstance(value, str) else ""
