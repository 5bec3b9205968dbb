"""What a new secret erases of a database that is itself a copy."""

import pytest

from storage.restores.new_secrets import NewSecrets
from storage.store import Store
from tests.storage.scene import MONDAY, TEAM, a_pulse, a_wave, answer, rows, settle


class Beside:
    """What is kept outside of a database, in memory."""

    def __init__(self) -> None:
        self.mark: str | None = None
        self.erased: list[str] = []

    def read(self) -> str | None:
        """The mark."""
        return self.mark

    def write(self, mark: str) -> None:
        """Keeps a mark."""
        self.mark = mark

    def append(self, line: str) -> None:
        """Keeps a line."""
        self.erased.append(line)

    def lines(self) -> list[str]:
        """All lines."""
        return self.erased


@pytest.mark.parametrize("forgotten_since", [False, True])
async def test_names_go_where_nobody_can_tell_who_was_forgotten(
    store: Store,
    forgotten_since: bool,  # noqa: FBT001
) -> None:
    """A name forgotten after the copy is known by the old key alone; where none was, names stay."""
    outside = Beside()
    await store.restores.check(outside, now=MONDAY, key_of=lambda _team, user: user)
    wave = await a_wave(store, await a_pulse(store, named=True))
    await answer(store, wave, ["U1", "U2"])
    await settle(store, wave, at=MONDAY.replace(year=2027))
    outside.write("another 7")
    if forgotten_since:
        outside.append(f"6 forget {TEAM} {'a' * 64}")
    secrets = NewSecrets(store.database)
    assert (await secrets.what_goes(outside)).names is forgotten_since
    await secrets.begin("f" * 16, outside, now=MONDAY)
    assert len((await rows(store))["rating"]) == (0 if forgotten_since else 2)
    assert (await rows(store))["fingerprint"] == [("*", "f" * 16)]
    assert await store.restores.check(outside, now=MONDAY, key_of=lambda _team, user: user)
