"""Comments, what a classifier read in them, and what a lead says instead."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, select

from storage.answers.erasure import erase_comments
from storage.digests.editions import blank_quotes
from storage.engine.repository import Repository, fetch_one, new_id, put, reader, row_of, select_columns
from storage.records import Comment, Correction, Label, NewComment, Wave, WaveHeader
from storage.schema.question_tables import COMMENT, CORRECTION, LABEL, WAVE
from storage.schema.wave_rows import CORRECTION_OF_COMMENT, WAVES, read_wave

LABEL_OF_COMMENT = and_(
    LABEL.c.team_id == COMMENT.c.team_id,
    LABEL.c.comment_id == COMMENT.c.id,
    LABEL.c.version == COMMENT.c.label_version,
)
COMMENTS = select_columns(
    [*COMMENT.c, *LABEL.c, *CORRECTION.c],
    COMMENT.outerjoin(LABEL, LABEL_OF_COMMENT).outerjoin(CORRECTION, CORRECTION_OF_COMMENT),
)
read_comment = reader("comment", Comment)
"""A comment comes with the label that counts and its correction."""


def keep_comment(connection: Connection, wave: WaveHeader, respondent: str, comment: NewComment) -> bool:
    """Keeps the comment of somebody who has an answer in a wave; an empty text erases it.

    Whether there is one afterwards. The last to arrive counts: forms carry no time of Slack's, and Slack does
    not repeat them. A new text drops what was read in the old one; without the tick, quotes go.
    """
    held = connection.execute(select(COMMENT).where(*_place(wave, respondent))).first()
    if held and held.text != comment.text:
        erase_comments(connection, wave.team_id, [held.id])
    elif held and not comment.may_quote:
        blank_quotes(connection, wave.team_id, [held.id])
    if not comment.text.strip():
        return False
    comment_id = held.id if held else new_id()
    row = {
        "team_id": wave.team_id,
        "id": comment_id,
        "wave_id": wave.id,
        "respondent": respondent,
        "text": comment.text,
        "may_quote": comment.may_quote,
        "written_at": comment.written_at,
        "label_version": held.label_version if held and held.text == comment.text else None,
    }
    put(connection, COMMENT, [row])
    if comment.label:
        _label(connection, wave.team_id, comment_id, comment.label)
    return True


def drop_comment(
    connection: Connection, wave: WaveHeader, respondent: str, *, until: datetime | None
) -> None:
    """Erases the comment of a person in a wave, if it was written until then."""
    held = select(COMMENT.c.id).where(*_place(wave, respondent))
    if until is not None:
        held = held.where(COMMENT.c.written_at <= until)
    erase_comments(connection, wave.team_id, connection.execute(held).scalars().all())


def _place(wave: WaveHeader, respondent: str) -> tuple[ColumnElement[bool], ...]:
    return (
        COMMENT.c.team_id == wave.team_id,
        COMMENT.c.wave_id == wave.id,
        COMMENT.c.respondent == respondent,
    )


def _label(connection: Connection, team_id: str, comment_id: str, label: Label) -> bool:
    """Keeps a label, as the one that counts; False when the comment is gone."""
    mine = (COMMENT.c.team_id == team_id, COMMENT.c.id == comment_id)
    if not connection.execute(COMMENT.update().where(*mine).values(label_version=label.version)).rowcount:
        return False
    row = row_of(label, LABEL, team_id=team_id, comment_id=comment_id)
    put(connection, LABEL, [row])
    return True


def _correct(connection: Connection, team_id: str, comment_id: str, said: Correction) -> bool:
    query = COMMENTS.where(COMMENT.c.team_id == team_id, COMMENT.c.id == comment_id)
    comment = fetch_one(connection, query.with_for_update(of=COMMENT), read_comment)
    if comment is None:
        return False
    before = comment.correction or Correction()
    both = Correction(
        sentiment=said.sentiment or before.sentiment,
        touchpoint=said.touchpoint or before.touchpoint,
        hidden=said.hidden or before.hidden,
    )
    if both.hidden:
        blank_quotes(connection, team_id, [comment_id])
    put(connection, CORRECTION, [row_of(both, CORRECTION, team_id=team_id, comment_id=comment_id)])
    return True


def _other_than(version: str) -> ColumnElement[bool]:
    return COMMENT.c.label_version.is_(None) | (COMMENT.c.label_version != version)


class Comments(Repository):
    """The comments of every workspace."""

    async def unlabelled(self, limit: int) -> list[Comment]:
        """Up to `limit` comments of all workspaces that no classifier has read, oldest first."""
        query = COMMENTS.where(COMMENT.c.label_version.is_(None)).order_by(COMMENT.c.written_at).limit(limit)
        return await self._fetch_all(query, read_comment)

    async def outdated(self, version: str, *, limit: int) -> list[Comment]:
        """Up to `limit` comments of all workspaces whose label is not of this version, oldest first."""
        query = COMMENTS.where(_other_than(version)).order_by(COMMENT.c.written_at).limit(limit)
        return await self._fetch_all(query, read_comment)

    async def count_outdated(self, version: str) -> int:
        """How many comments `outdated` would give in all."""
        query = select(func.count()).select_from(COMMENT).where(_other_than(version))
        return await self._fetch_one(query, lambda row: int(row[0])) or 0

    async def label(self, team_id: str, comment_id: str, label: Label) -> bool:
        """Keeps what a version of the classifier read, as what counts now. False if the comment is gone."""
        return await self._engine.write(lambda connection: _label(connection, team_id, comment_id, label))

    async def correct(self, team_id: str, comment_id: str, said: Correction) -> bool:
        """Keeps what a lead says instead, beside what was said before; False if the comment is gone.

        None leaves what was said before, and a hidden comment stays hidden. What was said before is read in
        the same write, so that two corrections at once are both kept.
        """
        return await self._engine.write(lambda connection: _correct(connection, team_id, comment_id, said))

    async def get(self, team_id: str, comment_id: str) -> Comment | None:
        """The comment of that id."""
        query = COMMENTS.where(COMMENT.c.team_id == team_id, COMMENT.c.id == comment_id)
        return await self._fetch_one(query, read_comment)

    async def wave_of(self, team_id: str, comment_id: str) -> Wave | None:
        """The wave in which a comment was written."""
        wave_id = select(COMMENT.c.wave_id).where(COMMENT.c.team_id == team_id, COMMENT.c.id == comment_id)
        query = WAVES.where(WAVE.c.team_id == team_id, WAVE.c.id == wave_id.scalar_subquery())
        return await self._fetch_one(query, read_wave)
