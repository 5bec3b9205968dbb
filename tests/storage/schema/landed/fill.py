"""Fills the new database of an older version through that version's own code, run inside its own tree.

`python fill.py ADDRESS` keeps a weekly question: one week counted (twelve answers, six comments), one that
waits (four), one that is open (three); a question with names; a digest with an edition that quotes somebody;
and what only later versions know: a mute, a role, what somebody said in passing.
"""

# ruff: noqa: E402 - the ids have to be known before anything makes one

import asyncio
import secrets
import sys
from importlib import import_module
from importlib.util import find_spec
from inspect import signature
from itertools import count
from typing import Any

NUMBERS = count(1)
secrets.token_hex = lambda nbytes=None: f"{next(NUMBERS):0{2 * (nbytes or 32)}x}"  # alike in each version
from storage.schema.migrate import upgrade
from storage.store import Store
from tests.storage import scene

MONDAY, DAY, TEAM = scene.MONDAY, scene.DAY, scene.TEAM
PEOPLE = [f"{number:064x}" for number in range(1, 13)]
POINTS = (9, 10, 9, 8, 7, 10, 3, 9, 6, 10, 8, 9)


async def fill(url: str) -> None:
    """Everything, at the moments of one Monday in November 2026."""
    await upgrade(url)
    store = await Store.open(url)
    await store.keep_fingerprint("d69b65b436a497a3")  # of the secret that tests have
    pulse = await scene.a_pulse(store, cadence="weekly mon 09:00", next_at=MONDAY + 7 * DAY)
    waves = []
    for weeks, answers in ((2, 12), (1, 4), (0, 3)):
        opened = MONDAY - 7 * weeks * DAY
        wave = await scene.a_wave(store, pulse, opened_at=opened, closes_at=opened + 3 * DAY)
        waves.append(wave)
        for person, point in zip(PEOPLE[:answers], POINTS, strict=False):
            comment = scene.a_comment() if person in PEOPLE[:6] and weeks == 2 else None
            rating = scene.a_rating(wave, person, point=point)
            await store.answers.record([rating], comment=comment)
    quoted = await scene.comment_id(store, waves[0], PEOPLE[0])
    await count_all(store)
    named = await scene.a_pulse(store, named=True, channel_id="C2", product=pulse.product)
    await scene.answer(store, await scene.a_wave(store, named), ["U_ANN", "U_BEN"])
    digest = await scene.a_digest(store, product=pulse.product)
    await scene.publish(store, digest, scene.an_edition(digest, quoted), parts=1)
    await later(store, pulse.product)
    await store.close()


async def count_all(store: Any) -> None:
    """Closes and counts what is over, as that version does."""
    runner = {"runner": getattr(found("jobs.steps"), "StepRunner", lambda: None)()}
    for at in (MONDAY - 10 * DAY, MONDAY - 3 * DAY):
        for name in ("close_due", "settle_due", "count_due"):
            for module in ("jobs.pulses.close_waves", "jobs.pulses.count_rounds"):
                step = getattr(found(module), name, None)
                if step is not None and step.__module__ == module:
                    takes = set(signature(step).parameters)
                    await step(store, **{name: runner[name] for name in takes & set(runner)}, now=at)


def found(module: str) -> Any:
    """A module, where that version has it."""
    return import_module(module) if find_spec(module) else None


async def later(store: Any, product: Any) -> None:
    """What only later versions know."""
    records = import_module("storage.records")
    if hasattr(store, "pauses"):
        await store.pauses.stop(TEAM, PEOPLE[0])
    if hasattr(store, "roles"):
        row = {"team_id": TEAM, "respondent": PEOPLE[0], "product_id": product.id, "role": "uses"}
        role = import_module("storage.schema.round_tables").ROLE
        await store.database.write(lambda connection: connection.execute(role.insert(), row))
    if hasattr(store, "saved"):
        said = {
            "team_id": TEAM,
            "mark": "a" * 64,
            "product": product,
            "product_id": product.id,
            "saved_on": MONDAY.date(),
            "said": True,
            "author": PEOPLE[0],
            "text": "It is slow.",
            "lens": None,
            "origin": records.Origin(channel_id="C1"),
            "label": scene.a_label(),
        }
        takes = set(signature(records.NewSaved).parameters)
        await store.saved.keep(records.NewSaved(**{name: said[name] for name in takes & set(said)}))


asyncio.run(fill(sys.argv[1]))
