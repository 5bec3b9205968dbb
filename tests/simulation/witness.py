"""What a test knows and the bot forgets: which answers are in which round. It reads no answer's value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from storage.records import Role
from storage.records.round_records import Question, RoundKind
from tests.simulation.history import Slot


class Counted(NamedTuple):
    """A round as it was counted; rounds that a restore lost are here too."""

    id: str
    question: Question
    kind: RoundKind
    day: date
    products: frozenset[str]  # that counted as one with its product at the count
    answers: frozenset[Slot]
    names: frozenset[bool]  # whether its waves were asked with names
    waves: frozenset[str]
    weeks: int  # the setting at the count
    roles: Mapping[Slot, Role | None]

    @property
    def parts(self) -> dict[Role | None, frozenset[Slot]]:
        """The answers of each role, whether they are shown or not."""
        found = set(self.roles.values())
        return {role: frozenset(slot for slot, of in self.roles.items() if of is role) for role in found}

    @property
    def people(self) -> frozenset[str]:
        """Who is in it."""
        return frozenset(person for _, person in self.answers)


@dataclass(slots=True)
class Witness:
    """Everything that happened to answers and comments, by place."""

    rounds: dict[str, Counted] = field(default_factory=dict)
    withdrawn: dict[str, date] = field(default_factory=dict)
    batches: dict[str, frozenset[str]] = field(default_factory=dict)
    blocks: dict[str, frozenset[str]] = field(default_factory=dict)
    cells: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    forgot: list[tuple[str, date]] = field(default_factory=list)

    def add_cells(self, block: str, cells: Mapping[str, frozenset[str]]) -> None:
        """Which comments each shown cell of a cut holds."""
        self.cells |= {(block, cell): texts for cell, texts in cells.items()}
