"""Bodies and events by rule: a name in capitals around a noun that says what it is, "the Paris Peace Forum".

Here belongs how far such a name reaches; its nouns are in `heads`, what each country has one of in `national`. The one
decision: a name is shown only if one of its words is its own. "The Annual Meeting" and "the Chinese Company" are called
so by everyone, each meaning another; they are left to librarians.
"""

import re
from collections.abc import Iterator, Sequence

from index.entities.heads import HEADS, Heads
from index.entities.national import country_of, is_national, national_body
from index.entities.spans import Span, made_id, touching
from search.model import EntityType

_LAST_WORD = re.compile(r"[^\s(\[\"]+ $")
_WORD = re.compile(r"[^\s()\[\]\",;:!?…]+")
_FURTHER = re.compile(r" [A-Z][\w'-]+")
_ORDINAL = re.compile(r"(?:\d+(?:st|nd|rd|th)?|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth)$")
_ABBREVIATED = re.compile(r"(?:[A-Z]\.)+$|(?:St|Jr|Sr|Inc|Co|Ltd)\.$")
_LONGEST_WORD = 40
_MOST_WORDS = 15


def iter_bodies(plain: str, language: str, known: Sequence[Span], names: Sequence[Span] = ()) -> Iterator[Span]:
    """The bodies and events that the rule finds in a text in straight form, in order; the longest where they overlap.

    Args:
        plain: the text.
        language: whose nouns; without any, nothing is found.
        known: what the authority has in this text, blocks too, in order.
        names: of persons that other rules found; a name around a noun may begin with one, and ends before one.
    """
    heads = HEADS.get(language)
    found: list[Span] = []
    for noun in heads.noun.finditer(plain) if heads else ():
        if heads and (span := _around(plain, noun, heads, known, names)):
            if found and span.start < found[-1].end:
                if span.end - span.start <= found[-1].end - found[-1].start:
                    continue
                found.pop()
            found.append(span)
    yield from found


def _around(plain: str, noun: re.Match[str], heads: Heads, known: Sequence[Span], names: Sequence[Span]) -> Span | None:
    """The name around a noun; nothing where a row's name holds the noun, or where nothing but the noun is there."""
    if touching(known, noun.start(), noun.end()):
        return None
    if heads.before and (goes_on := _FURTHER.match(plain, noun.end())):
        # "Yale Law School": the last noun is the one that says what it is.
        word = goes_on.group()[1:]
        if word not in heads.offices and not touching((*known, *names), goes_on.start() + 1, goes_on.end()):
            return None
    start = _begin(plain, noun.start(), heads, known) if heads.before else noun.start()
    others, is_body = (*known, *names), noun["body"] is not None
    end = _end(plain, noun.end(), heads, others, is_body=is_body)
    if is_body and (body := national_body(plain, start, end, known)):
        return body
    own = not is_national(plain[start:end]) and _is_own(plain, (start, end), noun, heads, known)
    if not own and plain[start:end] not in heads.organs and (of := _of_known(plain, end, heads, known)):
        own, end = True, _end(plain, of, heads, others, is_body=is_body)
    name = label_of(plain[start:end])
    if not 1 < len(name.split()) <= _MOST_WORDS:
        return None
    type: EntityType = "organisation" if is_body else "event"
    return Span(start, end, made_id(type, name), name, type, own)


def label_of(name: str) -> str:
    """A name in the one way in which it is a label: without the points of abbreviations."""
    return re.sub(r"\b(?:[A-Z]\.){2,}", lambda match: match.group().replace(".", ""), name)


def _of_known(plain: str, end: int, heads: Heads, known: Sequence[Span]) -> int:
    """Where the body ends of which the name is, if one of the authority's follows it; else 0."""
    join = heads.joins.match(plain, end)
    ordinal = re.compile(r"(?:\d+(?:st|nd|rd|th) )?").match(plain, join.end()) if join else None
    at = ordinal.end() if ordinal else 0
    return next((s.end for s in known if at and s.start == at and s.id and s.type == "organisation"), 0)


