"""Try on a copy what wordings would do to the content, and hold back those that would harm it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile, copytree
from tempfile import TemporaryDirectory

from knowledge.answering import answer
from knowledge.exchange.rewriting import Change, add, text_of
from knowledge.handbook import Handbook
from knowledge.loading import load
from knowledge.matching.building import Progress, silent
from knowledge.matching.index import NONE, Index
from knowledge.matching.normalising import tokenise
from knowledge.matching.ranking import compare_all, rank_all
from knowledge.model import Outright
from knowledge.opening import Knowledge, reteach
from knowledge.quality.overmatch import overmatch
from knowledge.quality.owners import arrives_at, checks
from knowledge.quality.soundness.check import check


@dataclass(frozen=True, slots=True)
class Addition:
    """A wording that is to teach the matcher."""

    text: str
    intent: str
    """The one that it asks for, or `NONE`."""
    route: str = ""
    """Where to turn with it, if no intent covers it."""

    @property
    def file(self) -> str:
        """The file in which it is to stand, from the folder of the content."""
        return "not-covered.yaml" if self.intent == NONE else f"intents/{self.intent}.yaml"


@dataclass(frozen=True, slots=True)
class Held:
    """A wording that is not put into the content, and why."""

    addition: Addition
    why: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying wordings."""

    changes: tuple[Change, ...]
    """The files as they are to be, each beside what it is now, here or in the folder below."""
    taken: tuple[Addition, ...]
    held: tuple[Held, ...]


def try_out(
    additions: Sequence[Addition],
    content: Sequence[Path],
    knowledge: Knowledge,
    progress: Progress = silent,
) -> Trial:
    """What the wordings would change in the last folder of the `content`, of which `knowledge` is.
    A file that stands in an earlier folder is copied into the last.

    Held back is what has nowhere to go or stands there already, what makes the content unsound, and
    what makes a check arrive elsewhere, or nowhere, that arrived before.
    """
    held = list(_out_of_place(additions, knowledge.handbook))
    while taken := _without(additions, held):
        with TemporaryDirectory() as place:
            copies = _copy(content, Path(place))
            known = _errors(copies)
            changed = _put_in(taken, copies)
            found = _errors(copies)
            worse = list(_unsound(taken, [found[one] for one in found if one not in known]))
            if not worse:
                after = reteach(knowledge, load(copies), progress)
                worse = list(_stealing(taken, knowledge, after, progress)) or list(
                    _hiding(taken, knowledge, after, progress)
                )
            if not worse:
                changes = (
                    Change(content[-1] / path.relative_to(copies[-1]), before, text_of(path))
                    for path, before in changed.items()
                )
                return Trial(tuple(changes), taken, tuple(held))
        held += {one.addition: one for one in worse}.values()  # one reason is enough
    return Trial((), (), tuple(held))


def _without(additions: Sequence[Addition], held: Iterable[Held]) -> tuple[Addition, ...]:
    out = {one.addition for one in held}
    return tuple(one for one in additions if one not in out)


def _out_of_place(additions: Sequence[Addition], handbook: Handbook) -> Iterator[Held]:
    """The wordings that have nowhere to go or stand somewhere already."""
    routes = {route.id for route in handbook.routes}
    covered, uncovered, talk = handbook.intents, handbook.routes, handbook.small_talk
    judging = [(i.id, i.checks) for i in covered] + [(r.id, r.checks) for r in uncovered]
    teaching = [(i.id, i.asked) for i in covered] + [(r.id, r.asked) for r in uncovered]
    teaching += [(reply.id, reply.asked) for reply in talk]
    known = {tokenise(text): f"it is a check of {id}" for id, texts in judging for text in texts}
    known |= {tokenise(text): f"{id} has it already" for id, texts in teaching for text in texts}
    for one in additions:
        if one.intent != NONE and not handbook.has_intent(one.intent):
            yield Held(one, f"there is no intent {one.intent} any more")
        elif one.intent == NONE and one.route not in routes:
            yield Held(one, f"there is no route {one.route} any more")
        elif not tokenise(one.text):
            yield Held(one, "it has no words")
        elif why := known.get(tokenise(one.text)):
            yield Held(one, why)
        else:
            known[tokenise(one.text)] = "it was accepted twice"


