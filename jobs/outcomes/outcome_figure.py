"""What a figure from elsewhere may be: its name, value, day, side and source. Pure."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from jobs.cadence import quoted
from jobs.instruments import find
from jobs.messages.wording.escaping import visible
from storage.records import Lens, OutcomeFigure, Unit
from storage.records.name_folding import fold

LONGEST_METRIC, LONGEST_SOURCE, LONGEST_VALUE = 30, 40, 16
LONGEST_NAME = 40
OLDEST = date(2000, 1, 1)
_MOST_DIGITS, _MOST_DECIMALS = 12, 4
_HIGHEST_SHARE, _LOWEST_RATING, _HIGHEST_RATING = 100, 1, 5
_GROUP = 3  # digits between two separators of thousands
_MARKS = '*_~`"'
_NO_BEGINNING = "=+-@"  # of a name: a spreadsheet would work it out
_SIGNS = "€$£¥₹"
_CODES = (  # of currencies; any three letters may be the name of a figure: "MRR 1200"
    "AED|ARS|AUD|BGN|BRL|CAD|CHF|CLP|CNY|COP|CZK|DKK|EGP|EUR|GBP|HKD|HUF|IDR|ILS|INR|JPY|KES|KRW|MXN|MYR|NGN|"
    "NOK|NZD|PHP|PLN|RON|RSD|SAR|SEK|SGD|THB|TRY|TWD|UAH|USD|VND|ZAR"
)
_CURRENCY = rf"[{_SIGNS}]|{_CODES}"
_PARTS = re.compile(
    rf"(?P<before>{_CURRENCY})?\s*(?P<number>[+\-−–]?\d[\d.,]*)\s*"
    rf"(?P<after>%|percent|per cent|pct|stars?|points?|pts?|(?:/|of|out of)\s*5|{_CURRENCY})?",
    re.ASCII | re.IGNORECASE,
)
_UNITS = {"%": Unit.PERCENT, "p": Unit.PERCENT, "s": Unit.STARS, "/": Unit.STARS, "o": Unit.STARS}
_ISO = re.compile(r"(20\d\d)-(\d\d)(?:-(\d\d))?", re.ASCII)
_SIDES = {
    **dict.fromkeys(("cx", "customer", "customers", "buyer", "buyers", "being a customer"), Lens.CX),
    **dict.fromkeys(("ux", "user", "users", "using it", "usability"), Lens.UX),
}


class InvalidOutcome(ValueError):
    """A part of a figure that cannot be; the message is one plain sentence, not escaped.

    `part` is `metric`, `value`, `date`, `side` or `source`; `nearest` is what may be meant in its place,
    empty where nothing comes to mind.
    """

    def __init__(self, part: str, problem: str, nearest: str = "") -> None:
        super().__init__(problem)
        self.part = part
        self.nearest = nearest


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure that many teams have: its name, its side unless one is named, and its unit."""

    name: str
    lens: Lens
    unit: Unit
    others: tuple[str, ...] = ()


METRICS = (
    Metric("retention", Lens.CX, Unit.PERCENT, ("retention rate", "customer retention")),
    Metric("churn", Lens.CX, Unit.PERCENT, ("churn rate", "customer churn")),
    Metric("lifetime value", Lens.CX, Unit.MONEY, ("ltv", "clv", "customer lifetime value")),
    Metric("conversion", Lens.UX, Unit.PERCENT, ("conversion rate",)),
    Metric("bounce", Lens.UX, Unit.PERCENT, ("bounce rate",)),
    Metric("app rating", Lens.UX, Unit.NUMBER, ("rating", "app store rating", "store rating")),
)
_BY_NAME = {fold(name): metric for metric in METRICS for name in (metric.name, *metric.others)}


class Value(NamedTuple):
    """A number as text, and what it counts."""

    number: str
    unit: Unit
    currency: str = ""


def make_figure(
    metric: str,
    value: str,
    day: date,
    *,
    today: date,
    whole_month: bool = False,
    lens: Lens | None = None,
    source: str = "",
    name: str = "",
) -> OutcomeFigure:
    """The figure that these words say, `today` being where they are said; raises InvalidOutcome."""
    known = _BY_NAME.get(fold(metric))
    called = known.name if known else _own_name(metric)
    read = read_value(value)
    if read is None:
        raise InvalidOutcome("value", f"{quoted(value)} is not a number, such as 94% or 4.4.")
    if known:
        read = _fitting(known, read)
    side = lens or (known.lens if known else None)
    if side is None:
        raise InvalidOutcome("side", "Say whether it is a figure of customers or of users.", "customers")
    _require_begun(day.replace(day=1) if whole_month else day, today)
    return OutcomeFigure(
        metric=called,
        value=read.number,
        unit=read.unit,
        currency=read.currency,
        lens=side,
        day=day,
        whole_month=whole_month,
        source=_words("source", source, LONGEST_SOURCE) if source.strip() else "",
        name=" ".join(visible(name).split())[:LONGEST_NAME],
    )


def read_value(text: str) -> Value | None:
    """The value in "94%", "4.4", "1,200 EUR", "4.4 stars"; None where there is no number.

    Raises InvalidOutcome for one that may be two numbers, and for one that is too long.
    """
    found = _PARTS.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    try:
        number = _number(found["number"])
    except InvalidOutcome as invalid:
        invalid.nearest = invalid.nearest and text.replace(found["number"], invalid.nearest)
        raise
    before, after = found["before"] or "", (found["after"] or "").casefold()
    if before and after:
        return None
    if after.startswith(("poi", "pt")):
        return Value(number, Unit.POINTS)
    if after[:1] in _UNITS and not re.fullmatch(r"[a-z]{3}", after.replace("pct", "%")):
        return Value(number, _UNITS[after[:1]])
    currency = (before or after).upper()
    return Value(number, Unit.MONEY, currency) if currency else Value(number, Unit.NUMBER)


