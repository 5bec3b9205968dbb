"""Marks of the rows of files, by which those of an earlier file are known again."""

from collections.abc import Collection, Sequence

from jobs.answers.respondent_key import Respondents
from jobs.files.rated_rows import RatedRow
from jobs.privacy.import_rule import ALL_BUT_FEW, Group, Grouped, Marked, all_but_few
from storage.records.count_records import CountedBefore

MARK_DIGITS = 16


def marks_of(respondents: Respondents, team_id: str, group: Group[RatedRow]) -> frozenset[str]:
    """A keyed mark for each row of a round, of which nothing that somebody chose can be read."""
    rows = group.answers.values()
    return frozenset(respondents.mark(team_id, "row", row.which.hex())[:MARK_DIGITS] for row in rows)


def refused_of(new: Sequence[Marked], counted: Sequence[CountedBefore]) -> set[int]:
    """The places of rounds that hold all but a few rows of an earlier file, whatever that was about."""
    files: dict[int | None, list[Marked]] = {}
    for each in counted:
        if each.rows and each.marks:
            files.setdefault(each.pulse, []).append(Marked(each.marks, each.rows, not each.round.withdrawn))
    return set[int]().union(*(all_but_few(new, before) for before in files.values()))


def without_few(
    grouped: Grouped[RatedRow], marks: Sequence[frozenset[str]], refused: Collection[int]
) -> tuple[Grouped[RatedRow], list[frozenset[str]]]:
    """What is left of the rounds of a file, and their marks, without those at these places."""
    kept = [place for place in range(len(marks)) if place not in refused]
    left_out = dict(grouped.left_out)
    if refused:
        gone = (grouped.groups[place] for place in sorted(refused))
        left_out[ALL_BUT_FEW] = [row for group in gone for row in group.answers.values()]
    groups = [grouped.groups[place] for place in kept]
    return Grouped(groups, grouped.waiting, left_out), [marks[place] for place in kept]
