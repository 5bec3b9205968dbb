"""Which kind of schedule is meant by words that are none."""

from difflib import get_close_matches

from jobs.cadence.clock import DAYS, CadenceError, looks_like_time, read_weekday

TWICE, WEEKENDS = "twice a week", "weekends"
"""Kinds that only a cron can say."""

_ENOUGH = 0.7
_SHOWN = 40
_WITHIN_A_DAY = frozenset({"minute", "minutes", "hour", "hours", "second", "seconds"})
_KINDS = {
    "daily": "daily|hourly|every hour|every day|nightly|every morning|twice a day",
    "weekdays": "weekdays",
    "weekly": "weekly|a week|per week|1x per week|" + "|".join(day.lower() for day in DAYS),
    "every 2 weeks": "every 2 weeks|fortnightly|fortnight|every fortnight|biweekly|every other week"
    "|once every two weeks",
    "every 3 weeks": "every 3 weeks",
    "every 4 weeks": "every 4 weeks|every 5 weeks|every 6 weeks|every 8 weeks",
    "monthly": "monthly|bimonthly|every month|every 2 months|twice a month",
    "quarterly": "quarterly|yearly|annually|every year|every quarter|every 6 months",
    TWICE: "twice a week|twice weekly|3 times a week|2x a week",
    WEEKENDS: "weekend|weekends|every weekend",
}
_NEAR = {said: kind for kind, all_said in _KINDS.items() for said in all_said.split("|")}
_NOT_BY_DAY = frozenset({"daily", "weekdays", "monthly", "quarterly"})


def meant(words: list[str]) -> tuple[str, list[str]]:
    """The kind of schedule that the words come near to, and those of them that say a day or a time."""
    untimed = " ".join(word for word in words if not looks_like_time(word))
    lines = [line[:_SHOWN] for line in (" ".join(words), untimed)]
    near = [found for line in lines for found in get_close_matches(line, _NEAR, n=1, cutoff=_ENOUGH)]
    kind = _NEAR[near[0]] if near else "weekly"
    if _WITHIN_A_DAY & set(words):
        return "daily", [word for word in words if not word.isdecimal()]
    if "months" in words:
        unit = words.index("months")
        return ("quarterly" if kind == "quarterly" else "monthly"), words[unit + 1 :]
    if "month" in words:
        return "monthly", words
    by_day = any(map(_is_weekday, words))
    return ("weekly" if by_day and kind in _NOT_BY_DAY else kind), words


def _is_weekday(word: str) -> bool:
    try:
        read_weekday(word)
    except CadenceError:
        return False
    return True
