"""When a pulse or a digest is due: rules as text, their occasions, and how they read. Pure.

An occasion is a local date and time of an IANA zone, and that text is its key: `2027-03-28T02:30` stays the
key of that night's pulse though the clock of Berlin skips this time and it runs at 03:00. So a rule keeps its
wall-clock time over daylight saving, and every local date has one occasion, also when the rules of a zone
change.

Not here: what is done when something is due (pulses, digests), which occasions were kept (storage).
"""

from jobs.cadence.clock import (
    DAYS,
    CadenceError,
    ends_day,
    in_tokens,
    later,
    looks_like_time,
    moment,
    quoted,
    read_time,
    read_weekday,
    whole_second,
)
from jobs.cadence.dates import MONTHS, read_date, take_date
from jobs.cadence.day_and_time import DayAndTime
from jobs.cadence.occasions import (
    Agenda,
    Due,
    agenda,
    asked_next,
    catch_up,
    first_from,
    next_after,
    occasions,
    shortest_gap,
    still_to_come,
    upcoming,
)
from jobs.cadence.reading import NOISE, has_time, read
from jobs.cadence.rules import CRON_FIELDS, Cadence, Cron, EveryFewWeeks, Monthly, Quarterly, Weekly, in_words
from jobs.cadence.week_words import dated, named_day
from jobs.cadence.zones import UnknownZone, ZoneError, find_zone, offset_of

__all__ = [
    "CRON_FIELDS",
    "DAYS",
    "MONTHS",
    "NOISE",
    "Agenda",
    "Cadence",
    "CadenceError",
    "Cron",
    "DayAndTime",
    "Due",
    "EveryFewWeeks",
    "Monthly",
    "Quarterly",
    "UnknownZone",
    "Weekly",
    "ZoneError",
    "agenda",
    "asked_next",
    "catch_up",
    "dated",
    "ends_day",
    "find_zone",
    "first_from",
    "has_time",
    "in_tokens",
    "in_words",
    "later",
    "looks_like_time",
    "moment",
    "named_day",
    "next_after",
    "occasions",
    "offset_of",
    "quoted",
    "read",
    "read_date",
    "read_time",
    "read_weekday",
    "shortest_gap",
    "still_to_come",
    "take_date",
    "upcoming",
    "whole_second",
]
