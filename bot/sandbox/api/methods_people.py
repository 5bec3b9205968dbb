"""users.*, and who the bot itself is: auth.test."""

from typing import Any

from bot.sandbox.api.pages import page
from bot.sandbox.live.world import World
from bot.sandbox.model.errors import RefusedError


def users_info(world: World, *, user: str, include_locale: bool = False) -> dict[str, Any]:
    """users.info."""
    found = world.workspace.users.get(user)
    if found is None:
        raise RefusedError("user_not_found")
    home = world.workspace.team.id
    return {"user": found.profile(world.clock, home=home, locale=include_locale)}


def users_list(
    world: World, *, limit: int = 0, cursor: str = "", include_locale: bool = False
) -> dict[str, Any]:
    """users.list: everybody of the installing team, bots and people who left too.

    Slack answers without a limit only in small teams, so it is asked for here.
    """
    if not limit:
        raise RefusedError("limit_required")
    home = world.workspace.team.id
    ours = [user for user in world.workspace.users.values() if user.team_id == home]
    some, onward = page(ours, limit, cursor)
    shown = [user.profile(world.clock, home=home, locale=include_locale) for user in some]
    return {"members": shown, **onward}


def auth_test(world: World) -> dict[str, Any]:
    """auth.test."""
    team, bot = world.workspace.team, world.workspace.users[world.app.bot_user_id]
    return {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": bot.name,
        "team_id": team.id,
        "user_id": bot.id,
        "bot_id": world.app.bot_id,
        "is_enterprise_install": False,
    }