def _begin(plain: str, at: int, heads: Heads, known: Sequence[Span]) -> int:
    """Where the words in capitals before the noun at `at` begin."""
    start, named_for = at, heads.noun.match(plain, at)[0] in heads.named_for  # type: ignore[index]  # there it was found
    while match := _LAST_WORD.search(plain, max(0, start - _LONGEST_WORD), start):
        word = match.group()[:-1]
        if word in {"and", "&"}:
            if start == at or not (
                match := _LAST_WORD.search(plain, max(0, match.start() - _LONGEST_WORD), match.start())
            ):
                break
            joined = touching(known, match.start(), match.end()) or heads.noun.fullmatch(
                plain, match.start(), match.end() - 1
            )
            if not _is_part(match.group()[:-1], heads) or joined:
                break
        elif not _is_part(word, heads):
            break
        is_owner = word.endswith(("'s", "s'"))
        over = [s for s in touching(known, match.start(), match.end() - 1) if s.type != "place" or is_owner]
        if over and (is_owner or not (over[0].type == "organisation" or (over[0].type == "person" and named_for))):
            break
        start = min([match.start(), *(s.start for s in over)])
    while start < at and (match := _WORD.match(plain, start)) and _ORDINAL.match(match.group()):
        start = match.end() + 1
    return min(start, at)


def _is_part(word: str, heads: Heads) -> bool:
    """Whether a word before a noun belongs to its name."""
    if word.removesuffix("'s") in heads.leads or word in heads.offices or word in heads.ends:
        return False
    if not (word[0].isupper() or _ORDINAL.match(word)):
        return False
    return word[-1].isalnum() or word[-1] == "'" or bool(_ABBREVIATED.match(word))


def _end(plain: str, at: int, heads: Heads, known: Sequence[Span], *, is_body: bool) -> int:
    """Where the name ends whose noun ends at `at`."""
    end = at
    if not heads.before and plain[at : at + 1] == " ":
        end = _run(plain, at + 1, heads, known) or at
    while (join := heads.joins.match(plain, end)) and (further := _run(plain, join.end(), heads, known)):
        if heads.noun.match(plain, join.end()) and not join.group().startswith((" of ", " for ", " de")):
            break
        if " with " in join.group() and (touching(known, join.end(), join.end() + 1) or not is_body):
            break
        end = further
    return end


def _run(plain: str, at: int, heads: Heads, known: Sequence[Span]) -> int:
    """Where the words in capitals from `at` on end; 0 where there is none, or what stands there is another name."""
    end = 0
    while word := _WORD.match(plain, at):
        text = word.group().rstrip(".")
        others = [s for s in touching(known, word.start(), word.end()) if s.type != "place" or not s.id]
        if not (text[:1].isupper() or text[:1].isdigit()) or text in heads.ends or text[-1] == "-" or others:
            break
        bare = re.sub(r"'s?$", "", text) if plain[word.end() : word.end() + 2] != " o" else text
        end = word.start() + len(bare)
        if len(bare) < len(word.group()) or plain[word.end() : word.end() + 1] != " ":
            break
        at = word.end() + 1
        if plain.startswith("and ", at) and not touching(known, at + 4, at + 5) and not heads.noun.match(plain, at + 4):
            at += 4
    return end


def _is_own(plain: str, span: tuple[int, int], noun: re.Match[str], heads: Heads, known: Sequence[Span]) -> bool:
    """Whether a word of the name, but for its noun, is neither generic nor, where the noun is common, a country."""
    start, end = span
    if any(s.start >= start and s.end <= end and s.id and s.type != "place" for s in known):
        return True
    if noun.group() in heads.bare and start == noun.start():
        return False
    if noun.group() in heads.telling and len(plain[start : noun.start()].split()) > 1:
        return True
    for word in _WORD.finditer(plain, start, end):
        text = word.group()
        if word.start() == noun.start() or not (text[0].isupper() or text[0].isdigit()):
            continue
        if text in heads.generic or _ORDINAL.match(text) or text in heads.common:
            continue
        before = word.start() < noun.start()
        places = [s for s in touching(known, word.start(), word.end()) if country_of(s)]
        if before and places and "-" not in text and noun.group() in heads.common:
            continue
        return True
    return False
