"""Find names used as names: from lists, from what stands before and after, from capitals."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from knowledge.matching.lexicon import english
from knowledge.screening.items import Item
from knowledge.screening.vocabulary import Vocabulary, is_name_only, listed

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n\"“(\[•*–-])\s*[\"“'(]?$")
_TITLE = re.compile(
    r"\b(?:(?:mr|mrs|ms|mx|dr|prof|rev)\.?|miss|sir|pc|dc|sgt|aunty|auntie|aunt|uncle)\s+$", re.I
)
_CALLED = re.compile(
    r"\b(?:called|named|name is|name's|names are|names is|known as|aka|real name|goes by|"
    r"answers to|"
    r"first name|surname|full name|nickname[d]?|name[:=])\W+$",
    re.I,
)
_KIN = re.compile(
    r"\b(?:baby|little|client|patient|pupil|student|yp|mum|dad|mother|father|mam|mom|nan|gran|"
    r"grandma|son|daughter|"
    r"sister|brother|cousin|partner|boyfriend|girlfriend|step-?dad|step-?mum|husband|wife|lad|"
    r"lass|child|twin|"
    r"nephew|niece|grandson|granddaughter|boy|girl|bairn|toddler|kid|mate|colleague|sibling)\s+$",
    re.I,
)
"""Right before a word that is no known one: it is their name."""
_VERB = re.compile(r"(?:[^e]ed|ing)$")
_ABOUT = re.compile(
    r"(?:\bre\b:?|\babout|\bbaby|\blittle|\bclient|\bpatient|\bpupil|\bstudent|\byoung person|\byp|"
    r"\bmum|\bdad|\bmother|\bfather|\bmam|\bmom|\bnan|\bgran|\bgrandma|\bson|\bdaughter|"
    r"\bsister|\bbrother|\bcousin|"
    r"\bpartner|\bboyfriend|\bgirlfriend|\bstep-?dad|\bstep-?mum|\bhusband|\bwife|\bcarer|"
    r"\bneighbour|\blad|\blass|\bchild|"
    r"\btwins?|\bsibling|\bfriend|\bnephew|\bniece|\bgrandson|\bgranddaughter|\bboy|\bgirl|"
    r"\bbairn|\btoddler|\bworker|"
    r"\bmidwife|\bteacher|\bgp|\bhv|\bsw|\bcase of|\bfor|\bwith|\band|\bn|\b&|\bsaw|\bmet|"
    r"\bwhen|\bis|,|\()\s*[,:(-]?\s*$",
    re.I,
)
_AGE_AFTER = re.compile(
    r"^(?:'s)?(?:\s*[,(–-]\s*|\s+(?:is|aged|age|who is|whos)?\s*)(?:aged?\s*)?"
    r"\d{1,2}\b(?!\s*(?:%|per|of|in|out|reviews?|cases?|days?\s+(?:ago|later)|times|"
    r"weeks? (?:ago|later)|min(?:ute)?s?|hours?|hrs?|am|pm|:\d))",
    re.I,
)
_BORN_AFTER = re.compile(r"^(?:'s)?\W{0,3}(?:d\W{0,2}o\W{0,2}b\b|born\b|date of birth)", re.I)
_PLACE_BEFORE = re.compile(r"\b(?:in|from|near|to|of|at|around|across|outside|the)\s+$", re.I)
_ENDING = re.compile(r"['’](?:s|d|ll|ve|re|m)$", re.I)
"""What is said of a person, or as `I've`: no part of a name."""
_NEGATION = re.compile(r"n['’]t$", re.I)
_DOES = re.compile(
    r"^(?:['’]s)?[ ,]+(?:is|was|has|had|got|gets|goes|says|said|told|keeps|wont|won't|does|"
    r"doesnt|hasnt|lives|came|"
    r"comes|wants|needs|looks|started|moved|turned|self|dob|and|&|aged|upn|nhs|yr|year)\b"
    r"|^['’]s (?:mum|mam|mom|dad|mother|father|nan|gran|brother|sister|uncle|aunt\w*|stepdad|"
    r"partner|boyfriend|family|teacher|school|social worker|case|file|house|room|behaviour)\b",
    re.I,
)
"""What a person does, behind a name that begins a sentence."""
_NOT_AFTER_TITLE = frozenset("and or who said is was has if in but for to at".split())
_COMMON_SURNAMES = frozenset(
    """baker banks barker barnes bishop brown butler carpenter carter clark clarke cook cooper dean
    field fields fisher fox green hall hill hunt hunter king knight marsh mason mills moss parker
    porter potter shepherd smith stone taylor tucker turner walker ward webb west wood woods
    wright young""".split()
)
"""Ordinary words that are a surname behind a name."""
_JOINS = (" ", "-", ". ", "'s ")
SHORT = 3
"""A listed name of fewer letters is taken for one only beside a cue or with a capital."""


class _Token(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def small(self) -> str:
        return self.text.lower().replace("’", "'")


def find_names(text: str, vocabulary: Vocabulary) -> Iterator[Item]:
    """The names in a text, as whole as they stand; a date beside a name as its date of birth."""
    allowed = vocabulary.allowed(text)
    tokens = [
        token
        for token in _tokens(text)
        if not any(start < token.end and token.start < end for start, end in allowed)
    ]
    capitals_tell = _capitals_tell(tokens)
    found_at: list[Item] = []
    at = 0
    while at < len(tokens):
        if _begins_a_name(tokens, at, text, capitals_tell, vocabulary):
            last = _end_of_name(tokens, at, text, capitals_tell, vocabulary)
            found_at.append(Item(tokens[at].start, tokens[last].end, "name"))
            at = last
        at += 1
    yield from found_at
    for start, end in _full_dates(text):
        if any(0 <= start - item.end <= 3 for item in found_at):
            yield Item(start, end, "date_of_birth")


def _full_dates(text: str) -> Iterator[tuple[int, int]]:
    if any(map(str.isdigit, text)):
        from knowledge.screening.dates import full_dates

        yield from full_dates(text)


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _WORD.finditer(text):
        if _NEGATION.search(match[0]):
            continue
        word = _ENDING.sub("", match[0])
        found.append(_Token(word, match.start(), match.start() + len(word)))
    return found


def _capitals_tell(tokens: list[_Token]) -> bool:
    """Whether capitals mark names: not in a text in capitals, nor in one with all words capital."""
    long = [token for token in tokens if len(token.text) > 3]
    capital = [token for token in long if token.text[0].isupper()]
    return len(capital) <= 0.6 * len(long) or len(long) < 3


def _is_capital(token: _Token) -> bool:
    return token.text[0].isupper() and (not token.text.isupper() or len(token.text) == 1)


def _begins_a_name(
    tokens: list[_Token], at: int, text: str, capitals_tell: bool, vocabulary: Vocabulary
) -> bool:
    token = tokens[at]
    word = token.small
    before, after = text[max(0, token.start - 30) : token.start], text[token.end :]
    capital = capitals_tell and _is_capital(token)
    inside = not _SENTENCE_START.search(text[: token.start])
    plain = vocabulary.is_plain(word)
    either = word in listed("names-that-are-words")
    is_place = word in listed("places")
    if _TITLE.search(before):
        return len(word) > 1 and (capital or not plain) and word not in _NOT_AFTER_TITLE
    if _CALLED.search(before):
        return not plain or either
    if is_place and (_PLACE_BEFORE.search(before) or not (either or _is_given(word))):
        return False
    if _is_given(word) and not either:
        return len(word) >= SHORT or capital or bool(_ABOUT.search(before))
    aged = bool(_AGE_AFTER.match(after) or _BORN_AFTER.match(after))
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    followed = following is not None and text[token.end : following.start] in _JOINS
    if capital and len(word) == 1:
        return _is_initial(tokens, at, text, vocabulary)
    if either:
        surname_after = followed and following is not None and following.small in listed("surnames")
        return (
            (capital and inside)
            or surname_after
            or (aged and bool(_ABOUT.search(before) or not before.strip()))
        )
    if plain or len(word) < SHORT or _is_acronym(token):
        return False
    if aged and (capital or word in listed("surnames") or bool(_ABOUT.search(before))):
        return True
    if _KIN.search(before) and vocabulary.is_unknown(word) and not _VERB.search(word):
        return True
    if word in listed("surnames"):
        return capital or (followed and following is not None and is_name_only(following.small))
    return (
        capital
        and vocabulary.is_unknown(word)
        and (
            inside
            or (followed and following is not None and _is_capital(following))
            or bool(_DOES.match(after))
        )
    )


def _is_given(word: str) -> bool:
    """Whether a word, or a part of it between hyphens, is a given name; also with an s behind."""
    given, either = listed("given-names"), listed("names-that-are-words")
    parts = word.split("-")
    if len(parts) > 1:
        return min(map(len, parts)) > 1 and any(part in given or part in either for part in parts)
    with_s = len(word) > 4 and word.endswith("s") and word not in english()
    return word in given or (with_s and word[:-1] in given)


def _is_initial(tokens: list[_Token], at: int, text: str, vocabulary: Vocabulary) -> bool:
    """Whether a capital letter is the first of a name: `J. Smith`, `L. M. Smith`."""
    for token, following in zip(tokens[at:], tokens[at + 1 :], strict=False):
        between = text[token.end : following.start]
        if between not in (". ", ".", " ") or not _is_capital(following):
            return False
        if len(following.small) > 1:
            return "." in between and not vocabulary.is_plain(following.small)
    return False


def _is_acronym(token: _Token) -> bool:
    return sum(map(str.isupper, token.text)) > 1 and "-" not in token.text and "'" not in token.text


def _end_of_name(
    tokens: list[_Token], at: int, text: str, capitals_tell: bool, vocabulary: Vocabulary
) -> int:
    """The last word of the name that begins with a word: at most three more."""
    last = at
    while last + 1 < len(tokens) and last - at < 3:
        token = tokens[last + 1]
        joins = (" ", "-", "_", ". ", ".") if len(tokens[last].text) == 1 else (" ", "-", "_")
        if text[tokens[last].end : token.start] not in joins:
            break
        word = token.small
        capital = capitals_tell and _is_capital(token)
        goes_on = capital and not (word in listed("places") and word not in listed("surnames"))
        unknown = not vocabulary.is_plain(word) and len(word) > 2 and word not in listed("places")
        surname = is_name_only(word) or (last == at and word in _COMMON_SURNAMES)
        if not (goes_on or surname or (unknown and last == at)):
            break
        last += 1
    return last
