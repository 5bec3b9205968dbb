"""Attack thousands of histories: `make attack`, or `python -m tests.simulation.attack --histories 2000`.

With `--leak` a fault is planted first, and what counts is which attacks find it. The exit code is 1 where an
attack found something without a fault, or nothing with one.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import Pool
from time import perf_counter

from storage.records.round_records import RoundKind
from tests.simulation.attacks import ATTACKS, Finding, exchanges
from tests.simulation.generators import directed, ordinary
from tests.simulation.history import History
from tests.simulation.leaks import Leak, leaky
from tests.simulation.runs import message_bot, run

GENERATORS: dict[str, Callable[[int], History]] = {"ordinary": ordinary, "directed": directed}


@dataclass(slots=True)
class Tally:
    """What was attacked, and what was found."""

    counts: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Add what another tally holds."""
        self.counts.update(other.counts)
        self.findings += other.findings

    def __str__(self) -> str:
        return ", ".join(f"{count:,} {name}" for name, count in self.counts.items())


def attacked(seed: int, generator: str, leak: Leak | None = None) -> Tally:
    """Every attack on one history; of each attack with a fault planted, the first finding."""
    done = run(GENERATORS[generator](seed), leaky(leak) if leak else message_bot)
    witness = done.bot.witness
    kinds = Counter(one.kind for one in witness.rounds.values())
    tally = Tally(
        Counter(
            {
                "histories": 1,
                "events": len(done.history.events),
                "number rounds": kinds[RoundKind.NUMBER],
                "word rounds": kinds[RoundKind.WORD],
                "withdrawn": len(witness.withdrawn),
                "clipped": sum(one.clipped is not None for one in done.bot.state.rounds.values()),
                "exchanges": sum(1 for _ in exchanges(done)),
                "batches": len(witness.batches),
                "blocks": len(witness.blocks),
            }
        )
    )
    for attack in ATTACKS:
        found = attack(done)
        first = next(found, None) if leak else None
        tally.findings += [first] if first else [] if leak else list(found)
    return tally


def attack_all(
    generator: str, seeds: Iterable[int], *, processes: int = 1, leak: Leak | None = None
) -> Tally:
    """Every attack on these histories."""
    total, one = Tally(), partial(attacked, generator=generator, leak=leak)
    if processes == 1:
        for seed in seeds:
            total.add(one(seed))
        return total
    with Pool(processes) as pool:
        for tally in pool.imap_unordered(one, seeds, chunksize=5):
            total.add(tally)
    return total


def main(given: Namespace) -> int:
    """Attack, say what was found, and return the exit code."""
    leaks: list[Leak | None] = [Leak[given.leak.upper()]] if given.leak else [None]
    if given.every_leak:
        leaks = list(Leak)
    failed = False
    for leak in leaks:
        found_by: Counter[str] = Counter()
        for generator in given.only or GENERATORS:
            start = perf_counter()
            seeds = range(given.first, given.first + given.histories)
            tally = attack_all(generator, seeds, processes=given.processes, leak=leak)
            found_by.update(finding.test for finding in tally.findings)
            for finding in tally.findings[: 0 if leak else 20]:
                sys.stdout.write(f"{finding.test} {finding.history}: {finding.what}\n")
            by_test = dict(sorted(Counter(finding.test for finding in tally.findings).items()))
            of = f"{generator}{f', planted {leak.name}' if leak else ''}"
            sys.stdout.write(f"{of}: {tally}, {perf_counter() - start:.0f} s; found {by_test}\n")
            sys.stdout.flush()
        failed |= bool(found_by) is not bool(leak)
    return int(failed)


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=2000, help="of each generator")
    parser.add_argument("--first", type=int, default=1000, help="the first seed")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", action="append", choices=list(GENERATORS))
    parser.add_argument("--leak", help="plant this fault")
    parser.add_argument("--every-leak", action="store_true", help="plant one fault after the other")
    sys.exit(main(parser.parse_args()))
