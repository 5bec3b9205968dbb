"""Time zones by name, city, abbreviation and distance from UTC."""

from datetime import UTC, datetime
from zoneinfo import available_timezones

import pytest

from jobs.cadence.zones import ZoneError, find_zone, offset_of

BERLIN, NEW_YORK, KOLKATA = "Europe/Berlin", "America/New_York", "Asia/Kolkata"
NO_PLACES = (
    "morning",
    "evening",
    "afternoon",
    "sharp",
    "early",
    "latest",
    "please",
    "lunch",
    "then",
    "daily",
)
WINTER, SUMMER = datetime(2026, 11, 25, 10, tzinfo=UTC), datetime(2026, 7, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Europe/Berlin", BERLIN),
        ("america/new_york", NEW_YORK),
        ("America/New York", NEW_YORK),
        ("Berlin", BERLIN),
        ("New York", NEW_YORK),
        ("new_york", NEW_YORK),
        ("new-york", NEW_YORK),
        ("Mumbai", KOLKATA),
        ("Kolkata", KOLKATA),
        ("São Paulo", "America/Sao_Paulo"),
        ("SAO PAULO", "America/Sao_Paulo"),
        ("München", BERLIN),
        ("Lord Howe", "Australia/Lord_Howe"),
        ("st johns", "America/St_Johns"),
        ("Kathmandu", "Asia/Kathmandu"),
        ("Chatham", "Pacific/Chatham"),
        ("Japan", "Asia/Tokyo"),
        ("utc", "UTC"),
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
        ("Z", "UTC"),
        ("CET", BERLIN),
        ("cest", BERLIN),
        ("EST", NEW_YORK),
        ("EDT", NEW_YORK),
        ("PST", "America/Los_Angeles"),
        ("BST", "Europe/London"),
        ("JST", "Asia/Tokyo"),
        ("AEST", "Australia/Sydney"),
    ],
)
def test_zones_by_their_names(text: str, expected: str) -> None:
    """A name, a city or a usual abbreviation is a zone, without regard to capitals, spaces and accents."""
    assert find_zone(text, now=WINTER, own=BERLIN if expected != "UTC" else None) == expected


@pytest.mark.parametrize(
    "text, own, now, expected",
    [
        ("GMT+1", BERLIN, WINTER, BERLIN),
        ("gmt +1", "Europe/Paris", WINTER, "Europe/Paris"),
        ("UTC+1", "Africa/Lagos", SUMMER, "Africa/Lagos"),
        ("UTC+2", BERLIN, SUMMER, BERLIN),
        ("+01:00", BERLIN, WINTER, BERLIN),
        ("UTC-5", NEW_YORK, WINTER, NEW_YORK),
        ("UTC−5", NEW_YORK, WINTER, NEW_YORK),
        ("GMT+5:30", KOLKATA, WINTER, KOLKATA),
        ("UTC+5.5", KOLKATA, WINTER, KOLKATA),
        ("UTC+0530", KOLKATA, WINTER, KOLKATA),
        ("utc+05:45", "Asia/Kathmandu", WINTER, "Asia/Kathmandu"),
        ("UTC-3:30", "America/St_Johns", WINTER, "America/St_Johns"),
        ("UTC+13:45", "Pacific/Chatham", WINTER, "Pacific/Chatham"),
        ("GMT", "Europe/London", WINTER, "Europe/London"),
        ("GMT", "Europe/London", SUMMER, "UTC"),
        ("+00:00", NEW_YORK, WINTER, "UTC"),
        ("IST", KOLKATA, WINTER, KOLKATA),
        ("IST", "Europe/Dublin", WINTER, "Europe/Dublin"),
        ("CET", "Europe/Madrid", SUMMER, "Europe/Madrid"),
        ("CST", "Asia/Shanghai", WINTER, "Asia/Shanghai"),
        ("EST", "America/Toronto", SUMMER, "America/Toronto"),
        ("local", "America/Toronto", SUMMER, "America/Toronto"),
        ("my time", KOLKATA, WINTER, KOLKATA),
        ("London time", BERLIN, WINTER, "Europe/London"),
        ("Pacific time", BERLIN, WINTER, "America/Los_Angeles"),
        ("Eastern Time", BERLIN, WINTER, NEW_YORK),
    ],
)
def test_the_own_zone_comes_first(text: str, own: str, now: datetime, expected: str) -> None:
    """A distance from UTC and an abbreviation are the person's own zone where they fit its clock."""
    assert find_zone(text, now=now, own=own) == expected


