from datetime import datetime
from typing import Any

import pytest

from storage.answers.responses import Responses
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


async def about(store: Store, *channels: str) -> dict[str, Any]:
    """Atlas in these channels."""
    return {
        "product_id": (await store.products.named(TEAM, "Atlas")).id,
        "channels": list(channels) or ["C1"],
    }


async def test_figures_read_counted_waves_only(store: Store) -> None:
    """Answers of a wave that is open, or waits, are in no figure."""
    assert isinstance(store.responses, Responses)
    wave = await a_wave(store)
    await answer(store, wave, ["a", "b"])
    where = await about(store)
    assert await store.responses.counted(TEAM, **where, period=WEEK) == []
    await count(store, wave, MONDAY + 3 * DAY)
    counted = await store.responses.counted(TEAM, **where, period=WEEK)
    assert [response.respondent for response in counted] == ["a", "b"]


@pytest.mark.parametrize(
    "at,expected",
    [(WEEK.start - HOUR, 0), (WEEK.start, 1), (WEEK.end - HOUR, 1), (WEEK.end, 0)],
)
async def test_a_period_has_its_start_and_not_its_end(store: Store, at: datetime, expected: int) -> None:
    """A wave is in the period in which it came to count: start included, end excluded."""
    wave = await a_wave(store, opened_at=MONDAY - DAY, closes_at=MONDAY - 2 * HOUR)
    await answer(store, wave, ["a"])
    await count(store, wave, at)
    assert len(await store.responses.counted(TEAM, **await about(store), period=WEEK)) == expected


async def test_figures_are_of_one_product_in_some_channels(store: Store) -> None:
    """Another product, channel, workspace or instrument is not in the figure."""
    zeus = await store.products.named(TEAM, "Zeus")
    for changes in ({}, {"channel_id": "C2"}, {"product": zeus}, {"instrument": "csat"}):
        wave = await a_wave(store, await a_pulse(store, **changes))
        await answer(store, wave, ["a"])
        await count(store, wave, MONDAY + HOUR)

    async def counted(where: dict[str, Any], **more: Any) -> int:
        return len(await store.responses.counted(TEAM, **where, period=WEEK, **more))

    assert await counted(await about(store)) == 2
    assert await counted(await about(store), instrument="nps") == 1
    assert await counted(await about(store, "C1", "C2")) == 3
    assert await counted(await about(store, "C3")) == 0
    assert await store.responses.counted("T2", **await about(store), period=WEEK) == []


async def test_a_response_is_put_together_from_its_rows(store: Store) -> None:
    """A response has all points, the time of the last click, its comment, and its wave with the pulse."""
    wave = await a_wave(store)
    form = [
        a_rating(wave, "a", item=item, point=item + 3, clicked_at=MONDAY + item * HOUR) for item in (1, 2)
    ]
    await store.answers.record(form, comment=a_comment())
    await answer(store, wave, ["b"])
    await count(store, wave, MONDAY + DAY)
    other, response = await store.responses.counted(TEAM, **await about(store), period=WEEK)
    assert (response.respondent, response.points) == ("a", {1: 4, 2: 5})
    assert (response.answered_at, response.wave.pulse.instrument) == (MONDAY + 2 * HOUR, "nps")
    assert response.comment is not None
    assert (other.respondent, other.comment) == ("b", None)


async def test_a_wave_taken_down_is_in_no_figure(store: Store) -> None:
    """Nothing of a wave that was taken down is counted."""
    wave = await a_wave(store)
    await answer(store, wave, ["a"])
    await count(store, wave, MONDAY + HOUR)
    await store.erasure.take_down(TEAM, wave.id, at=MONDAY + DAY)
    where = await about(store)
    assert await store.responses.counted(TEAM, **where, period=WEEK) == []


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
