"""Comments, what a classifier read in them, and what a lead says instead."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, select

from storage.answers.erasure import erase_comments
from storage.digests.editions import blank_quotes
from storage.engine.repository import (
    Repository,
    fetch_all,
    fetch_one,
    new_id,
    put,
    reader,
    row_of,
    select_columns,
)
from storage.records import Comment, Correction, Label, NewComment, Wave, WaveHeader
from storage.schema.question_tables import COMMENT, CORRECTION, LABEL, PRODUCT, WAVE
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
        _label(connection, wave.team_id, comment_id, comment.text, comment.label)
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


def _label(connection: Connection, team_id: str, comment_id: str, text: str, label: Label) -> bool:
    """Keeps a label, as the one that counts; False when these words are gone."""
    mine = (COMMENT.c.team_id == team_id, COMMENT.c.id == comment_id, COMMENT.c.text == text)
    if not connection.execute(COMMENT.update().where(*mine).values(label_version=label.version)).rowcount:
        return False
    put(connection, LABEL, [row_of(label, LABEL, team_id=team_id, comment_id=comment_id)])
    return True


def _correct(connection: Connection, team_id: str, comment_id: str, said: Correction) -> Comment | None:
    comment = _held(connection, team_id, comment_id)
    if comment is None:
        return None
    before = comment.correction or Correction()
    both = Correction(
        sentiment=said.sentiment or before.sentiment,
        touchpoint=said.touchpoint or before.touchpoint,
        wish=before.wish if said.wish is None else said.wish,
        hidden=said.hidden or before.hidden,
    )
    if both.hidden:
        blank_quotes(connection, team_id, [comment_id])
    put(connection, CORRECTION, [row_of(both, CORRECTION, team_id=team_id, comment_id=comment_id)])
    return comment


def _undo(
    connection: Connection, team_id: str, comment_id: str, said: Correction, before: Correction
) -> bool | None:
    comment = _held(connection, team_id, comment_id)
    if comment is None:
        return None
    now = comment.correction or Correction()
    back = Correction(
        sentiment=before.sentiment if said.sentiment else now.sentiment,
        touchpoint=before.touchpoint if said.touchpoint else now.touchpoint,
        wish=now.wish if said.wish is None else before.wish,
        hidden=before.hidden if said.hidden else now.hidden,
    )
    again = Correction(
        sentiment=said.sentiment or now.sentiment,
        touchpoint=said.touchpoint or now.touchpoint,
        wish=now.wish if said.wish is None else said.wish,
        hidden=said.hidden or now.hidden,
    )
    if now not in {again, back}:
        return False
    put(connection, CORRECTION, [row_of(back, CORRECTION, team_id=team_id, comment_id=comment_id)])
    return True


def _held(connection: Connection, team_id: str, comment_id: str) -> Comment | None:
    """The comment, as nobody else changes it before this write is done."""
    query = COMMENTS.where(COMMENT.c.team_id == team_id, COMMENT.c.id == comment_id)
    return fetch_one(connection, query.with_for_update(of=COMMENT), read_comment)


def _outdated(connection: Connection, version: str) -> Iterator[tuple[ColumnElement[bool], ...]]:
    """The conditions that find every comment with no label of this version, each by a range of an index."""
    version_of = COMMENT.c.label_version
    for team_id in connection.execute(select(PRODUCT.c.team_id).distinct()).scalars().all():
        for other in (version_of.is_(None), version_of < version, version_of > version):
            yield COMMENT.c.team_id == team_id, other


_UNLABELLED = COMMENTS.where(COMMENT.c.label_version.is_(None)).order_by(COMMENT.c.written_at)


class Comments(Repository):
    """The comments of every workspace."""

    async def unlabelled(self, limit: int) -> list[Comment]:
        """Up to `limit` comments of all workspaces that no classifier has read, oldest first."""
        return await self._fetch_all(_UNLABELLED.limit(limit), read_comment)

    async def outdated(self, version: str, *, limit: int) -> list[Comment]:
        """Up to `limit` comments of all workspaces whose label is not of this version."""

        def work(connection: Connection) -> list[Comment]:
            found: list[Comment] = []
            for conditions in _outdated(connection, version):
                query = COMMENTS.where(*conditions).limit(limit - len(found))
                found += fetch_all(connection, query, read_comment)
            return found

        return await self._engine.read(work)

    async def count_outdated(self, version: str) -> int:
        """How many comments `outdated` would give in all."""

        def work(connection: Connection) -> int:
            counts = [select(func.count()).where(*each) for each in _outdated(connection, version)]
            return sum(connection.execute(count).scalar_one() for count in counts)

        return await self._engine.read(work)

    async def label_all(self, labels: Sequence[tuple[Comment, Label]]) -> int:
        """Keeps what a version of the classifier read in each comment, as what counts now; all in one write.

        A comment that is gone, or says something else by now, is left as it is. Gives how many were labelled.
        """

        def work(connection: Connection) -> int:
            return sum(
                _label(connection, comment.team_id, comment.id, comment.text, label)
                for comment, label in labels
            )

        return await self._engine.write(work)

    async def correct(self, team_id: str, comment_id: str, said: Correction) -> Comment | None:
        """Keeps what a lead says instead, beside what was said before. Gives the comment as it was before.

        None if it is gone.
        None leaves what was said before, and a hidden comment stays hidden. What was said before is read in
        the same write, so that two corrections at once are both kept.
        """
        return await self._engine.write(lambda connection: _correct(connection, team_id, comment_id, said))

    async def undo(self, team_id: str, comment_id: str, said: Correction, before: Correction) -> bool | None:
        """Sets what was `said` of a comment back to what was there `before`; the rest stays as it is.

        True when that holds, also where it was done already. False, and nothing changed, where something else
        was said since. None if the comment is gone. Quotes that went when it was hidden do not come back.
        """
        return await self._engine.write(
            lambda connection: _undo(connection, team_id, comment_id, said, before)
        )

    async def get(self, team_id: str, comment_id: str) -> Comment | None:
        """The comment of that id."""
        query = COMMENTS.where(COMMENT.c.team_id == team_id, COMMENT.c.id == comment_id)
        return await self._fetch_one(query, read_comment)

    async def wave_of(self, team_id: str, comment_id: str) -> Wave | None:
        """The wave in which a comment was written."""
        wave_id = select(COMMENT.c.wave_id).where(COMMENT.c.team_id == team_id, COMMENT.c.id == comment_id)
        query = WAVES.where(WAVE.c.team_id == team_id, WAVE.c.id == wave_id.scalar_subquery())
        return await self._fetch_one(query, read_wave)
