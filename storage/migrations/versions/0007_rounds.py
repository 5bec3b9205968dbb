"""Questions and rounds: every wave gets its question and what it promised; no round is made here."""

import secrets

import sqlalchemy as sa
from alembic import op

from storage.records.name_folding import comparison_key

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SMALLEST_PROMISE = 5
SAME = ("team_id", "channel_id", "product_id", "subject_key", "lens", "instrument", "wording", "named")
ASKED = sa.text("""
    SELECT wave.team_id, wave.id, wave.channel_id, wave.product_id, wave.ui_version,
        pulse.subject, pulse.lens, pulse.instrument, pulse.named, pulse.min_group, product.name
    FROM wave
    JOIN pulse ON pulse.team_id = wave.team_id AND pulse.id = wave.pulse_id
    JOIN product ON product.team_id = wave.team_id AND product.id = wave.product_id
    ORDER BY wave.opened_at
""")
QUESTION = sa.table("question", sa.column("id"), *map(sa.column, SAME))
FILL = sa.text("""
    UPDATE wave SET question_id = :question_id, promise = :promise WHERE team_id = :team AND id = :wave
""")


def upgrade() -> None:
    _make_question()
    _make_round()
    _make_marks()
    op.add_column("wave", sa.Column("promise", sa.Integer(), nullable=True))
    op.add_column("wave", sa.Column("question_id", sa.String(), nullable=True))
    op.add_column("wave", sa.Column("round_id", sa.String(), nullable=True))
    _fill(op.get_bind())
    op.drop_index("ix_wave_open", "wave")
    with op.batch_alter_table("wave") as wave:
        wave.alter_column("promise", nullable=False)
        wave.alter_column("question_id", nullable=False)
        wave.create_check_constraint(op.f("ck_wave_promise"), sa.text(f"promise >= {SMALLEST_PROMISE}"))
        for table in ("question", "round"):
            wave.create_foreign_key(
                op.f(f"fk_wave_{table}"),
                table,
                ["team_id", f"{table}_id"],
                ["team_id", "id"],
                ondelete="CASCADE",
            )
    # SQLite makes the table anew, its indexes in any order, and between two that fit it takes the later one.
    _index_where("ix_wave_open", "wave", "pulse_id", where="closed_at IS NULL")
    _index_where("ix_wave_uncounted", "wave", "question_id", where="round_id IS NULL")
    op.create_index("ix_wave_round", "wave", ["team_id", "round_id"], unique=False)


def _fill(connection: sa.Connection) -> None:
    """Gives every wave its question and its promise."""
    questions: dict[tuple[object, ...], str] = {}
    waves = []
    for row in connection.execute(ASKED):
        subject = comparison_key(row.subject)
        key = (
            row.team_id,
            row.channel_id,
            row.product_id,
            "" if subject == comparison_key(row.name) else subject,
            row.lens,
            row.instrument,
            str(row.ui_version),
            row.named,
        )
        question_id = questions.setdefault(key, secrets.token_hex(8))
        promise = max(SMALLEST_PROMISE, row.min_group)
        waves.append({"question_id": question_id, "promise": promise, "team": row.team_id, "wave": row.id})
    if waves:
        rows = [{"id": id_, **dict(zip(SAME, key, strict=True))} for key, id_ in questions.items()]
        connection.execute(QUESTION.insert(), rows)
        connection.execute(FILL, waves)


def _make_question() -> None:
    op.create_table(
        "question",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("product_id", sa.String(), nullable=False),
        sa.Column("subject_key", sa.Text(), nullable=False),
        sa.Column("lens", sa.String(length=16), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("look_again_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_question")),
        sa.UniqueConstraint(*SAME, name=op.f("uq_question")),
        _belongs("question", "product"),
    )
    _index_where("ix_question_look", "question", "look_again_on", where="look_again_on IS NOT NULL")


def _make_round() -> None:
    classes = "(favourable IS NULL) = (middle IS NULL) AND (middle IS NULL) = (unfavourable IS NULL)"
    counts = "(clipped IS NULL AND lean IS NULL) OR (favourable IS NULL AND straight_lined IS NULL)"
    op.create_table(
        "round",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("askings", sa.Integer(), nullable=False),
        sa.Column("favourable", sa.Integer(), nullable=True),
        sa.Column("middle", sa.Integer(), nullable=True),
        sa.Column("unfavourable", sa.Integer(), nullable=True),
        sa.Column("histogram", sa.JSON(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("straight_lined", sa.Integer(), nullable=True),
        sa.Column("clipped", sa.Float(), nullable=True),
        sa.Column("lean", sa.String(length=16), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_round")),
        sa.CheckConstraint("n >= 5", name=op.f("ck_round_n")),
        sa.CheckConstraint("askings >= 1", name=op.f("ck_round_askings")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_round_days")),
        sa.CheckConstraint("(kind = 'word') = (lean IS NOT NULL)", name=op.f("ck_round_lean")),
        sa.CheckConstraint("kind <> 'word' OR clipped IS NULL", name=op.f("ck_round_clipped")),
        sa.CheckConstraint(classes, name=op.f("ck_round_classes")),
        sa.CheckConstraint(counts, name=op.f("ck_round_counts")),
        _belongs("round", "question"),
    )
    op.create_index("ix_round_question", "round", ["team_id", "question_id", "counted_at"], unique=False)


def _make_marks() -> None:
    op.create_table(
        "round_overlap",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("earlier_id", sa.String(), nullable=False),
        sa.Column("shared", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "round_id", "earlier_id", name=op.f("pk_round_overlap")),
        sa.CheckConstraint("shared >= 1", name=op.f("ck_round_overlap_shared")),
        _belongs("round_overlap", "round"),
        sa.ForeignKeyConstraint(
            ["team_id", "earlier_id"],
            ["round.team_id", "round.id"],
            name=op.f("fk_round_overlap_earlier"),
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "participation",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("respondent", sa.String(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "respondent", "round_id", name=op.f("pk_participation")),
        _belongs("participation", "round"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_participation_day", "participation", ["team_id", "counted_on"], unique=False)


def _belongs(table: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["team_id", f"{to}_id"],
        [f"{to}.team_id", f"{to}.id"],
        name=op.f(f"fk_{table}_{to}"),
        ondelete="CASCADE",
    )


def _index_where(name: str, table: str, column: str, *, where: str) -> None:
    condition = sa.text(where)
    op.create_index(
        name,
        table,
        ["team_id", column],
        unique=False,
        sqlite_where=condition,
        postgresql_where=condition,
    )


def downgrade() -> None:
    op.drop_index("ix_wave_round", "wave")
    op.drop_index("ix_wave_uncounted", "wave")
    with op.batch_alter_table("wave") as wave:
        wave.drop_constraint(op.f("ck_wave_promise"), type_="check")
        for table in ("question", "round"):
            wave.drop_constraint(op.f(f"fk_wave_{table}"), type_="foreignkey")
        for column in ("promise", "question_id", "round_id"):
            wave.drop_column(column)
    for table in ("participation", "round_overlap", "round", "question"):
        op.drop_table(table)
