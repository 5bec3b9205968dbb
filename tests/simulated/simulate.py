"""Runs seeds: `python -m tests.simulated.simulate --seeds 20`; each is printed, with what the judge found."""

import argparse
import asyncio
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from unittest.mock import patch

from jobs.figures import picture_sides
from tests.migrated import migrated, new_database
from tests.quick import keep_files_in_memory, share_statements
from tests.simulated.life import Life
from tests.simulated.machine.chance import drawn_from
from tests.simulated.machine.loop import SimulatedLoop
from tests.simulated.plan import plan_of

WEEKS = 8
BURIED: list[object] = []
"""What the dead of all seeds held: if it were let go of, their endings would run."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a seed has shown."""

    seed: int
    findings: tuple[str, ...]
    fingerprint: str
    said: str
    seconds: float


@contextmanager
def no_pictures() -> Iterator[None]:
    """A digest's pictures are a few bytes: to draw them takes longer than a week does."""
    with ExitStack() as patches:
        for name in ("strips", "history"):
            patches.enter_context(patch.object(picture_sides, name, lambda _: b"no picture"))
        yield


def run(seed: int, weeks: int = WEEKS) -> Verdict:
    """One seed from its beginning to its end."""
    migrated()  # draws at random too, and only once a process
    began, folder = process_time(), Path(tempfile.mkdtemp(prefix="simulated-"))
    try:
        new_database(folder / "bifocal.db")
        with ExitStack() as stack, drawn_from(seed), no_pictures():
            loop = SimulatedLoop(seed)
            asyncio.set_event_loop(loop)
            stack.enter_context(patch("aiohttp.connector.monotonic", loop.time))
            life = Life(plan_of(seed, weeks), loop, folder)
            judge = loop.run_until_complete(life.live())
            BURIED.append(loop.bury())
            asyncio.set_event_loop(None)
        judge.file.close()
        said = f"{len(judge.clicks)} clicks, {len(judge.posted)} posts, {len(judge.slack.feed)} events, " + (
            ", ".join(f"{count} {kind}" for kind, count in sorted(life.trouble.counts.items()))
        )
        return Verdict(seed, tuple(judge.findings), judge.log.fingerprint, said, process_time() - began)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Run what the words of the command want; 1 when a rule was broken."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--weeks", type=int, default=WEEKS)
    parser.add_argument("--verbose", action="store_true")
    wanted = parser.parse_args()
    if os.environ.get("PYTHONHASHSEED") != "0":  # or sets of words have another order in each process
        os.execve(  # noqa: S606 - ourselves
            sys.executable,
            [sys.executable, "-m", "tests.simulated.simulate", *sys.argv[1:]],
            {**os.environ, "PYTHONHASHSEED": "0"},
        )
    logging.basicConfig(level=logging.DEBUG if wanted.verbose else logging.CRITICAL)
    keep_files_in_memory()
    share_statements()
    broken = 0
    for seed in range(wanted.first, wanted.first + wanted.seeds):
        verdict = run(seed, wanted.weeks)
        broken += bool(verdict.findings)
        sys.stdout.write(f"seed {seed}: {verdict.fingerprint} {verdict.seconds:.1f} s, {verdict.said}\n")
        for finding in verdict.findings:
            sys.stdout.write(f"  {finding}\n")
        sys.stdout.flush()
    return min(broken, 1)


if __name__ == "__main__":
    sys.exit(main())
