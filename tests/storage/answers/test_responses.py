from datetime import datetime

from storage.records import AnswerKey, Period, Wave
from storage.store import Store
from tests.storage.scene import (
    DAY,
    HOUR,
    MONDAY,
    TEAM,
    a_comment,
    a_pulse,
    a_rating,
    a_wave,
    answer,
    answer_key,
    settle,
)

WEEK = Period(MONDAY, MONDAY + 7 * DAY)


async def count(store: Store, wave: Wave, at: datetime) -> None:
    """Close a wave and let it count at that moment."""
    assert await settle(store, wave, at=at)


async def test_a_response_is_put_together_from_its_rows(store: Store) -> None:
    """A response has all points, the time of the last click, its comment, and its wave with the pulse."""
    wave = await a_wave(store)
    form = [
        a_rating(wave, "a", item=item, point=item + 3, clicked_at=MONDAY + item * HOUR) for item in (1, 2)
    ]
    await store.answers.record(form, comment=a_comment())
    await answer(store, wave, ["b"])
    response, other = [
        await store.responses.response_of(AnswerKey(team_id=TEAM, wave_id=wave.id, respondent=who))
        for who in "ab"
    ]
    assert response
    assert other
    assert (response.respondent, response.points) == ("a", {1: 4, 2: 5})
    assert (response.answered_at, response.wave.pulse.instrument) == (MONDAY + 2 * HOUR, "nps")
    assert response.comment is not None
    assert (other.respondent, other.comment) == ("b", None)


async def test_what_is_kept_of_a_person_is_newest_first(store: Store) -> None:
    """All forms of a person's name are asked for at once, and the open waves are among the answers."""
    older, newer = await a_wave(store), await a_wave(store, await a_pulse(store, named=True))
    await answer(store, older, ["hash", "somebody"])
    await answer(store, newer, ["U1"], clicked_at=MONDAY + DAY)
    kept = await store.responses.responses_of_person(TEAM, ["hash", "U1"])
    assert [(response.wave.id, response.respondent) for response in kept] == [
        *((newer.id, "U1"), (older.id, "hash")),
    ]
    assert await store.responses.responses_of_person("T2", ["hash", "U1"]) == []
    assert await store.responses.responses_of_person(TEAM, []) == []


async def test_who_did_not_answer_has_no_response(store: Store) -> None:
    """There is no response without a point."""
    wave = await a_wave(store)
    await answer(store, wave, ["a"])
    assert await store.responses.response_of(answer_key(wave, "b")) is None
    elsewhere = AnswerKey(team_id="T2", wave_id=wave.id, respondent="a")
    assert await store.responses.response_of(elsewhere) is None
