"""Closes waves when their time is up."""

from datetime import datetime

from storage.store import Store


async def close_due(store: Store, *, now: datetime) -> None:
    """Close every wave whose time is up: its buttons go, its count stays."""
    for wave in await store.waves.closing(now):
        await store.waves.close(wave.team_id, wave.id, at=wave.closes_at)
