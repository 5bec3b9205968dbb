"""Faults put into the bot on purpose: each has to be found by the judge, or it looks in vain.

Not here: what goes wrong around the bot, which it has to bear (`tests.simulated.trouble`).
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

from tests.simulated.planted import answering, counting, delivering, telling

PLANTED: dict[str, Callable[[], AbstractContextManager[None]]] = {
    # 1. No acked answer is lost
    "ack before commit": answering.ack_before_commit,
    "comment acked before commit": answering.comment_acked_before_commit,
    # 2. One answer per person and wave
    "newest click does not win": answering.last_to_come_wins,
    "somebody counts twice": counting.somebody_counts_twice,
    # 3. Every due wave and edition is posted once
    "lease ignored": delivering.lease_ignored,
    "window claimed twice": delivering.window_claimed_twice,
    "lost post is repeated": delivering.lost_post_is_repeated,
    "owner is not told": delivering.owner_is_not_told,
    "digest keeps silent": delivering.digest_keeps_silent,
    "reminded before it is claimed": delivering.reminded_before_it_is_claimed,
    # 4. No number without its base and interval
    "score without its range": telling.score_without_its_range,
    "number from five": counting.number_from_five,
    # 5. Nobody is unmasked
    "figure from an uncounted wave": counting.counted_while_open,
    "forget moves a figure": counting.forget_moves_a_figure,
    "tie kept after the count": counting.tie_kept_after_the_count,
    "counted again within four weeks": counting.counted_again_within_four_weeks,
    "comments of one are listed": counting.comments_of_one_are_listed,
    "take back keeps the answer": answering.take_back_keeps_the_answer,
    "forget keeps the comments": answering.forget_keeps_the_comments,
    "takedown keeps the round": answering.takedown_keeps_the_round,
    "receipt of another": telling.receipt_of_another,
    "user id in the outbox": telling.user_id_in_the_outbox,
    # 6. A channel sees only what it may
    "private channel is read everywhere": telling.private_channel_is_read_everywhere,
    # 7. User text is data
    "typed text is markup": telling.typed_text_is_markup,
    "comment in the log": telling.comment_in_the_log,
    # 8. A schedule keeps its wall-clock time
    "schedule in UTC": delivering.schedule_in_utc,
    "changed digest misses times": delivering.changed_digest_misses_times,
    "missed is asked days later": delivering.missed_is_asked_days_later,
    # 9. Bad input changes nothing, nobody is met with silence
    "closed wave takes answers": answering.closed_wave_takes_answers,
    "mistyped is guessed": telling.mistyped_is_guessed,
    "failed answer is not repeated": telling.failed_answer_is_not_repeated,
    # 10. What is optional never stops the main job
    "asking waits for the members": delivering.asking_waits_for_the_members,
}
