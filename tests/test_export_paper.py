"""docs/export.md says what each column of an export is, and no other."""

import re
from pathlib import Path

from jobs.files.round_lines import COLUMNS, COMMENT_COLUMNS
from jobs.outcomes.csv_format import OUTCOME_COLUMNS

PAPER = Path(__file__).parent.parent / "docs" / "export.md"


def test_the_paper_has_the_columns_that_are_written() -> None:
    """Row by row, in the order of the file, in the words that stand beside the code."""
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", PAPER.read_text(), re.MULTILINE)
    assert rows == [*COLUMNS.items(), *COMMENT_COLUMNS.items(), *OUTCOME_COLUMNS.items()]
