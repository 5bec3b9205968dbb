"""Questions: what stays the same however often it is asked."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select

from storage.engine.repository import add, new_id
from storage.records import Pulse
from storage.records.name_folding import comparison_key
from storage.schema.round_tables import QUESTION


def subject_key(subject: str, product_name: str) -> str:
    """A subject as questions are compared by it; empty where it is the product itself."""
    key = comparison_key(subject)
    return "" if key == comparison_key(product_name) else key


def question_of(connection: Connection, pulse: Pulse, *, wording: str) -> str:
    """The id of the question that a pulse asks; a new one where it was never asked, and it has not ended."""
    row: dict[str, Any] = {
        "team_id": pulse.team_id,
        "channel_id": pulse.channel_id,
        "product_id": pulse.product.id,
        "subject_key": subject_key(pulse.subject, pulse.product.name),
        "lens": pulse.lens,
        "instrument": pulse.instrument,
        "wording": wording,
        "named": pulse.named,
    }
    same: ColumnElement[bool] = and_(*(QUESTION.c[name] == value for name, value in row.items()))
    add(connection, QUESTION, {**row, "id": new_id()})
    connection.execute(QUESTION.update().where(same, QUESTION.c.ended_at.is_not(None)).values(ended_at=None))
    return str(connection.execute(select(QUESTION.c.id).where(same)).scalar_one())
