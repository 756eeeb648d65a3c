"""Find where a child lives or learns: street addresses, schools with a name."""

import re
from collections.abc import Iterator

from knowledge.screening.items import Item
from knowledge.screening.vocabulary import Vocabulary, listed

_STREETS = (
    "road|rd|street|st|avenue|ave|av|lane|ln|close|cl|drive|way|court|crescent|cres|terrace|terr?|"
    "place|pl|grove|gardens|gdns|row|walk|hill|green|square|sq|mews|view|rise|park|croft|yard|fold|"
    "garth|gate|snicket|ginnel|parade|bank|brow|end|estate|house|towers?|flats|cottages?|cotts?|farm|"
    "fields?|meadows?|bridge|cross|quay|wharf|lodge|buildings|villas|heights|point|ridge|vale|"
    "orchard|paddock|circus|loop|chase|dene|approach|broadway|caravan park|site|boulevard|passage|"
    "alley|hollow|nook|bottom|side|mount|hotel|hostel|mead|moor|lea|steps|cuttings?|moorings|marina"
)
_CAPITALISED = "|".join(kind.capitalize() for kind in _STREETS.split("|"))
_ADDRESS = re.compile(
    rf"\b(?:c/o )?(?:(?:basement |top |the )?(?:flat|apartment|apt|unit|room|rm|plot|pitch|caravan|"
    rf"shop|number|no)\.?,? ?(?:\d{{1,4}}[a-z]?)?,? (?:at |of |in |the )*)?"
    rf"(?:\d{{1,4}}(?: ?[a-d]\b| and a half)?(?:[-/]\d{{1,4}})?,? )?"
    rf"((?:the )?(?:[a-z][\w'’.-]* ){{1,3}}?)(?:{_STREETS})\b(?: (?:{_STREETS})\b)?(?!')",
    re.I,
)
"""What follows `flat 2` or a number, up to a word for a street or a house."""
_NAMED = re.compile(
    rf"\b(?:The )?(?:[A-Z][a-z'’-]+ ){{1,3}}(?:{_CAPITALISED})\b"
    rf"(?:, (?:[A-Z][a-z'’-]+ ?){{1,3}})?(?<! )"
)
"""Without a number: a street or a house whose every word has a capital."""
_NUMBERED = re.compile(
    r"(?<![\w.,/£-])(?<!para )(?<!page )(?<!act )\d{1,3}[a-z]? "
    r"((?:[A-Z][a-z'’-]+ ){0,2}[A-Z][a-z'’-]+)\b"
)
"""A number and words with capitals, the first of them no ordinary one."""
_NOT_STREET = frozenset(
    """a an and are as at be by child children day days cases case for from had has have he her his
    each how hour hours hr hrs i if in is it kids km many may me miles min mins minute minutes month
    months my
    new of off on or out over people per percent plus pm am review reviews she since so some
    than that their them then there they this times to under up was we week weeks were what
    when which who with year years yr yrs old olds enquiry enquiries into between one two
    three four five six seven eight nine ten more all any every other babies boys girls
    women men parents young families different says said single no not but about its it's
    named lead main whole same wrong right best only your our mum dad mums dads""".split()
)
_SCHOOL = (
    r"(?:(?:primary|infants?|juniors?|secondary|high|grammar|comprehensive|community|church|c of e|"
    r"rc|catholic|first|middle|upper|lower|special|free|prep|day|girls['’]?|boys['’]?|"
    r"nursery) ){0,2}"
    r"(?:school|academy|nursery|pre-?school|college|playgroup|sixth form|kindergarten|childminders|"
    r"children['’]?s centre|sch|prima?ry|prim|infants|juniors|high|comp|grammar|montessori|pru|"
    r"day ?care|secondary|rc|upper|comprehensive|junior|c of e)(?: (?:nursery|school))?"
)
_NAMED_SCHOOL = re.compile(rf"\b((?:[a-z][\w'’.&-]* ){{1,4}}?){_SCHOOL}(?!['’]?\w)", re.I)
_WELSH_SCHOOL = re.compile(r"\bYsgol(?: [A-Z][\w'’-]+){1,3}")
_LEARNS = re.compile(
    r"\b(?:goes to|going to|attends|attending|pupil at|year \w+ at|school is|nursery is|bullied at|"
    r"on roll at|teacher at|work at|taught at|student at|starts at|place at)\s+"
    r"((?:[A-Z][\w'’-]+ ?){1,3})(?<! )"
)
"""Where a child is said to go, with a capital and no word for a school."""
_LEADS = re.compile(r"\b(?:at|to|attends?|attended|called|joined|left)\s+$", re.I)
_BABIES = re.compile(r"infants|juniors", re.I)
"""These are schools, and children too."""
_LEADS_PUPIL = re.compile(
    r"\b(?:at|(?:go|goes|going|went) to|attends?|attended|joined|left)\s+$", re.I
)
_GENERIC = frozenset("comprehensive community academy college elementary virtual hospital".split())
_NOT_SCHOOL = frozenset(
    """a about act after after-school all an and another any are art as ask asked at attend
    attendance attended attending attends back bad ballet be because been before being
    between big boarding boys breakfast but by call called calls can catholic child's childs
    children christian church could council county dads dance day day-care did different
    disorders do does done drama driving each emailed every everything excluded expelled
    feeder first for forest found free from further gave get gets girls give go goes going
    good got grammar ha had has have he her high hindu his home how i if in independent
    infant infants inside into is islamic it its jewish job junior juniors kids lad's girl's
    language large last law lead leave leaves leaving left like local lower mainstream many
    medical middle miss missed misses missing mixed mosque mum mums muslim my named nearby never
    new newborn next nhs no non not nothing now nursery of off ofsted old on one or other our out
    owns per phoned pre previous primary private public pupil pupils put ran rang reception
    review reviews ring run running runs said same saturday say says school schools
    second secondary secure send senior sex she should sikh since single sixth small so social some
    special specialist start started starting starts state still stop summer sunday swimming
    teach teaches teaching tell tells than that the their then there these they thing third this
    those through to told under use via village was watching we were what when where whether
    which while who whole why will with without work working works would year you
    young your""".split()
)


