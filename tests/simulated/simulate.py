"""Runs seeds: `python -m tests.simulated.simulate --seeds 20`; each is printed, with what the judge found."""

import argparse
import asyncio
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
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
from tests.simulated.planted import PLANTED

WEEKS = 8


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


def run(seed: int, weeks: int = WEEKS, plant: str | None = None) -> Verdict:
    """One seed from its beginning to its end, perhaps with a fault planted into the bot."""
    migrated()  # draws at random too, and only once a process
    began, folder = process_time(), Path(tempfile.mkdtemp(prefix="simulated-"))
    try:
        new_database(folder / "bifocal.db")
        with ExitStack() as stack, drawn_from(seed), no_pictures():
            if plant:
                stack.enter_context(PLANTED[plant]())
            loop = SimulatedLoop(seed)
            asyncio.set_event_loop(loop)
            stack.enter_context(patch("aiohttp.connector.monotonic", loop.time))
            life = Life(plan_of(seed, weeks), loop, folder, is_over_when_found=plant is not None)
            judge = loop.run_until_complete(life.live())
            loop.bury()
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
    parser.add_argument("--planted", nargs="*", metavar="WORD", help="faults to plant, all without a word")
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
    seeds = range(wanted.first, wanted.first + wanted.seeds)
    if wanted.planted is not None:
        names = [name for name in PLANTED if all(word in name for word in wanted.planted)]
        return min(1, sum(not is_found(name, seeds, wanted.weeks) for name in names))
    return min(1, sum(not is_sound(seed, wanted.weeks) for seed in seeds))


def is_sound(seed: int, weeks: int) -> bool:
    """Run a seed and say what came of it; whether no rule was broken."""
    verdict = run(seed, weeks)
    _say(f"seed {seed}: {verdict.fingerprint} {verdict.seconds:.1f} s, {verdict.said}")
    for finding in verdict.findings:
        _say(f"  {finding}")
    return not verdict.findings


def is_found(plant: str, seeds: Iterable[int], weeks: int) -> bool:
    """Run seeds with a fault until one finds it, and say which; whether one does."""
    for seed in seeds:
        if findings := run(seed, weeks, plant).findings:
            _say(f"{plant}: seed {seed}, {findings[0]}")
            return True
    _say(f"{plant}: not found")
    return False


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