def _copy(content: Sequence[Path], to: Path) -> tuple[Path, ...]:
    """The folders, copied."""
    return tuple(Path(copytree(one, to / str(number))) for number, one in enumerate(content))


def _errors(content: Sequence[Path]) -> Mapping[str, str]:
    """What is wrong, by its words without numbers: that there are fewer too few is no new fault."""
    _, problems = check(content, None, ())
    wrong = (one.problem for one in problems if one.severity == "error")
    return {re.sub(r"\d+", "", problem): problem for problem in wrong}


def _put_in(additions: Sequence[Addition], content: Sequence[Path]) -> dict[Path, str]:
    """Put the wordings into the files of the last folder: those that were changed, and what stood
    in them.
    """
    changed: dict[Path, str] = {}
    for one in additions:
        path = content[-1] / one.file
        standing = next(f / one.file for f in reversed(content) if (f / one.file).exists())
        changed.setdefault(path, text_of(standing))
        if path != standing:
            path.parent.mkdir(exist_ok=True)
            copyfile(standing, path)
        Change(path, text_of(path), add(path, "asked", (one.text,), one.route or None)).write()
    return changed


def _unsound(additions: Sequence[Addition], errors: Iterable[str]) -> Iterator[Held]:
    """The wordings that are named in what is wrong by them; all of them, where none is."""
    for error in sorted(errors):
        named = [one for one in additions if one.text in error] or additions
        yield from (Held(one, error) for one in named)


def _stealing(
    additions: Sequence[Addition], before: Knowledge, after: Knowledge, progress: Progress
) -> Iterator[Held]:
    """The wordings by which an intent wins a check that arrived before: of those that the intent
    got, or of all, the one that is most like the check.
    """
    for theft in overmatch(after, progress):
        if _is_lost(theft.check, theft.owner, before, after):
            owner = theft.owner or "no intent"
            own = [one for one in additions if one.intent == theft.thief]
            yield Held(
                _nearest(theft.check, own or additions, after.index),
                f"{theft.thief} would win “{theft.check}”, a check of {owner}",
            )


def _nearest(text: str, additions: Sequence[Addition], index: Index) -> Addition:
    ((_, likeness, _),) = compare_all((text,), index)
    by_text = dict(zip(index.texts, likeness.tolist(), strict=True))
    return max(additions, key=lambda one: by_text.get(one.text, 0.0))


def _is_lost(check: str, owner: str, before: Knowledge, after: Knowledge) -> bool:
    return _arrives(check, owner, before) and not _arrives(check, owner, after)


def _arrives(check: str, owner: str, knowledge: Knowledge) -> bool:
    """Whether a check gets the guidance that it should, or none where none covers it."""
    given = answer(check, knowledge).answer
    if owner == NONE:
        return not isinstance(given, Outright)
    return isinstance(given, Outright) and given.intent.id in arrives_at(knowledge.handbook, owner)


def _hiding(
    additions: Sequence[Addition], before: Knowledge, after: Knowledge, progress: Progress
) -> Iterator[Held]:
    """The wordings of what is not covered that keep a check from its intent."""
    by_text = {one.text: one for one in additions if one.intent == NONE}
    covered = [one for one in checks(after.handbook) if one.intent != NONE] if by_text else []
    rankings = rank_all([text for text, _ in covered], after.index, progress)
    for (text, owner), ranking in zip(covered, rankings, strict=True):
        one = by_text.get(ranking.none_phrase or "")
        if one and _is_lost(text, owner, before, after):
            yield Held(one, f"“{text}”, a check of {owner}, would not be answered")