def find_whereabouts(text: str, vocabulary: Vocabulary) -> Iterator[Item]:
    """Schools by name, then street addresses."""
    allowed = vocabulary.allowed(text)

    def is_allowed(start: int, end: int) -> bool:
        return any(a < end and start < b for a, b in allowed)

    for found in _NAMED_SCHOOL.finditer(text):
        start = _start_of_name(found, text, vocabulary)
        if start < found.end(1) and not is_allowed(start, found.end()):
            yield Item(start, found.end(), "school")
    for found in (*_WELSH_SCHOOL.finditer(text), *_LEARNS.finditer(text)):
        first = found[found.lastindex or 0].split()[0].lower()
        if not vocabulary.is_plain(first) and first not in listed("places"):
            yield Item(*found.span(found.lastindex or 0), "school")
    for found in _ADDRESS.finditer(text):
        words = found[1].lower().split()
        before = text[found.start() : found.start(1)]
        if any(map(str.isdigit, before)) and not _NOT_STREET.intersection(words):
            yield Item(*found.span(), "address")
    for found in _NAMED.finditer(text):
        first = found[0].lower().removeprefix("the ").split()[0]
        if first not in _NOT_STREET | _NOT_SCHOOL and not is_allowed(*found.span()):
            yield Item(*found.span(), "address")
    for found in _NUMBERED.finditer(text):
        words = found[1].lower().split()
        plain = all(map(vocabulary.is_plain, words)) or words[0] in listed("places")
        if not plain and not _NOT_STREET.intersection(words) and not is_allowed(*found.span()):
            yield Item(*found.span(), "address")


def _start_of_name(found: re.Match[str], text: str, vocabulary: Vocabulary) -> int:
    """Where a school's own name begins: behind the last word that can be no part of it. Ordinary
    words in small letters are a name only behind a word that leads to a place.
    """
    start = found.start(1)
    for word in re.finditer(r"\S+", found[1]):
        small = word[0].lower().strip(".,'’")
        if small in _NOT_SCHOOL or word[0].endswith((",", ".", ":", ";")):
            start = found.start(1) + word.end() + 1
    own, kind = text[start : found.end(1)].strip(), text[found.end(1) : found.end()]
    strange = any(_is_strange(word, vocabulary) for word in own.split())
    capital = any(word[0].isupper() for word in own.split())
    begins = not text[:start].strip() or text[:start].rstrip().endswith((".", "!", "?"))
    telling = strange or (capital and not (begins and kind.islower() and own[1:].islower()))
    leads = _LEADS_PUPIL if _BABIES.fullmatch(kind) else _LEADS
    if own and own.lower() not in _GENERIC and (telling or leads.search(text[:start])):
        return start
    return found.end(1)


def _is_strange(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word is no ordinary one, with or without an `'s`."""
    small = word.lower().replace("’", "'")
    return not vocabulary.is_plain(small.removesuffix("'s"))
