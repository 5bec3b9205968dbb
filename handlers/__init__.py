"""What Bifocal answers: clicks, forms, slash commands. `register` shows the whole Slack surface.

Not here: what is done about it (jobs). Nothing in this layer posts a message: it wakes the sender.
"""

import re
from functools import partial

from slack_bolt.async_app import AsyncApp

from handlers.context import Context
from handlers.events import SeenEvents
from handlers.listeners import (
    answer_clicks,
    answer_forms,
    ask_forms,
    comment_clicks,
    confirm_clicks,
    digest_clicks,
    edition_clicks,
    my_data_clicks,
    share_forms,
    slash_command,
    takedown_click,
    unhandled,
)
from handlers.listeners.app_events import direct_messages, home_opened, invitations
from handlers.listeners.outcomes import outcome_forms
from handlers.listeners.reminders import quiet_clicks
from handlers.listeners.saved import save_forms, saved_clicks
from jobs.digests.if_read import Wish
from jobs.messages.layout import (
    comment_ids,
    digest_ids,
    edition_ids,
    ids,
    outcome_ids,
    product_ids,
    saved_ids,
)

ANYTHING = re.compile(".*")


def register(app: AsyncApp, context: Context) -> None:
    """Bind every listener to what it may use. The first that matches wins, so the catch-alls stand last.

    A listener takes its `context` by keyword only: what Bolt calls by that name is its own.
    """
    app.action(ids.POINT)(partial(answer_clicks.on_point, context=context))
    app.action(ids.OPEN_FORM)(partial(answer_clicks.on_open_form, context=context))
    app.action(ids.ADD_COMMENT)(partial(answer_clicks.on_add_comment, context=context))
    app.action(ids.TAKE_BACK)(partial(answer_clicks.on_take_back, context=context))
    app.view(ids.COMMENT_FORM)(partial(answer_forms.on_comment, context=context))
    app.view(ids.RATE_FORM)(partial(answer_forms.on_rate_form, context=context))

    app.action(ids.PRIVACY)(partial(my_data_clicks.on_privacy, context=context))
    app.action(ids.KEPT_OF_ME)(partial(my_data_clicks.on_kept_of_me, context=context))
    app.action(ids.FORGET)(partial(my_data_clicks.on_forget, context=context))
    app.action(product_ids.CHANGE_ROLE)(partial(my_data_clicks.on_change_role, context=context))
    app.view(product_ids.ROLE_FORM)(partial(my_data_clicks.on_role, context=context))

    app.action(ids.NOT_NOW)(partial(quiet_clicks.on_not_now, context=context))
    app.action(ids.UNDO_NOT_NOW)(partial(quiet_clicks.on_undo, context=context))
    app.action(ids.STOP_ASKING)(partial(quiet_clicks.on_stop, context=context))
    app.action(ids.ASK_AGAIN)(partial(quiet_clicks.on_ask_again, context=context))

    app.action(ids.ASK)(partial(ask_forms.on_ask, context=context))
    app.action(ids.SCHEDULE)(partial(ask_forms.on_ask, context=context, schedule=True))
    app.view(ids.ASK_FORM)(partial(ask_forms.on_ask_form, context=context))
    app.view(ids.NEW_NAME_FORM)(partial(ask_forms.on_new_name, context=context))
    app.view(ids.ASK_PREVIEW)(partial(ask_forms.on_preview, context=context))
    app.action(ids.HELD_DRAFT)(partial(confirm_clicks.on_held_draft, context=context))
    app.action(ids.NOT_ASKED)(partial(confirm_clicks.on_not_asked, context=context))
    app.action(ids.END_SCHEDULE)(partial(takedown_click.on_end_schedule, context=context))
    app.action(ids.TAKE_DOWN)(partial(takedown_click.on_take_down, context=context))

    app.action(product_ids.CHANGE)(partial(confirm_clicks.on_change, context=context))
    app.action(product_ids.KEEP)(partial(confirm_clicks.on_keep, context=context))

    app.command("/pulse")(partial(slash_command.on_command, context=context))
    app.action(ids.AGAIN)(partial(slash_command.on_again, context=context))
    app.action(ids.ROW_MENU)(partial(slash_command.on_again, context=context, stays=True))
    app.action(ids.HELP)(partial(slash_command.on_help, context=context))
    app.action(ids.EXAMPLE)(partial(slash_command.on_example, context=context))

    app.action(ids.TURN_COMMENTS)(partial(comment_clicks.on_more_comments, context=context))
    app.action(ids.TURN_ANSWERS)(partial(comment_clicks.on_more_answers, context=context))
    app.action(ids.CORRECT)(partial(comment_clicks.on_correct, context=context))
    app.action(comment_ids.UNDO)(partial(comment_clicks.on_undo, context=context))
    app.view(ids.TOPIC_FORM)(partial(comment_clicks.on_topic, context=context))

    _register_saved(app, context)
    _register_digests(app, context)
    _register_events(app, context)
    for link in (ids.OPEN_LINK, ids.OPEN_CX, ids.OPEN_UX):
        app.action(link)(partial(edition_clicks.on_link, context=context))
    app.action(ANYTHING)(partial(unhandled.on_unknown, context=context))
    app.view(ANYTHING)(partial(unhandled.on_unknown, context=context))
    app.message_shortcut(ANYTHING)(partial(unhandled.on_unknown, context=context))
    app.error(partial(unhandled.on_error, context=context))


