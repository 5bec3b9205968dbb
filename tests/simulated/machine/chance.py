"""Everything that is random in this process comes from one seed, for as long as a run lasts."""

import gc
import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch


def source(name: str, seed: object) -> random.Random:
    """A source of its own for each subject, so that a change in one moves no other."""
    return random.Random(f"{name} {seed}")  # noqa: S311 - the point is that it is known


@contextmanager
def drawn_from(seed: object) -> Iterator[None]:
    """Ids, secrets and jitter come from the seed; no garbage is collected at moments of its own choice."""
    chance = source("urandom", seed)
    state = random.getstate()
    random.seed(f"random {seed}")
    gc.disable()
    try:
        with (
            patch.object(os, "urandom", chance.randbytes),
            patch.object(random, "_urandom", chance.randbytes),
        ):
            yield
    finally:
        gc.freeze()  # what is left is never let go of (`SimulatedLoop.bury`), so it need not be walked
        gc.enable()
        random.setstate(state)
