"""How long a migration takes, and whether one that is killed again and again leaves the same.

`python -m tests.bench.bench_migrate` makes a database of before rounds twice. One copy is migrated in peace;
the other with SIGKILL at a few moments, run again each time. Then everything that both hold is compared.
"""

import resource
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.bot.cli.database.busy_database import INSTRUMENTS, busy_database, kept_in

MIGRATE = """
import asyncio, sys
from pathlib import Path
from bot.cli.database.migrate_command import migrate_database
from tests.bot.cli.database.test_migrate_command import settings_in
asyncio.run(migrate_database(settings_in(Path(sys.argv[1]))))
"""


def migrate(folder: Path, *, killed_after: float | None = None) -> bool:
    """Run the command in a process of its own; whether it came to its end before it was killed."""
    command = [sys.executable, "-c", MIGRATE, str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
    try:
        return process.wait(killed_after) == 0
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False


def main(given: Namespace) -> int:
    """Measure and compare; the exit code is 1 where anything differs."""
    with TemporaryDirectory() as name:
        whole, killed = Path(name, "whole"), Path(name, "killed")
        for folder in (whole, killed):
            folder.mkdir()
            busy_database(folder / "bifocal.db", channels=given.channels, weeks=given.weeks)
        start = perf_counter()
        if not migrate(whole):
            return 1
        wall, cpu = perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        waves = given.channels * given.weeks * len(INSTRUMENTS)
        say(f"{waves:,} waves: {cpu:.0f} s of CPU, {wall:.0f} s")
        kills = sum(not migrate(killed, killed_after=wall * part) for part in given.kill)
        if not migrate(killed):
            return 1
        expected, found = (kept_in(folder / "bifocal.db") for folder in (whole, killed))
    say(f"killed {kills} times; " + ", ".join(f"{len(rows):,} {kind}" for kind, rows in expected.items()))
    differ = [kind for kind, rows in expected.items() if found[kind] != rows]
    say(f"differ: {', '.join(differ)}" if differ else "all equal")
    return int(bool(differ))


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--channels", type=int, default=32)
    parser.add_argument("--weeks", type=int, default=105)
    parser.add_argument(
        "--kill", type=float, nargs="*", default=[0.3, 0.3, 0.3], help="parts of the whole time"
    )
    sys.exit(main(parser.parse_args()))
