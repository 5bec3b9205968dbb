from typing import Any

import pytest

from handlers.events import MOST_REMEMBERED, SeenEvents, read_event
from handlers.payloads import Malformed

OWN = [{"team_id": "T1", "user_id": "UBOT"}]


def body(event_id: str = "Ev1", **inner: Any) -> dict[str, Any]:
    """An event of Slack's."""
    return {"event": {"user": "U1", **inner}, "event_id": event_id, "team_id": "T2", "authorizations": OWN}


def test_what_an_event_says() -> None:
    """The workspace is the one where Bifocal is installed, also where people of others take part."""
    event = read_event(body(channel="C1", inviter="U2", text="a\x00b", tab="home"))
    assert (event.team_id, event.user_id, event.channel_id, event.inviter_id) == ("T1", "U1", "C1", "U2")
    assert (event.text, event.opens_home, event.about_bifocal) == ("ab", True, False)
    assert read_event(body(user="UBOT")).about_bifocal
    assert read_event({"event": {"user": "U1"}, "team_id": "T2"}).team_id == "T2"


@pytest.mark.parametrize(
    "broken", [{}, {"event": None}, {"event": {"user": ""}}, {"event": {"user": {"id": "U1"}}}]
)
def test_another_shape_is_malformed(broken: dict[str, Any]) -> None:
    """What Slack would not send raises, and is read as nothing else."""
    with pytest.raises(Malformed):
        read_event(broken)


def test_an_event_is_new_once() -> None:
    """The newest are remembered, and no more than that; one without an id is always new."""
    seen = SeenEvents()
    first = read_event(body("Ev0"))
    assert [seen.is_new(first), seen.is_new(first)] == [True, False]
    for number in range(1, MOST_REMEMBERED + 1):
        assert seen.is_new(read_event(body(f"Ev{number}")))
    assert seen.is_new(first)
    without = read_event(body(""))
    assert [seen.is_new(without), seen.is_new(without)] == [True, True]
