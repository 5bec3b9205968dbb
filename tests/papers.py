"""The papers as text, and what must stand in them."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()
OPERATING = (ROOT / "docs/operating.md").read_text()
FIGURES = (ROOT / "docs/figures.md").read_text()
PRIVACY = (ROOT / "docs/privacy.md").read_text()


CHOICES = re.compile(r"([^\s,\[]+)((?:, [^\s,]+)*) or ([^\s\]]+)")


def spelt_out(form: str) -> list[str]:
    """The commands that a form stands for: short and long, with the first and with the last choice."""
    long = form.replace("[", "").replace("]", "")
    short = " ".join(re.sub(r"\[[^]]*\]", " ", form).split())
    first, last = (CHOICES.sub(chosen, form).replace("[", "").replace("]", "") for chosen in (r"\1", r"\3"))
    return list(dict.fromkeys([short, first, last] if CHOICES.search(form) else [short, long]))


def section(title: str, paper: str = README) -> str:
    """A part of a paper, from its heading to the next of the same rank."""
    return paper.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def has_subcommand(name: str) -> bool:
    """Whether the README says what can be typed after `/pulse`."""
    return re.search(rf"`/pulse {name}\b", section("Commands")) is not None


def has_setting(name: str) -> bool:
    """Whether the table of settings names an environment variable."""
    return f"`{name.upper()}`" in section("Settings", OPERATING)


def has_instrument(key: str, credit: str | None) -> bool:
    """Whether the README names a questionnaire, and the paper on figures the year of its source."""
    year = re.search(r"\b(?:19|20)\d{2}\b", credit or "")
    return f"`{key}`" in section("Commands") and (not year or year[0] in FIGURES)


def edits_of(title: str) -> list[str]:
    """What CONTRIBUTING lists under a heading such as "A setting (3 edits)": the file or folder of each.

    Raises ValueError when the heading names another number of edits.
    """
    part = CONTRIBUTING.partition(f"\n### {title} (")[2].split("\n#", 1)[0]
    said, listed = part.split(" ", 1)[0], re.findall(r"^\d+\. `([^`]+)`", part, re.MULTILINE)
    if said != str(len(listed)):
        raise ValueError(f"{title}: the heading says {said} edits, the list has {len(listed)}")
    return listed
