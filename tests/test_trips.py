"""A trip through the bot stays short: few modules are read to follow what happens."""

import pytest

from tests.bench.floor_plan import FloorPlan
from tests.bench.house import Trips, figures, trips_of
from tests.test_layers import ROOT

MOST_ENTERED = {"a click on 9": 25, "/pulse score nps": 48, "an edition": 58, "its pictures": 20}


@pytest.fixture(scope="module")
def trips() -> Trips:
    """The trips through this tree, measured in a process that has called nothing before."""
    return trips_of(ROOT)


@pytest.mark.parametrize("name", MOST_ENTERED)
def test_a_trip_enters_few_modules(trips: Trips, name: str) -> None:
    """Each trip enters no more modules than the house allows, on the event loop."""
    on_the_loop, in_all_threads = trips[name]
    assert len(on_the_loop) <= MOST_ENTERED[name], "\n".join(on_the_loop)
    assert set(on_the_loop) < set(in_all_threads)  # the database has threads of its own


def test_the_figures_of_the_house_can_be_printed(trips: Trips) -> None:
    """`make house` counts what it prints: no shared name, and each trip with what it enters."""
    printed = figures(FloorPlan(ROOT), trips)
    assert printed["File names"]["shared"] == "0 names, 0 modules"
    entered = printed["Modules entered (with the database's threads)"]
    assert entered == {name: f"{len(loop)} ({len(threads)})" for name, (loop, threads) in trips.items()}
