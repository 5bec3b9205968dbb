"""`kill -9` in the midst of clicks, many times on each database: `make bench-kills`.

Prints how many people were told that their answer is kept, of how many something is kept, and how many were
told so in vain. It fails where that is anybody, or where a message was posted twice.
"""

import argparse
import asyncio
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from storage.schema.migrate import upgrade
from tests.databases import own_server
from tests.killed import Killed, kill_often, posted
from tests.processes import database


async def on_sqlite(rounds: int) -> Killed:
    """Kills on a file."""
    with tempfile.TemporaryDirectory(prefix="bifocal-bench-") as folder:
        return await kill_often(Path(folder), database(Path(folder)), kills=rounds)


async def on_postgres(rounds: int) -> Killed:
    """Kills on a server that keeps what it has promised at a power cut too."""
    with ExitStack() as opened:
        folder, home = (
            Path(opened.enter_context(tempfile.TemporaryDirectory(prefix=f"bifocal-{name}-")))
            for name in ("bench", "server")
        )
        server = own_server(home, durable=True)
        opened.callback(server.stop)
        await upgrade(server.url())
        return await kill_often(folder, server.url(), kills=rounds)


def verdict(where: str, killed: Killed, rounds: int) -> int:
    """Print it; 1 when a rule was broken."""
    keys = [posted(message) for message in killed.posted]
    twice = len(keys) - len(set(keys))
    sys.stdout.write(
        f"{where}: {rounds} kills, {len(killed.stream.acked)} people acked, "
        f"{killed.stream.unanswered} clicks without an answer, {len(killed.kept)} people stored, "
        f"acked and not stored: {len(killed.lost)}; {len(keys)} messages posted, {twice} of them twice\n"
    )
    sys.stdout.flush()
    return int(bool(killed.lost or twice))


def main() -> int:
    """Both databases; 1 when something was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    failed = verdict("SQLite", asyncio.run(on_sqlite(rounds)), rounds)
    return failed | verdict("PostgreSQL", asyncio.run(on_postgres(rounds)), rounds)


if __name__ == "__main__":
    sys.exit(main())
