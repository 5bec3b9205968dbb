"""What Slack does with the bot's ack: nothing, show a message, change the form, or say that it failed."""

from typing import Any

from bot.sandbox.acting import responses
from bot.sandbox.live import posting
from bot.sandbox.live.answers import Answer
from bot.sandbox.live.world import World
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.errors import RefusedError
from bot.sandbox.model.people import User
from bot.sandbox.model.views import View

TROUBLE = "We had some trouble connecting. Try again?"


def of_command(world: World, user: User, channel: Channel, name: str, answer: Answer) -> str | None:
    """Show what the ack of a slash command says, to the commander alone unless it says otherwise.

    Gives the sentence with which Slack tells the person that the command failed, else None.
    """
    if not answer.ok:
        error = "operation_timeout" if answer.why == "timeout" else "dispatch_failed"
        return f'{name} failed with the error "{error}"'
    if not answer.body:
        return None
    given = {"text": answer.body} if isinstance(answer.body, str) else answer.body
    if set(given) - responses.KNOWN or {"replace_original", "delete_original"} & set(given):
        return f'{name} failed with the error "invalid_command_response"'
    try:
        said = responses.said_by(given, channel)
    except RefusedError:
        return f'{name} failed with the error "invalid_command_response"'
    if given.get("response_type") == "in_channel":
        posting.post(world, channel, said)
    else:
        posting.whisper(world, channel.id, user.id, said)
    return None


def of_click(answer: Answer) -> str | None:
    """Any 200 will do; its body is not looked at."""
    return None if answer.ok else TROUBLE


def of_submission(world: World, view: View, answer: Answer) -> tuple[dict[str, str], str | None]:
    """Change or close the form. Gives the errors shown under its inputs, and Slack's trouble or None."""
    if not answer.ok:
        return {}, TROUBLE
    if not answer.body:
        world.screens.close(view, why="submitted")
        return {}, None
    try:
        return _act(world, view, answer.body), None
    except RefusedError:
        return {}, TROUBLE


def _act(world: World, view: View, body: Any) -> dict[str, str]:
    match body:
        case {"response_action": "errors", "errors": dict(errors), **rest} if errors and not rest:
            inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
            if set(errors) <= inputs and all(isinstance(words, str) and words for words in errors.values()):
                return dict(errors)
        case {"response_action": "clear", **rest} if not rest:
            world.screens.clear(view.user_id, why="submitted")
            return {}
        case {"response_action": "update", "view": dict(new), **rest} if not rest:
            world.screens.update(view, new)
            return {}
        case {"response_action": "push", "view": dict(new), **rest} if not rest:
            world.screens.push(view.user_id, new)
            return {}
    raise RefusedError("invalid_response_action")
