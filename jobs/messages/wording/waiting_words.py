"""What stands between answers and their next score, in sentences: the true reason, and what comes next."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from jobs.messages.wording.voice import MRKDWN, Voice, capital, count, spelled
from jobs.privacy.look import LONGEST_WAIT
from jobs.privacy.progress_rule import ClosedWait, Progress, Stage

WEEK = timedelta(weeks=1)
_NOBODY = "so that nobody can be picked out"
_JOINS = (Stage.TOO_FEW, Stage.FOUR_WEEKS)  # what is said of answers that join the next round of a score
_LONGEST = f"{LONGEST_WAIT // WEEK} weeks"
MOST_LINES = 6
"""Of questions that wait: with more, an answer would be longer than Slack takes."""


def waiting(
    voice: Voice, progress: Sequence[Progress], zone: str | None, *, again: bool = False
) -> list[str]:
    """A paragraph for each question that waits; of several each names its channel, up to six.

    Questions of a channel of which the same is to be said share their paragraph.

    Moments are told in `zone`, or with None each in that of its question. `again` says that there is a score
    already.
    """
    several = len(progress) > 1
    said = [
        waiting_again(voice, each) if again and each.stage in _JOINS else say(voice, each, zone)
        for each in progress
    ]
    if several:
        return _by_channel(progress, said)
    return [capital(words) for words in said]


def _by_channel(progress: Sequence[Progress], said: Sequence[str]) -> list[str]:
    alike = Counter((each.channel_id, words) for each, words in zip(progress, said, strict=True))
    shown = [
        f"<#{channel}>: {words}" if many == 1 else f"<#{channel}>, {spelled(many)} questions, each: {words}"
        for (channel, words), many in alike.items()
    ]
    left = sum(list(alike.values())[MOST_LINES:])
    more = f"{capital(spelled(left))} more {'question is' if left == 1 else 'questions are'} open or waiting."
    return [*shown[:MOST_LINES], *([more] if left else [])]


def say(voice: Voice, progress: Progress, zone: str | None) -> str:
    """The sentences for one question, the first without its capital letter."""
    if progress.stage is Stage.OPEN:
        return _open(voice, progress, zone)
    if progress.stage is Stage.COUNTING:
        return _counting(voice, progress, zone)
    if progress.stage is Stage.LATE:
        return _late(voice, progress, zone)
    if progress.stage is Stage.WITHDRAWN:
        return f"the score {_of_day(voice, progress)}was withdrawn: one of its questions was taken down."
    answered = f"{count(progress.answers, 'person', 'people')} answered."
    if not progress.answers:
        answered = "no answers so far."
    if progress.stage is Stage.TOO_FEW:
        return f"{answered} {need(progress)} {_joins(voice, progress)}"
    return f"{answered} {_counts_from(voice, progress)}"


def waiting_again(voice: Voice, progress: Progress) -> str:
    """What is said of new answers that wait, where there are scores already."""
    if progress.stage is Stage.TOO_FEW:
        new = f"{count(progress.answers, 'new answer')}."
        one = progress.answers == 1
        return (
            f"{new} {_more_needed(progress)}, {_NOBODY}; {'it joins' if one else 'they join'} the next round."
        )
    if progress.counts_from and progress.stage is not Stage.COUNTED_LATELY:
        return f"next counted on {voice.day(progress.counts_from)}."
    return capital(say(voice, progress, progress.zone))


def _more_needed(progress: Progress) -> str:
    score, word = progress.score_from, progress.word_from
    if word is not None and score is not None and word < score:
        return f"They need to be {word} for a word, {score} for a score"
    return f"They need to be {score}" if progress.answers > 1 else f"A score needs {score}"


def closed_waiting(waits: ClosedWait, answered: int, weeks: int, *, once: bool) -> str:
    """What is said to those who answered: when it is counted, or how many a score needs.

    A question that is asked `once` has no next round unless somebody asks it again.
    """
    if waits.counted_on:
        day = MRKDWN.day(waits.counted_on)
        return f"This question is counted every {spelled(weeks)} weeks, next on {day}."
    score, word = waits.score_from, waits.word_from
    small = word is not None and word < score
    what = f"A word needs {word} people, a score {score}." if small else f"A score needs {score} people."
    if once:
        one = answered == 1
        wait, they = ("This answer waits", "it is") if one else ("These answers wait", "they are")
        return f"{what} {wait} in case the question is asked again; after {_LONGEST} {they} erased."
    return f"{what} {'This answer joins' if answered == 1 else 'These answers join'} the next round."


def erased_waiting(answered: int) -> str:
    """What is said to those who answered a question that was never counted and is not any more."""
    these = "This answer was" if answered == 1 else "These answers were"
    return f"{these} erased without being counted."


def need(progress: Progress) -> str:
    """How many people a score needs, and why."""
    score, word = progress.score_from, progress.word_from
    if word is not None and score is not None and word < score:
        return f"A word needs {word} and a score {score}, {_NOBODY}."
    return f"A score needs {score}, {_NOBODY}." if score else ""


def need_on_both(progress: Progress) -> str:
    """The same, where it holds for both sides."""
    score, word = progress.score_from, progress.word_from
    if word is not None and score is not None and word < score:
        return f"A word needs {word} and a score {score} on a side, {_NOBODY}."
    return f"Scores need {score} on a side, {_NOBODY}."


def _open(voice: Voice, progress: Progress, zone: str | None) -> str:
    many = count(progress.answers, "answer") if progress.answers else "no answers"
    closes = f"It closes {voice.when(progress.at, zone or progress.zone)}." if progress.at else ""
    if progress.counts_from:
        return " ".join(filter(None, [f"{many} so far.", closes, _counts_from(voice, progress)]))
    led = "Scores come when the question has closed, so that nobody is led by the others."
    return " ".join(filter(None, [f"{many} so far.", led, closes]))


def _counting(voice: Voice, progress: Progress, zone: str | None) -> str:
    closed = f"closed with {count(progress.answers, 'answer') if progress.answers else 'no answers'}."
    if progress.at:
        ready = voice.when(progress.at, zone or progress.zone)
        return f"{closed} Open forms have 15 minutes to come in; the score is ready {ready}."
    return " ".join(filter(None, [f"{closed} Open forms have 15 minutes to come in.", need(progress)]))


def _late(voice: Voice, progress: Progress, zone: str | None) -> str:
    """A count that is due has not been made: it fails, or is about to be made."""
    many = count(progress.answers, "answer") if progress.answers else "no answers"
    if progress.at is None:
        return f"{many} should be counted today. That is tried again, at least once an hour."
    should = voice.when(progress.at, zone or progress.zone)
    return (
        f"closed with {many}. They should have been counted by {should}. "
        "The count is late; it is tried again, at least once an hour."
    )


def _joins(voice: Voice, progress: Progress) -> str:
    """What becomes of answers that wait for more."""
    day = progress.next_day
    if not progress.answers:
        return f"It is asked again {voice.day(day, weekday=True)}." if day else "No next question is planned."
    return join_next(voice, progress.answers, day)


def join_next(voice: Voice, answers: int, day: date | None) -> str:
    """That answers join the next round, asked on `day`; with None, that none is planned, and what then."""
    these = "This answer joins" if answers == 1 else f"These {answers} join"
    if day is None:
        erased = "it is" if answers == 1 else "they are"
        return f"{these} the next round; none is planned. After {_LONGEST} without one {erased} erased."
    return f"{these} the next round, asked {voice.day(day, weekday=True)}."


def _counts_from(voice: Voice, progress: Progress) -> str:
    """From which day on answers are counted, and why not before."""
    day = voice.day(progress.counts_from) if progress.counts_from else ""
    if progress.stage is Stage.COUNTED_LATELY:
        when = f" They are looked at again on {day}." if day else ""
        return f"{need(progress)} Who was counted for the same lately does not count again yet.{when}"
    if progress.stage is Stage.RESTORED:
        return f"The database was restored from a copy; answers are counted from {day} on."
    counted = f"This question was counted {_of_day(voice, progress, 'on ')}; " if progress.counted_on else ""
    return capital(f"{counted.replace(' ; ', '; ')}new answers are counted from {day} on.")


def _of_day(voice: Voice, progress: Progress, word: str = "of ") -> str:
    return f"{word}{voice.day(progress.counted_on)} " if progress.counted_on else ""


def score_ready(voice: Voice, sides: Iterable[Sequence[Progress]], zone: str | None) -> str:
    """When the last score of questions that have closed is ready, after a space; empty where none has."""
    counting = [each for side in sides for each in side if each.stage is Stage.COUNTING]
    ready = max(((each.at, each.zone) for each in counting if each.at), default=None)
    return f" The score is ready {voice.when(ready[0], zone or ready[1])}." if ready else ""
