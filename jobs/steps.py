"""Goes through what is due: each item alone, so that one that fails holds up no other."""

import logging
from collections.abc import Awaitable, Callable

LOG = logging.getLogger(__name__)


async def run_all(items: dict[str, Callable[[], Awaitable[object]]]) -> None:
    """Run the items in order; one that fails is logged by its name and does not stop the others."""
    for name, item in items.items():
        try:
            await item()
        except Exception:
            LOG.exception("%s failed", name)
