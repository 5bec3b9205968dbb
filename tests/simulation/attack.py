"""Attack thousands of histories, from every side: `make attack`, or `python -m tests.simulation.attack`.

In turn: all attacks on histories of the pure rules, with the product's own messages; groups of every kind
with an insider; histories through the real bot; planted faults, which have to be found; what the rules cost.
`--part` chooses some of them. With `--leak` a fault is planted first, and what counts is which attacks find
it. The exit code is 1 where an attack found something without a fault, or nothing with one.
"""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from multiprocessing import Pool
from time import perf_counter

from storage.records.round_records import RoundKind
from tests.simulation.attacks import ATTACKS, Finding, exchanges
from tests.simulation.cost import table
from tests.simulation.eventful import eventful
from tests.simulation.generators import by_role, directed, ordinary
from tests.simulation.grouped import grouped
from tests.simulation.history import START, History
from tests.simulation.insiders import all_cases, look_into
from tests.simulation.leaks import Leak, leaky
from tests.simulation.organised import organised
from tests.simulation.planted import FOUND_BY, finds, found_in
from tests.simulation.playable import playable
from tests.simulation.replay import counted_by_model, difference, other_points, play
from tests.simulation.runs import message_bot, run

REAL_DAYS = timedelta(days=45)  # of a history through the real bot
GENERATORS: dict[str, Callable[[int], History]] = {
    "ordinary": ordinary,
    "directed": directed,
    "by_role": by_role,
    "organised": organised,
    "grouped": grouped,
}
SLOWER = {"grouped": 4}  # one history takes so many times as long as others
"""Of these generators fewer histories are attacked."""


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
                "by role": sum(bool(one.by_role) for one in done.bot.state.rounds.values()),
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


def histories(given: Namespace, leak: Leak | None = None) -> bool:
    """Every attack on made-up histories; whether all is well."""
    found_by: Counter[str] = Counter()
    for generator in given.only or GENERATORS:
        start = perf_counter()
        seeds = range(given.first, given.first + given.histories // SLOWER.get(generator, 1))
        tally = attack_all(generator, seeds, processes=given.processes, leak=leak)
        found_by.update(finding.test for finding in tally.findings)
        for finding in tally.findings[: 0 if leak else 20]:
            say(f"{finding.test} {finding.history}: {finding.what}")
        by_test = dict(sorted(Counter(finding.test for finding in tally.findings).items()))
        of = f"{generator}{f', planted {leak.name}' if leak else ''}"
        say(f"{of}: {tally}, {perf_counter() - start:.0f} s; found {by_test}")
    return bool(found_by) is bool(leak)


def insiders(given: Namespace) -> bool:
    """T4 over every kind of group; whether nobody can be read off."""
    start, seen, found = perf_counter(), Counter[str](), 0
    with Pool(given.processes) as pool:
        for case, size, some in pool.imap_unordered(look_into, all_cases()):
            seen[case.key] += size
            found += len(some)
            for one in some[:3]:
                say(f"T4 {case.key}, {case.n} people: {one}")
    sizes = ", ".join(f"{size:,} of {key}" for key, size in sorted(seen.items()))
    say(f"insiders: groups {sizes}, {perf_counter() - start:.0f} s; found {found}")
    return not found


def real(given: Namespace) -> bool:
    """T1 and T10 through the real bot, and its rounds beside those of the model; whether all is well."""
    start, wrong, seen = perf_counter(), 0, Counter[str]()
    cases = [(name, given.first + seed) for seed in range(given.real) for name in given.only or GENERATORS]
    with Pool(given.processes, maxtasksperchild=1) as pool:
        for (name, seed), counted, lines, problems in pool.imap_unordered(replayed, cases):
            seen.update({"histories": 1, "rounds and batches": counted, "things shown": lines})
            wrong += bool(problems)
            say(f"real bot, {name} {seed}: {counted} rounds and batches, {lines} things shown")
            for problem in problems:
                say(f"real bot, {name} {seed}: {problem}")
    sizes = ", ".join(f"{size:,} {what}" for what, size in seen.items())
    say(f"real bot: {sizes}, {perf_counter() - start:.0f} s; found something in {wrong}")
    return not wrong


def replayed(case: tuple[str, int]) -> tuple[tuple[str, int], int, int, list[str]]:
    """A history through the real bot twice: what it counted, how much it showed, what is wrong."""
    name, seed = case
    done = run(playable(eventful(GENERATORS[name](seed)), until=START + REAL_DAYS))
    first, second = (asyncio.run(play(done, points)) for points in (done.points, other_points(done, seed)))
    problems = [*first.problems, *second.problems]
    if (shown := difference(first, second)) is not None:
        problems.append(f"T1: {shown}")
    if first.counted != counted_by_model(done):
        problems.append(f"it counted {first.counted}, the model {counted_by_model(done)}")
    return case, len(first.counted), len(first.lines), problems


def planted(given: Namespace) -> bool:
    """Planted faults, and the rest of a round that waits again in many histories; whether all are found."""
    well = True
    for one in FOUND_BY:
        many = one.leak is Leak.TAKEDOWN_WAITS_AGAIN
        seeds = range(given.first, given.first + (given.histories if many else min(given.histories, 100)))
        start = perf_counter()
        with Pool(given.processes) as pool:
            found = sum(pool.imap_unordered(partial(finds, one), seeds, chunksize=5))
            tests = Counter[str]()
            for names in pool.imap_unordered(partial(found_in, one), seeds[: 20 if one.alone else 0]):
                tests.update(names)
        say(f"planted {one}: found in {found} of {len(seeds)} histories, {perf_counter() - start:.0f} s")
        well &= found > 0
        if one.alone:
            well &= len(tests) == 1
            say(f"planted {one}: of all attacks these find it: {dict(tests)}")
    return well


def costs(_: Namespace) -> bool:
    """What the rules cost; whether it is as it was."""
    lines = list(table())
    for line, good in lines:
        say(f"cost, {line}{'' if good else ': NOT AS EXPECTED'}")
    return all(good for _, good in lines)


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


PARTS: dict[str, Callable[[Namespace], bool]] = {
    "costs": costs,
    "real": real,
    "histories": histories,
    "insiders": insiders,
    "planted": planted,
}


def main(given: Namespace) -> int:
    """Attack, say what was found, and return the exit code."""
    if given.leak or given.every_leak:
        leaks = list(Leak) if given.every_leak else [Leak[given.leak.upper()]]
        found = [histories(given, leak) for leak in leaks]
        return int(not all(found))
    found = [PARTS[part](given) for part in given.part or PARTS]  # all of them, whatever the first finds
    return int(not all(found))


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--part", action="append", choices=list(PARTS), help="this part only")
    parser.add_argument("--histories", type=int, default=2000, help="of each generator")
    parser.add_argument("--real", type=int, default=20, help="of each generator through the real bot")
    parser.add_argument("--first", type=int, default=1000, help="the first seed")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", action="append", choices=list(GENERATORS))
    parser.add_argument("--leak", help="plant this fault")
    parser.add_argument("--every-leak", action="store_true", help="plant one fault after the other")
    sys.exit(main(parser.parse_args()))
