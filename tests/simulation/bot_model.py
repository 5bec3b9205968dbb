"""The bot, made of the pure rules alone: what it does at each event, and what is shown after it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from jobs.instruments import INSTRUMENTS
from jobs.privacy.asking_rule import Asking, asked_lately, free_from
from jobs.privacy.repeat_rule import counted_before
from jobs.privacy.round_rule import SMALL_CHANNEL, number_from, word_from
from storage.records.round_records import Question
from tests.simulation import history as h
from tests.simulation.filing import Filing
from tests.simulation.renderers import PlainRenderer, Renderer
from tests.simulation.state import State, Wave, WaveState, Written
from tests.simulation.surfaces import Cache, Figures, Listed, Surfaces


class Shown(NamedTuple):
    """What is shown after an event: what it caused, all figures, named answers, all comments."""

    notices: tuple[str, ...]
    figures: Figures
    named: tuple[str, ...]
    comments: Listed


class Bot(Filing):
    """The model. `points` and `comments` say what is answered and written in each slot."""

    def __init__(
        self,
        history: h.History,
        *,
        points: Mapping[h.Slot, h.Points],
        comments: Mapping[h.Slot, h.Comment],
        cache: Cache,
        renderer: Renderer | None = None,
    ) -> None:
        state = State(channels=dict(history.channels), now=h.START, weeks=history.weeks, whole=history.whole)
        super().__init__(history, state, cache, renderer or PlainRenderer())
        self.points, self.texts = points, comments
        self.surfaces = self.make_surfaces()
        self._listed: Listed | None = None
        self._does: dict[type, Callable[[Any], list[str]]] = {
            h.Ask: self.ask,
            h.Answers: self.answer,
            h.Tick: lambda _: self.tick(),
            h.Edition: self.publish,
            h.Forget: lambda event: self.forget(event.person),
            h.TakeDown: lambda event: self.take_down(event.wave),
            h.ChangeRole: self.change_role,
            h.Join: self.join_or_leave,
            h.Leave: self.join_or_leave,
            h.Merge: self.merge,
            h.Reword: self.end,
            h.End: self.end,
            h.Correct: self.correct,
            h.Hide: self.hide,
            h.Label: self.label,
            h.SetSmallestGroup: self.change_setting,
            h.SetWeeks: self.change_setting,
            h.Rename: self.rename,
            h.Copy: self.make_copy,
            h.Restore: self.restore,
            h.SetGroup: self.set_group,
            h.ImportFile: self.import_file,
            h.UndoImport: self.undo_import,
            h.Enter: self.enter,
            h.Expire: self.expire,
        }

    def make_surfaces(self) -> Surfaces:
        """What is shown."""
        return Surfaces(self.say, self.cache)

    def step(self, event: h.Event) -> Shown:
        """Do what an event asks for, and show everything."""
        self.state.now = event.at
        notices = self._does[type(event)](event)
        if self._listed is None or self.touched:
            self._listed, self.touched = self.surfaces.listed(self.state), False
        state = self.state
        named = self.surfaces.named_answers(state)
        return Shown(tuple(notices), self.surfaces.figures(state), named, self._listed)

    def question_of(self, pulse: h.Pulse) -> tuple[str, Question]:
        """The question that a pulse asks today, and its key."""
        version = self.state.wordings.get(pulse.id, 0)
        wording = f"wording {version}" if version else "published"
        question = Question(
            team_id="T1",
            channel_id=pulse.channel,
            product_id=pulse.product,
            subject_key=pulse.subject,
            lens=INSTRUMENTS[pulse.instrument].lens,
            instrument=pulse.instrument,
            wording=wording,
            named=pulse.named,
        )
        of = (pulse.channel, pulse.product, pulse.subject, pulse.instrument, wording, str(pulse.named))
        return "/".join(of), question

    def ask(self, event: h.Ask) -> list[str]:
        """Post a wave, unless its question has ended or clashes with one of the other kind."""
        state, pulse = self.state, self.history.pulses[event.pulse]
        key, question = self.question_of(pulse)
        if pulse.id in state.ended:
            return []
        new = Asking(
            question=question,
            product_keys=state.products_like(pulse.product),
            day=event.at.date(),
            members=state.channels[pulse.channel],
        )
        weeks = state.weeks
        until = free_from(new, state.askings, weeks=weeks)
        if until > new.day:
            return [self.say.refused(event.wave, until)]
        lately = asked_lately(new, state.askings, weeks=weeks)
        state.askings = (*(one for one in state.askings if (new.day - one.day).days < 30), new)
        state.questions.setdefault(key, question)
        state.over -= {key}
        promise = max(pulse.promise, state.k)
        if not pulse.anew:
            promise = max(promise, state.promises.setdefault(pulse.id, promise))
        state.waves[event.wave] = Wave(
            event.wave,
            event.number,
            pulse.id,
            key,
            event.at,
            event.closes_at,
            promise=promise,
            scheduled=pulse.scheduled,
            members=len(new.members),
        )
        state.answers[event.wave] = {}
        return [self.say.asked_lately(event.wave, lately)]

    def answer(self, event: h.Answers) -> list[str]:
        """Record answers and comments of people who are there, if the wave is open."""
        state, wave = self.state, self.state.waves.get(event.wave)
        if wave is None or wave.state is not WaveState.OPEN:
            return []
        question, pulse = state.questions[wave.key], self.history.pulses[wave.pulse]
        answers, lines = dict(state.answers[wave.id]), []
        for one in event.given:
            if one.person not in state.channels[pulse.channel]:
                continue
            slot = (wave.id, one.person)
            answers[one.person] = self.points[slot]
            comment = self.texts.get(slot)
            self.ask_role(pulse, one, comment)
            if comment and not question.named:
                self.write(comment, wave.id, one)
            told = counted_before(
                question,
                state.marks.get(one.person, ()),
                product_keys=state.products_like(pulse.product),
                today=event.at.date(),
                weeks=state.weeks,
                may_be_word=word_from(wave.promise) < number_from(wave.promise)
                and (wave.members < SMALL_CHANNEL or not wave.scheduled),
            )
            if told:
                lines.append(self.say.counted_before(one.person, told))
            lines.append(self.say.answered(wave.id, len(answers)))
        state.answers[wave.id] = answers
        return lines

    def ask_role(self, pulse: h.Pulse, given: h.Given, comment: h.Comment | None) -> None:
        """Ask how somebody knows the product: once, in the form of a first answer, if it is sent."""
        key = pulse.product, given.person
        if pulse.named or INSTRUMENTS[pulse.instrument].has_form or key in self.state.roles:
            return
        if comment or given.role:
            self.state.roles[key] = given.role

    def change_role(self, event: h.ChangeRole) -> list[str]:
        """Somebody who was asked says another role."""
        key = event.product, event.person
        if key in self.state.roles:
            self.state.roles[key] = event.role
        return []

    def write(self, comment: h.Comment, wave: str, given: h.Given) -> None:
        """Keep a comment."""
        self.state.comments[comment.text] = Written(
            comment, wave, given.person, given.labelled, comment.tone, comment.topic, comment.wish
        )

    def publish(self, event: h.Edition) -> list[str]:
        """Post a digest: it repeats what is shown, and says which rounds are new."""
        new = (one for one in self.state.rounds.values() if (event.at.date() - one.counted_on).days < 7)
        return [f"{event.product}: new are {', '.join(one.id for one in new if not one.withdrawn)}"]

    def join_or_leave(self, event: h.Join | h.Leave) -> list[str]:
        """Let somebody come or go."""
        members, person = self.state.channels[event.channel], frozenset({event.person})
        joins = isinstance(event, h.Join)
        self.state.channels[event.channel] = members | person if joins else members - person
        return []

    def merge(self, event: h.Merge) -> list[str]:
        """Take two products as one from now on."""
        both = self.state.products_like(event.first) | self.state.products_like(event.second)
        self.state.merged |= dict.fromkeys(both, both)
        return []

    def end(self, event: h.Reword | h.End) -> list[str]:
        """A question ends: what waits, and what is not listed yet, is erased; what is open goes on."""
        state, pulse = self.state, self.history.pulses[event.pulse]
        key, _ = self.question_of(pulse)
        state.over |= {key}
        state.again_on.pop(key, None)
        self.erase_what_waits()
        if isinstance(event, h.Reword):
            state.wordings[pulse.id] = state.wordings.get(pulse.id, 0) + 1
        else:
            state.ended |= {pulse.id}
        return []

    def correct(self, event: h.Correct) -> list[str]:
        """Say another tone and topic of a listed comment, and whether it is a wish."""
        said = {} if event.wish is None else {"wish": event.wish}
        self.change(event.text, tone=event.tone, topic=event.topic, **said)
        return []

    def hide(self, event: h.Hide) -> list[str]:
        """Hide a listed comment."""
        self.change(event.text, hidden=True)
        return []

    def change(self, text: str, **fields: Any) -> None:
        """Change a comment that leads can read."""
        found = self.state.comments.get(text)
        if found and found.batch:
            self.state.comments[text] = replace(found, **fields)
            self.touched = True

    def label(self, _: h.Label) -> list[str]:
        """Let the classifier read every comment."""
        for text, one in self.state.comments.items():
            if not one.labelled:
                self.state.comments[text] = replace(one, labelled=True)
        self.make_blocks()
        return []

    def change_setting(self, event: h.SetSmallestGroup | h.SetWeeks) -> list[str]:
        """Change a setting."""
        if isinstance(event, h.SetWeeks):
            self.state.weeks = event.weeks
        else:
            self.state.k = event.k
        return []

    def rename(self, event: h.Rename) -> list[str]:
        """Give a product another name."""
        self.state.names[event.product] = event.name
        return []

    def set_group(self, event: h.SetGroup) -> list[str]:
        """Make, change or remove a group of channels."""
        self.state.groups.pop(event.name, None)
        if event.channels:
            self.state.groups[event.name] = event.channels
        return []

    def enter(self, event: h.Enter) -> list[str]:
        """Enter a figure from elsewhere."""
        self.state.outcomes[event.product] = event.value
        return []
