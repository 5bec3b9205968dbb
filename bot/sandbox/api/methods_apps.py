"""apps.connections.open: where to connect for Socket Mode."""

from typing import Any

from bot.sandbox.live.world import World


def connections_open(world: World) -> dict[str, Any]:
    """apps.connections.open."""
    return {"url": world.address.replace("http", "ws", 1) + world.sockets.ticket()}
