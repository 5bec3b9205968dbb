"""Comments that were kept as long as the setting says go in whole batches; what was counted stays."""

from collections.abc import Sequence
from datetime import date

from storage.records import Label, NewSaved, Origin
from storage.schema.batch_tables import BATCH
from storage.store import Store
from tests.storage.answers.test_listed_comments import (
    PEOPLE,
    WEEK,
    batches,
    cut,
    cuts,
    sizes,
    written,
)
from tests.storage.scene import (
    DAY,
    MONDAY,
    TEAM,
    a_comment,
    a_digest,
    a_label,
    a_pulse,
    a_rating,
    a_wave,
    an_edition,
    answer_key,
    publish,
    rows,
)

FIRST_GOES = MONDAY + 4 * DAY  # the batch of the first week was listed before
NAMED = ["U_ANN", "U_BEN"]


async def four_batches(store: Store, *, order: Sequence[str] = PEOPLE) -> None:
    """Twenty comments that were cut, in four weekly batches of five, and five more that were not."""
    pulse = await a_pulse(store, cadence="weekly mon 09:00")
    for week in range(4):
        await written(store, pulse, by=order[5 * week : 5 * week + 5], week=week)
    await cut(store)
    await written(store, pulse, by=order[20:25], week=4)


async def test_whole_batches_go_and_figures_stay(store: Store) -> None:
    """With their labels and quotations; later batches, cuts and rounds are as they were."""
    wave = await written(store)
    digest = await a_digest(store, product=wave.pulse.product)
    quoted = str((await rows(store))["comment"][0][1])
    await publish(store, digest, an_edition(digest, quoted), parts=1)
    later = await written(store, wave.pulse, by=PEOPLE[5:10], week=1)
    before = await rows(store)
    assert await store.retention.erase_comments(FIRST_GOES) == 5
    assert await sizes(store, later) == [5, 0]
    after = await rows(store)
    assert {row[2] for row in after["comment"]} == {later.id}
    assert len(after["label"]) == 5
    assert "Words" not in str(after["quote"])
    assert [after[name] for name in ("round", "block", "participation")] == [
        before[name] for name in ("round", "block", "participation")
    ]
    assert await store.retention.erase_comments(FIRST_GOES) == 0


async def test_a_cut_is_never_made_of_fewer_than_were_listed(store: Store) -> None:
    """What went before its block was full joins none; what was cut keeps its counts."""
    await four_batches(store)
    (wave, *_) = [await a_wave(store, (await store.pulses.numbered(TEAM, 1)))]
    shown = await cuts(store, wave)
    assert len(shown) == 1
    assert await store.retention.erase_comments(MONDAY + 5 * WEEK) == 25
    assert await sizes(store, wave) == [0] * 5
    assert await cuts(store, wave) == shown
    found = await store.database.read(lambda connection: connection.execute(BATCH.select()).all())
    assert [batch.never_cut for batch in found if batch.block_id is None] == [True]


async def test_two_writers_may_change_places(store: Store, other: Store) -> None:
    """Which comments go at which moment is by batch alone: exchanged writers leave the same words behind."""
    left: list[list[str]] = []
    for order in (PEOPLE, [*PEOPLE[1:5], PEOPLE[0], *PEOPLE[5:]]):
        pulse = await a_pulse(store, channel_id=f"C{len(left)}", cadence="weekly mon 09:00")
        for week in range(2):
            last = await written(store, pulse, by=order[5 * week : 5 * week + 5], week=week)
        await other.retention.erase_comments(FIRST_GOES)
        batch, gone = await batches(store, last)
        assert gone.comments == ()
        left.append(sorted(comment.text for comment in batch.comments))
    assert left[0] == left[1]


async def test_names_and_saved_messages_go_too(store: Store) -> None:
    """A comment with a name goes, its answer stays; of a saved message its mark, so that it stays gone."""
    named = await a_wave(store, await a_pulse(store, named=True))
    for person in NAMED:
        await store.answers.record([a_rating(named, person)], comment=a_comment())
    label: Label = a_label()
    for day, mark in ((date(2026, 11, 1), "a" * 64), (date(2026, 12, 1), "b" * 64)):
        await store.saved.keep(
            NewSaved(
                team_id=TEAM,
                mark=mark,
                product_id=named.pulse.product.id,
                saved_on=day,
                said=False,
                author=PEOPLE[0],
                text="It is slow.",
                lens=None,
                origin=Origin(channel_id="C1"),
                label=label,
            )
        )
    assert await store.retention.erase_comments(named.closes_at + DAY) == 3
    kept = await rows(store)
    assert kept["comment"] == []
    assert len(kept["rating"]) == len(NAMED)
    assert [row[2] for row in kept["saved"]] == ["b" * 64]
    assert [row[1] for row in kept["removed_message"]] == ["a" * 64]
    response = await store.responses.response_of(answer_key(named, NAMED[0]))
    assert response is not None
    assert response.comment is None
