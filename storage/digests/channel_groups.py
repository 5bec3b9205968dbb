"""Groups of channels, whose figures are read together under a name."""

from sqlalchemy import ColumnElement, Connection, and_

from storage.engine.repository import Repository, add, fetch_one, reader, row_of, select_columns
from storage.records import ChannelGroup
from storage.records.name_folding import fold
from storage.schema.delivery_tables import CHANNEL_GROUP

_GROUPS = select_columns(CHANNEL_GROUP.c, CHANNEL_GROUP)
_read = reader("channel_group", ChannelGroup)


class ChannelGroups(Repository):
    """The groups of every workspace. They hold no figure: what is read of one is read of its channels."""

    async def find(self, team_id: str, name: str) -> ChannelGroup | None:
        """The group of that name, however it is spelt."""
        return await self._fetch_one(_GROUPS.where(_is_called(team_id, name)), _read)

    async def everywhere(self, team_id: str) -> list[ChannelGroup]:
        """All groups of a workspace, by name."""
        query = _GROUPS.where(CHANNEL_GROUP.c.team_id == team_id).order_by(CHANNEL_GROUP.c.folded)
        return await self._fetch_all(query, _read)

    async def keep(self, group: ChannelGroup, *, instead_of: ChannelGroup | None) -> bool:
        """Keeps a group in the place of the one that was seen before, None for none.

        False, and nothing changed, where another one is there by now.
        """
        row = row_of(group, CHANNEL_GROUP, folded=fold(group.name))
        there = _is_called(group.team_id, group.name)

        def work(connection: Connection) -> bool:
            if instead_of is None:
                return add(connection, CHANNEL_GROUP, row)
            if fetch_one(connection, _GROUPS.where(there).with_for_update(), _read) != instead_of:
                return False
            connection.execute(CHANNEL_GROUP.update().where(there).values(row))
            return True

        return await self._engine.write(work)

    async def remove(self, group: ChannelGroup) -> bool:
        """Removes a group; False where it is gone. Its channels and their rounds stay as they are."""
        there = _is_called(group.team_id, group.name)
        return await self._change(CHANNEL_GROUP.delete().where(there)) == 1


def _is_called(team_id: str, name: str) -> ColumnElement[bool]:
    return and_(CHANNEL_GROUP.c.team_id == team_id, CHANNEL_GROUP.c.folded == fold(name))
