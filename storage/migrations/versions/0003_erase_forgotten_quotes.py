"""Blank the quotes that editions kept though their comment was erased, hidden or withdrawn meanwhile."""

from alembic import op
from sqlalchemy import text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

QUOTES = text("""
    SELECT quote.team_id, quote.edition_id, quote.position, quote.text, comment.text AS words
    FROM quote LEFT JOIN comment
    ON comment.team_id = quote.team_id AND comment.id = quote.comment_id AND comment.may_quote
    AND NOT EXISTS (
        SELECT 1 FROM correction
        WHERE correction.team_id = comment.team_id AND correction.comment_id = comment.id
        AND correction.hidden
    )
    WHERE quote.text IS NOT NULL
""")
BLANK = text("""
    UPDATE quote SET text = NULL
    WHERE team_id = :team_id AND edition_id = :edition_id AND position = :position
""")
RENEW = text("""
    UPDATE post SET wanted = wanted + 1, state = CASE
        WHEN state = 'sent' OR (state = 'failed' AND slack_ts IS NOT NULL) THEN 'pending' ELSE state END
    WHERE team_id = :team_id AND ref = :edition_id
""")


def upgrade() -> None:
    connection = op.get_bind()
    for quote in connection.execute(QUOTES).all():
        if quote.words is None or quote.words.strip() != quote.text:
            place = {name: getattr(quote, name) for name in ("team_id", "edition_id", "position")}
            connection.execute(BLANK, place)
            connection.execute(RENEW, place)


def downgrade() -> None:
    """What was erased stays erased."""