def read_iso_day(text: str) -> tuple[date, bool]:
    """The day in "2026-10-31", or the last day of "2026-10" and that it is a whole month.

    Raises InvalidOutcome.
    """
    found = _ISO.fullmatch(text.strip())
    problem = f"{quoted(text)} is not a date like 2026-10-31, nor a month like 2026-10."
    if found is None:
        raise InvalidOutcome("date", problem)
    try:
        year, month = int(found[1]), int(found[2])
        day = int(found[3]) if found[3] else monthrange(year, month)[1]
        return date(year, month, day), not found[3]
    except ValueError:
        raise InvalidOutcome("date", problem) from None


def read_side(text: str) -> Lens | None:
    """The side in "customers", "UX"; None where no side is named. Raises InvalidOutcome for other words."""
    said = " ".join(text.casefold().split())
    if said and said not in _SIDES:
        raise InvalidOutcome("side", f"{quoted(text)} is no side: say customers or users.", "customers")
    return _SIDES.get(said)


def _number(typed: str) -> str:
    """A number as it is written everywhere: "1200.5"; raises InvalidOutcome."""
    sign = "-" if typed[0] in "-−–" else ""
    digits = typed.lstrip("+-−–").rstrip(".,")
    dots, commas = digits.count("."), digits.count(",")
    if dots and commas:
        last = max(digits.rfind("."), digits.rfind(","))
        whole, decimals = re.sub(r"[.,]", "", digits[:last]), digits[last + 1 :]
    elif dots + commas > 1:
        whole, decimals = re.sub(r"[.,]", "", digits), ""
    else:
        whole, _, decimals = digits.replace(",", ".").partition(".")
        grouped = len(decimals) == _GROUP and 0 < len(whole) <= _GROUP and whole.strip("0") != ""
        if grouped and dots:
            near = f"{whole}{decimals}"
            small = f"{whole}.{decimals}".rstrip("0").rstrip(".")
            raise InvalidOutcome("value", f"{quoted(typed)} may be {near} or {small}.", near)
        if grouped:
            whole, decimals = f"{whole}{decimals}", ""
    if len(whole) > _MOST_DIGITS or len(decimals) > _MOST_DECIMALS:
        limit = f"at most {_MOST_DIGITS} digits, and {_MOST_DECIMALS} behind the point"
        raise InvalidOutcome("value", f"A number has {limit}.")
    number = f"{int(whole or '0')}" + (f".{decimals}" if decimals else "")
    return f"{sign}{number}" if Decimal(number) else number


def _fitting(metric: Metric, read: Value) -> Value:
    """The value of a known metric; raises InvalidOutcome where it cannot be one."""
    what, number = metric.name.capitalize(), Decimal(read.number)
    if metric.unit is Unit.PERCENT:
        if read.unit is not Unit.PERCENT:
            raise InvalidOutcome("value", f"{what} is a share: say it with %.", f"{read.number}%")
        if not 0 <= number <= _HIGHEST_SHARE:
            raise InvalidOutcome("value", f"{what} is between 0% and 100%.", "94%")
    elif metric.unit is Unit.MONEY:
        if read.unit is not Unit.MONEY:
            raise InvalidOutcome("value", f"{what} is money: say the currency.", f"{read.number} EUR")
        if number < 0:
            raise InvalidOutcome("value", f"{what} is not below 0.", "1200 EUR")
    else:
        if read.unit not in {Unit.NUMBER, Unit.STARS} or not _LOWEST_RATING <= number <= _HIGHEST_RATING:
            ends = f"{_LOWEST_RATING} to {_HIGHEST_RATING}"
            raise InvalidOutcome("value", f"An app rating is a number from {ends}.", "4.4")
        return Value(read.number, Unit.NUMBER)
    return read


def _own_name(text: str) -> str:
    name = _words("metric", text, LONGEST_METRIC)
    if not any(each.isalpha() for each in name):
        raise InvalidOutcome("metric", "Say which figure it is, such as retention.", "retention")
    if asked := find(name):
        said = f"{asked.name} is asked by Bifocal and never entered by hand. Give your figure another name."
        raise InvalidOutcome("metric", said)
    return name


def _words(part: str, text: str, longest: int) -> str:
    """Words of a person as they may be shown: on one line, without marks, not too long."""
    words, what = " ".join(visible(text).split()), "name of the figure" if part == "metric" else part
    if not fold(words):
        raise InvalidOutcome(part, "Say which figure it is, such as retention.", "retention")
    if len(words) > longest:
        raise InvalidOutcome(part, f"The {what} has at most {longest} characters; this one has {len(words)}.")
    if words[0] in _NO_BEGINNING:
        raise InvalidOutcome(part, f"Leave out the {words[0]} at the beginning of the {what}.")
    for mark in _MARKS:
        if mark in words:
            raise InvalidOutcome(part, f"Leave out the {'backtick' if mark == '`' else mark} in the {what}.")
    return words


def _require_begun(first: date, today: date) -> None:
    if first > today:
        raise InvalidOutcome("date", f"{first.isoformat()} has not come yet.", today.isoformat())
    if first < OLDEST:
        raise InvalidOutcome("date", f"{first.isoformat()} is too long ago: figures go back to 2000.")