@pytest.mark.parametrize(
    "text, own, now, nearest",
    [
        ("GMT+1", BERLIN, SUMMER, "Europe/London"),
        ("GMT+1", NEW_YORK, WINTER, BERLIN),
        ("GMT+5:30", BERLIN, WINTER, KOLKATA),
        ("UTC+5.5", None, None, KOLKATA),
        ("UTC-5", BERLIN, WINTER, NEW_YORK),
        ("UTC+14", BERLIN, WINTER, "Pacific/Kiritimati"),
        ("UTC+3:45", BERLIN, WINTER, BERLIN),
        ("Etc/GMT-1", BERLIN, WINTER, BERLIN),
        ("Etc/GMT+5", BERLIN, WINTER, NEW_YORK),
        ("etc/gmt-9", NEW_YORK, WINTER, "Asia/Tokyo"),
        ("IST", NEW_YORK, WINTER, KOLKATA),
        ("CST", BERLIN, WINTER, "America/Chicago"),
        ("Europe/Berln", NEW_YORK, WINTER, BERLIN),
        ("Amerika/New_York", BERLIN, WINTER, NEW_YORK),
        ("Mumbay", BERLIN, WINTER, KOLKATA),
        ("x" * 5000, KOLKATA, WINTER, KOLKATA),
        ("", None, None, BERLIN),
        *((word, NEW_YORK, WINTER, NEW_YORK) for word in NO_PLACES),
        ("localtime", BERLIN, WINTER, None),
        ("../../etc/passwd", BERLIN, WINTER, None),
        ("posix/Europe/Berlin", BERLIN, WINTER, None),
        ("\x00", BERLIN, WINTER, None),
        ("UTC+25", BERLIN, WINTER, None),
        ("UTC+5:75", BERLIN, WINTER, None),
    ],
)
def test_what_may_be_several_is_asked_back(
    text: str, own: str | None, now: datetime | None, nearest: str | None
) -> None:
    """A slip, a distance and a name of several zones are refused with one zone that is read when typed."""
    with pytest.raises(ZoneError) as refused:
        find_zone(text, now=now, own=own)
    offered = str(refused.value.nearest)
    assert offered == (nearest or offered)
    assert find_zone(offered, now=now, own=own) == offered


@pytest.mark.parametrize("sign", "+-")
@pytest.mark.parametrize("hours", range(1, 15))
@pytest.mark.parametrize("head", ["GMT", "UTC", "", "Etc/GMT"])
def test_no_distance_is_answered_with_a_turned_sign(sign: str, hours: int, head: str) -> None:
    """Whatever distance is typed, no name of "Etc/GMT" is taken or offered."""
    try:
        found = find_zone(f"{head}{sign}{hours}", now=WINTER, own=BERLIN)
    except ZoneError as refused:
        found = str(refused.nearest)
    assert not found.startswith("Etc/")


def test_every_place_of_the_list_is_read() -> None:
    """Each name of the IANA list that names a place is taken as it stands."""
    places = [name for name in available_timezones() if "/" in name and not name.startswith("Etc/")]
    assert {name for name in places if find_zone(name, now=WINTER, own=BERLIN) != name} == set()


@pytest.mark.parametrize(
    "text, hours",
    [("GMT+1", 1), ("utc -5", -5), ("+05:30", 5.5), ("+0530", 5.5), ("UTC+5.5", 5.5), ("−3", -3), ("z", 0)],
)
def test_how_far_ahead(text: str, hours: float) -> None:
    """A distance is read as people write it: one ahead is plus one."""
    found = offset_of(text)
    assert found is not None
    assert found.total_seconds() == 3600 * hours


@pytest.mark.parametrize("text", ["Etc/GMT+1", "Berlin", "", "GMT1+", "+15", "+1:75", "12:00", "UTC+"])
def test_what_is_no_distance(text: str) -> None:
    """Other words, and what no clock on earth is at, are none."""
    assert offset_of(text) is None