def _register_saved(app: AsyncApp, context: Context) -> None:
    """Bind the listeners of saved messages and of what is said in passing."""
    app.message_shortcut(saved_ids.SHORTCUT)(partial(save_forms.on_shortcut, context=context))
    app.view(saved_ids.SAVE_FORM)(partial(save_forms.on_save, context=context))
    app.view(saved_ids.SAY_FORM)(partial(saved_clicks.on_say_form, context=context))
    app.action(saved_ids.SAY_IN_FORM)(partial(saved_clicks.on_say_in_form, context=context))
    app.action(saved_ids.REMOVE)(partial(saved_clicks.on_remove, context=context))
    app.action(saved_ids.CORRECT)(partial(saved_clicks.on_correct, context=context))


def _register_digests(app: AsyncApp, context: Context) -> None:
    """Bind the listeners of digests: under a posted one, and of those that set one up."""
    app.action(edition_ids.COMMENTS)(partial(edition_clicks.on_comments, context=context))
    app.action(edition_ids.HOW)(partial(edition_clicks.on_how, context=context))
    app.action(edition_ids.SHARE)(partial(edition_clicks.on_share, context=context))
    app.action(edition_ids.UNSHARE)(partial(edition_clicks.on_unshare, context=context))
    app.view(edition_ids.SHARE_FORM)(partial(share_forms.on_share_form, context=context))
    app.view(edition_ids.SHARE_PREVIEW)(partial(share_forms.on_share_preview, context=context))

    for action_id, wish in zip(ids.WISHES, Wish, strict=True):
        app.action(action_id)(partial(digest_clicks.on_wish, context=context, wish=wish))

    app.action(digest_ids.SET_UP)(partial(digest_clicks.on_set_up, context=context))
    app.action(digest_ids.CHANGE)(partial(digest_clicks.on_change, context=context))
    app.action(digest_ids.PREVIEW)(partial(digest_clicks.on_preview, context=context))
    app.action(digest_ids.KEEP)(partial(digest_clicks.on_keep, context=context))
    app.action(digest_ids.START_AGAIN)(partial(digest_clicks.on_keep, context=context))
    app.action(digest_ids.MEANT)(partial(digest_clicks.on_meant, context=context))
    app.view(digest_ids.FORM)(partial(digest_clicks.on_form, context=context))
    app.view(digest_ids.PAGE)(partial(digest_clicks.on_page, context=context))
    app.view(outcome_ids.FORM)(partial(outcome_forms.on_outcome_form, context=context))


def _register_events(app: AsyncApp, context: Context) -> None:
    """Bind the listeners of what Slack tells without a click."""
    seen = SeenEvents()
    app.event("member_joined_channel")(partial(invitations.on_joined, context=context, seen=seen))
    app.event("app_home_opened")(partial(home_opened.on_opened, context=context))
    app.event("message")(partial(direct_messages.on_message, context=context, seen=seen))
