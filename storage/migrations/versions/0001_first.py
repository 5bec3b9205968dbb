"""The tables of the first version."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fingerprint",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_fingerprint")),
    )
    op.create_table(
        "occasion",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("local", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "owner_id", "local", name=op.f("pk_occasion")),
    )
    op.create_table(
        "person",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("respondent", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "respondent", name=op.f("pk_person")),
    )
    op.create_table(
        "post",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("delete", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("slack_ts", sa.String(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.CheckConstraint("sent <= wanted", name=op.f("ck_post_sent")),
        sa.PrimaryKeyConstraint("team_id", "key", name=op.f("pk_post")),
        sa.UniqueConstraint("team_id", "ref", "part", name=op.f("uq_post_team_id_ref_part")),
    )
    op.create_index(
        "ix_post_pending",
        "post",
        ["team_id", "not_before"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "ix_post_sending",
        "post",
        ["team_id", "lease_until"],
        unique=False,
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_table(
        "product",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_product")),
        sa.UniqueConstraint("team_id", "folded", name=op.f("uq_product_team_id_folded")),
    )
    op.create_table(
        "digest",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("product_id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("cadence", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("window_length", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cx_metric", sa.String(), nullable=True),
        sa.Column("ux_metric", sa.String(), nullable=True),
        sa.Column("min_group", sa.Integer(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("pause_reason", sa.Text(), nullable=True),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("leads", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("min_group BETWEEN 3 AND 10", name=op.f("ck_digest_min_group")),
        sa.ForeignKeyConstraint(
            ["team_id", "product_id"],
            ["product.team_id", "product.id"],
            name=op.f("fk_digest_product"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_digest")),
        sa.UniqueConstraint(
            "team_id", "channel_id", "product_id", name=op.f("uq_digest_team_id_channel_id_product_id")
        ),
    )
    op.create_index(
        "ix_digest_due",
        "digest",
        ["team_id", "next_at"],
        unique=False,
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_table(
        "pulse",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.String(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("lens", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("min_group", sa.Integer(), nullable=False),
        sa.Column("open_for", sa.Integer(), nullable=False),
        sa.Column("cadence", sa.String(), nullable=True),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("pause_reason", sa.Text(), nullable=True),
        sa.Column("leads", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("min_group BETWEEN 3 AND 10", name=op.f("ck_pulse_min_group")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_pulse_number")),
        sa.CheckConstraint("open_for > 0", name=op.f("ck_pulse_open_for")),
        sa.ForeignKeyConstraint(
            ["team_id", "product_id"],
            ["product.team_id", "product.id"],
            name=op.f("fk_pulse_product"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_pulse")),
        sa.UniqueConstraint("team_id", "number", name=op.f("uq_pulse_team_id_number")),
    )
    op.create_index("ix_pulse_channel", "pulse", ["team_id", "channel_id"], unique=False)
    op.create_index(
        "ix_pulse_due",
        "pulse",
        ["team_id", "next_at"],
        unique=False,
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_table(
        "edition",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("digest_id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("period_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("period_end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("full", sa.Boolean(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.CheckConstraint("period_start <= period_end", name=op.f("ck_edition_period")),
        sa.ForeignKeyConstraint(
            ["team_id", "digest_id"],
            ["digest.team_id", "digest.id"],
            name=op.f("fk_edition_digest"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_edition")),
    )
    op.create_index("ix_edition_digest", "edition", ["team_id", "digest_id", "made_at"], unique=False)
    op.create_table(
        "wave",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("pulse_id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("product_id", sa.String(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("ui_version", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_down", sa.Boolean(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=True),
        sa.CheckConstraint("opened_at <= closes_at", name=op.f("ck_wave_closes_at")),
        sa.ForeignKeyConstraint(
            ["team_id", "pulse_id"],
            ["pulse.team_id", "pulse.id"],
            name=op.f("fk_wave_pulse"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_wave")),
    )
    op.create_index(
        "ix_wave_counted", "wave", ["team_id", "channel_id", "product_id", "counted_at"], unique=False
    )
    op.create_index("ix_wave_pulse", "wave", ["team_id", "pulse_id"], unique=False)
    op.create_index(
        "ix_wave_unsettled",
        "wave",
        ["team_id", "closes_at"],
        unique=False,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "comment",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("wave_id", sa.String(), nullable=False),
        sa.Column("respondent", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("may_quote", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("label_version", sa.String(), nullable=True),
        sa.CheckConstraint("text <> ''", name=op.f("ck_comment_text")),
        sa.ForeignKeyConstraint(
            ["team_id", "wave_id"],
            ["wave.team_id", "wave.id"],
            name=op.f("fk_comment_wave"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_comment")),
        sa.UniqueConstraint(
            "team_id", "wave_id", "respondent", name=op.f("uq_comment_team_id_wave_id_respondent")
        ),
    )
    op.create_index("ix_comment_respondent", "comment", ["team_id", "respondent"], unique=False)
    op.create_index(
        "ix_comment_unlabelled",
        "comment",
        ["team_id", "written_at"],
        unique=False,
        sqlite_where=sa.text("label_version IS NULL"),
        postgresql_where=sa.text("label_version IS NULL"),
    )
    op.create_table(
        "quote",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("edition_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("touchpoint", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["team_id", "edition_id"],
            ["edition.team_id", "edition.id"],
            name=op.f("fk_quote_edition"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("team_id", "edition_id", "position", name=op.f("pk_quote")),
    )
    op.create_index("ix_quote_comment", "quote", ["team_id", "comment_id"], unique=False)
    op.create_table(
        "rating",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("wave_id", sa.String(), nullable=False),
        sa.Column("respondent", sa.String(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("point", sa.Integer(), nullable=True),
        sa.Column("clicked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("external", sa.Boolean(), nullable=False),
        sa.CheckConstraint("item >= 0 AND (item = 0) = (point IS NULL)", name=op.f("ck_rating_item")),
        sa.CheckConstraint("point BETWEEN 0 AND 100", name=op.f("ck_rating_point")),
        sa.ForeignKeyConstraint(
            ["team_id", "wave_id"],
            ["wave.team_id", "wave.id"],
            name=op.f("fk_rating_wave"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("team_id", "wave_id", "respondent", "item", name=op.f("pk_rating")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_rating_respondent", "rating", ["team_id", "respondent"], unique=False)
    op.create_table(
        "correction",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("comment_id", sa.String(), nullable=False),
        sa.Column("sentiment", sa.String(length=16), nullable=True),
        sa.Column("touchpoint", sa.String(length=16), nullable=True),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "comment_id"],
            ["comment.team_id", "comment.id"],
            name=op.f("fk_correction_comment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("team_id", "comment_id", name=op.f("pk_correction")),
    )
    op.create_table(
        "label",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("comment_id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("sentiment", sa.String(length=16), nullable=False),
        sa.Column("polarity", sa.Float(), nullable=False),
        sa.Column("probabilities", sa.JSON(), nullable=False),
        sa.Column("touchpoints", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.CheckConstraint("polarity BETWEEN -1 AND 1", name=op.f("ck_label_polarity")),
        sa.ForeignKeyConstraint(
            ["team_id", "comment_id"],
            ["comment.team_id", "comment.id"],
            name=op.f("fk_label_comment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("team_id", "comment_id", "version", name=op.f("pk_label")),
    )


def downgrade() -> None:
    for table in (
        "label",
        "correction",
        "rating",
        "quote",
        "comment",
        "wave",
        "edition",
        "pulse",
        "digest",
        "product",
        "post",
        "person",
        "occasion",
        "fingerprint",
    ):
        op.drop_table(table)
