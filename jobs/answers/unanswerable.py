"""Why an answer, a comment or a take-back is not kept."""

from storage.records import WaveHeader


class Unanswerable(Exception):
    """No such wave, item or point: a forged payload, or something of long ago."""


class TakenDown(Unanswerable):
    """The question was taken down."""


class NoAnswer(Unanswerable):
    """There is no answer of this person for a comment to stand beside."""


class TooLate(Exception):
    """The wave has closed; `wave` says when, `answered` whether an answer of this person is kept in it."""

    def __init__(self, wave: WaveHeader, *, answered: bool) -> None:
        super().__init__(wave.id)
        self.wave = wave
        self.answered = answered
