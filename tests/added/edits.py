"""The edits that add one thing of each kind, as CONTRIBUTING lists them. An edit is made in one file."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
MIGRATIONS = list((ROOT / "storage/migrations/versions").glob("[0-9]*.py"))
(LAST_MIGRATION,) = (
    path.name[:4]
    for path in MIGRATIONS
    if not any(f'down_revision = "{path.name[:4]}"' in other.read_text() for other in MIGRATIONS)
)
END = ""
"""The end of a file, which may be new."""


@dataclass(frozen=True, slots=True)
class Edit:
    """New text for the file `path`, by the text that it is put in front of, or by END."""

    path: str
    new: dict[str, str]

    def apply(self, root: Path) -> None:
        """Put it into the tree `root`; raises ValueError when the text that follows is not there once."""
        file = root / self.path
        text = file.read_text() if file.exists() else ""
        for follows, new in self.new.items():
            if follows != END and text.count(follows) != 1:
                raise ValueError(f"{self.path} has {follows!r} {text.count(follows)} times")
            text = text.replace(follows, new + follows) if follows != END else text + new
        file.write_text(text)


INSTRUMENT = """_TRUST = Instrument(
    key="trust",
    name="Trust",
    lens=Lens.CX,
    rank=4,
    question="How much do you trust {subject}?",
    lead_in=None,
    about="How much do you trust it? (Trust)",
    about_more="One question, 1 to 5, about being a customer",
    scale=Scale(low=1, high=5, labels={1: "not at all", 5: "completely"}),
    items=(),
    reversed_items=frozenset(),
    scoring=Scoring.MEAN,
    favourable_from=4,
    middle_from=3,
    mixed_from=3.5,
    good_from=4.2,
    typical=Typical(3.8, 1.0, low=2.0),
    credit="Trust: Somebody (1999).",
)

"""
SUBCOMMAND = """

async def greet(_context: Context, _command: SlashCommand) -> Message | None:
    return {"text": "Good morning.", "blocks": []}
"""
SUBCOMMAND_ROW = """    "greet": _row(score_commands.greet, Group.READ, "greet", "a greeting"),
"""
MESSAGE = """

def good_morning(name: str) -> Message:
    return message(f"Good morning, {name}.", section(f"Good morning, {name}."))
"""
SETTING = """    bifocal_second_zone: Zone = "UTC"
"""
RIGHT_VALUE = """    "BIFOCAL_SECOND_ZONE": "it is an IANA zone, such as Asia/Tokyo",
"""
MESSAGE_SHOWN = """    return good_morning("Ada")
"""
COLUMN = """    note: str | None = None
"""
MIGRATION = f"""import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{LAST_MIGRATION}"


def upgrade() -> None:
    op.add_column("product", sa.Column("note", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("product", "note")
"""
STEP = """

RAN: list[datetime] = []


async def note(now: datetime) -> None:
    RAN.append(now)
"""
STEP_ROW = """            Step(name="note", every=timedelta(minutes=1), work=close_waves.note),
"""
TOUCHPOINT = """    TRAINING = "training"
"""
TOUCHPOINT_WORDS = """
[touchpoints.training]
strong = ["certification course"]
"""

EDITS: dict[str, list[Edit]] = {
    "An instrument": [
        Edit(
            "jobs/instruments/published.py", {"_CSAT = Instrument(": INSTRUMENT, "_CSAT, _CES, ": "_TRUST, "}
        ),
        Edit("README.md", {"`csat`, `ces`": "`trust`, "}),
        Edit("docs/figures.md", {"UMUX-Lite: Lewis": "Trust: Somebody (1999). "}),
    ],
    "A subcommand": [
        Edit("handlers/commands/score_commands.py", {END: SUBCOMMAND}),
        Edit("handlers/commands/command_table.py", {'    "score": ': SUBCOMMAND_ROW}),
        Edit("README.md", {"| `/pulse score ": "| `/pulse greet` | greets |\n"}),
    ],
    "A message": [
        Edit("jobs/messages/help/help_page.py", {END: MESSAGE}),
        Edit(
            "handlers/commands/command_table.py",
            {
                "CommandHelp, Group, help_message": "good_morning, ",
                "    return help_message(": '    return good_morning("Ada")\n',
            },
        ),
    ],
    "A setting": [
        Edit("bot/config/settings.py", {"    bifocal_timezone: ": SETTING}),
        Edit("bot/config/setting_types.py", {'    "BIFOCAL_TIMEZONE": ': RIGHT_VALUE}),
        Edit("docs/operating.md", {"| `BIFOCAL_TIMEZONE`": "| `BIFOCAL_SECOND_ZONE` | a zone |\n"}),
    ],
    "A column": [
        Edit("storage/schema/question_tables.py", {"    folded: str = ": COLUMN}),
        Edit("storage/migrations/versions/9999_note.py", {END: MIGRATION}),
        Edit("storage/records/pulse_records.py", {"    former_keys: tuple[str, ...] = ()": COLUMN}),
    ],
    "A step": [
        Edit("jobs/pulses/close_waves.py", {END: STEP}),
        Edit("bot/app.py", {'            Step(\n                name="send",': STEP_ROW}),
    ],
    "A touchpoint": [
        Edit("storage/records/kinds.py", {'    OTHER = "other"': TOUCHPOINT}),
        Edit("jobs/classification/words/lexicon.toml", {END: TOUCHPOINT_WORDS}),
    ],
}
