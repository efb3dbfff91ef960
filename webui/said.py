"""What the kernel says, in the language of the interface: errors, hints, notices and advice.

The kernel speaks English, for the command line and the API too, and knows nothing of languages. The one decision: here
is a table of the forms that its sentences have; a sentence that has one of them is said in the reader's language, with
the same words in its places, and any other stays as it is. Of several forms the one that says most of it counts.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache

from webui.formats import day_text, number_text
from webui.names import LABELS
from webui.tongue import gettext, marked, tongue

ERRORS = (
    marked("the parameter %(name)s=%(typed)s means nothing"),
    marked("the parameter prefix is too long"),
    marked("the day from=%(since)s is later than to=%(until)s"),
    marked("swap the two days, or leave one out"),
    marked("%(number)s values are picked or excluded"),
    marked("%(number)s queries are too many to compare"),
    marked("%(number)s are the most"),
    marked("an address has at most %(number)s characters, and this one has more"),
    marked("shorten the query, or pick fewer filters"),
    marked("there is no page at this address"),
    marked("begin at the search page"),
    marked("something went wrong on our side"),
    marked("try again; the failure has been logged"),
    marked("%(method)s does nothing here"),
    marked("everything is read with GET"),
    marked("there is no briefing here"),
    marked("there is no answer here"),
    marked("there is no entity here"),
    marked("there is no outlet here"),
    marked("there is no speaker here"),
    marked("there is no such facet"),
    marked("there is no such part of the sitemap"),
    marked("search for it, or look for its day"),
    marked("search for its name"),
    marked("look for it at %(place)s"),
    marked("facets are %(names)s"),
    marked("begin at %(place)s"),
    marked("the collection has no such year or publisher"),
    marked("there is no text %(number)s of this briefing"),
    marked("it has had one text"),
    marked("it has had texts %(some)s and %(last)s"),
    marked("there is no part %(number)s of this briefing"),
    marked("it has %(number)s parts"),
    marked("it is not in parts"),
    marked("there is no edition %(name)s of this briefing"),
    marked("it is there in one language"),
    marked("it is there in %(languages)s"),
    marked("it was withdrawn on %(day)s"),
    marked("it was withdrawn on %(day)s: %(reason)s"),
    marked("its address stays, and will not be given to another text"),
    marked("there is no index here"),
    marked("run lectern add PATH to make one, or lectern rebuild to restore it from the archive"),
    marked("the query has %(number)s characters"),
    marked("at most %(number)s: paste a shorter passage, in quotation marks"),
    marked("the query has %(number)s terms"),
    marked("at most %(number)s: put a passage in quotation marks to find it as a phrase, which counts as one"),
    marked("%(words)s stands for %(number)s words, and is excluded"),
    marked("the words of this query stand in too many places to look through all"),
    marked("use fewer or rarer words, or longer beginnings before *"),
    marked("write a year as 2024"),
    marked("write a day of the calendar as 2024-02-08"),
    marked("a number from 1 to %(number)s"),
    marked("a number from 1"),
    marked("1 or 0"),
    marked("%(names)s, or nothing"),
    marked("one of %(names)s"),
    marked("of entities: %(names)s"),
    marked("count, or name"),
    marked("write it so, or leave out strict=1 to have it read so"),
)
NOTICES = (
    marked("1 of these answers has the characters of %(runs)s only two by two, not all side by side"),
    marked("%(number)s of these answers have the characters of %(runs)s only two by two, not all side by side"),
    marked(
        "%(pattern)s stands for too many words: the rarest word was left out, so there may be more answers than these"
    ),
    marked(
        "%(pattern)s stands for too many words: the %(number)s rarest words were left out, "
        "so there may be more answers than these"
    ),
    marked("the days asked for lie outside the collection, which reaches from %(day_first)s to %(day_last)s"),
    marked("searched were %(briefings)s of %(who)s, in %(languages)s, from %(day_first)s to %(day_last)s"),
    marked("%(number)s publishers"),
    marked("%(number)s languages (%(codes)s)"),
    marked("1 briefing"),
    marked("%(number)s briefings"),
)
NAMED = marked("%(typed)s was also looked for as %(others)s")
"""Of this sentence a notice has several."""
REMARKS = (
    marked("%(signs)s: no word is in it, so it was left out"),
    marked("OR between words finds either"),
    marked("nothing is left to look for, so everything is shown"),
    marked("a closing parenthesis without an opening one was left out"),
    marked("what is nested more than %(number)s deep was read as if it stood above"),
    marked("empty parentheses were left out"),
    marked("a parenthesis was not closed; it was read up to the end"),
    marked("add )"),
    marked("%(scope)s has another place to look in behind it; it was left out"),
    marked("%(scope)s has nothing behind it; it was left out"),
    marked("%(scope)s was read as a place to look in, though a space is behind it"),
    marked("%(word)s in quotation marks is the word"),
    marked("%(word)s is the word"),
    marked("%(scope)s stands among the values of another scope; it was read on its own"),
    marked("%(scope)s cannot hold another scope, or *; it was left out"),
    marked("no closing quotation mark; the value was read up to the end"),
    marked("no closing quotation mark; the phrase was read up to the end"),
    marked("%(scope)s wants a value; it was left out"),
    marked("%(typed)s was read as a whole value; %(scope)s knows no patterns"),
    marked("%(typed)s runs backwards; it was read the other way round"),
    marked("%(typed)s is not a date; %(scope)s was left out"),
    marked("a date is 2024, 2024-02, 2024-02-08 or a range like 2023..2024-02-08"),
    marked("quotation marks without a word were left out"),
    marked("%(typed)s was read as a phrase"),
    marked("nearness is %(example)s"),
    marked("the distance %(typed)s was read as %(number)s"),
    marked("a phrase has at most %(most)s words; the first %(first)s of %(number)s were looked for"),
    marked("%(word)s has nothing to join here, so it was left out"),
    marked("%(typed)s is long, and was looked for side by side"),
    marked("a space parts what may stand apart"),
    marked("%(typed)s is no place to look in, so it was read as a word"),
    marked("Did you mean %(meant)s?"),
    marked("%(typed)s was read without its signs: %(read)s"),
    marked("a pattern begins with at least two letters of one word"),
    marked("how many letters may differ follows from the length of the word"),
    marked("%(typed)s rules it out"),
    marked("%(typed)s was read as %(read)s: its other signs are not searched for"),
    marked("%(typed)s was read as %(read)s"),
    marked("more than %(most)s words are a passage; its words were looked for side by side"),
    marked("more than %(most)s words are a passage; its first %(first)s words were looked for side by side"),
    marked("type fewer words to find them anywhere"),
)
ADVICE = (
    marked("In small letters (words in capitals find only capitals)"),
    marked("Any of the words instead of all"),
    marked("The words apart from each other"),
    marked("All of the words but one"),
    marked("%(run)s with another character, or one fewer"),
    marked("%(run)s in words that may stand apart, but one"),
    marked("%(run)s in words that may stand apart"),
    marked("Without %(part)s, which finds nothing"),
    marked("Without %(part)s, which find nothing"),
    marked("With every mention, not only what an answer is about"),
    marked("Without any filter"),
    marked("Without the filter: the days"),
    marked("Without the filter: %(label)s not %(value)s"),
    marked("Without the filter: %(label)s %(value)s"),
    marked("Without %(part)s"),
    marked("Only %(text)s"),
)
BOTH = marked("%(message)s (%(hint)s)")
"""A remark and what to do about it."""

_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})*")
_CODES = re.compile(r"[a-z]{2}(?:, [a-z]{2})*")


def said(message: str) -> str:
    """A sentence of the kernel in the language of the interface; one that is not known stays as it is."""
    if tongue() == "en" or not message:
        return message
    if _places(NAMED).fullmatch(message):
        return gettext("; ").join(_say(part, (NAMED,)) or part for part in message.split("; "))
    return _say_both(message) or _say(message, (*ERRORS, *NOTICES, *ADVICE, *REMARKS)) or message


def _say_both(message: str) -> str | None:
    """A remark with what to do about it, where both are known."""
    parts = _places(BOTH).fullmatch(message)
    if parts is None:
        return None
    remark, hint = _say(parts["message"], REMARKS), _say(parts["hint"], REMARKS)
    return gettext(BOTH) % {"message": remark, "hint": hint} if remark and hint else None


def _say(message: str, forms: Sequence[str]) -> str | None:
    """`message` in the words of the form that says most of it."""
    fitting = [(form, found) for form in forms if (found := _places(form).fullmatch(message))]
    if not fitting:
        return None
    form, found = max(fitting, key=lambda pair: len(re.sub(r"%\(\w+\)s", "", pair[0])))
    values = {name: _value(name, value) for name, value in found.groupdict().items()}
    return gettext(form) % values if values else gettext(form)


def _value(name: str, value: str) -> str:
    """What stands in a place: words of the reader's as they are, days, numbers and names of fields as we write them."""
    if name in ("number", "most", "first") and value.replace(",", "").isdecimal():
        return number_text(int(value.replace(",", "")))
    if name.startswith("day"):
        return _day(value)
    if name == "label":
        return gettext(value) if value in LABELS else value
    if name in ("briefings", "who", "languages"):
        return _say(value, NOTICES) or value
    return value


def _day(text: str) -> str:
    try:
        return day_text(datetime.strptime(text, "%d %B %Y").date())  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        return text


@cache
def _places(form: str) -> re.Pattern[str]:
    """What sentences of a form look like, one group for each place."""
    parts = re.split(r"%\((\w+)\)s", form)
    kinds = {"number": _NUMBER.pattern, "most": _NUMBER.pattern, "first": _NUMBER.pattern, "codes": _CODES.pattern}
    written = [
        re.escape(part) if place % 2 == 0 else f"(?P<{part}>{kinds.get(part, '.+?')})"
        for place, part in enumerate(parts)
    ]
    return re.compile("".join(written), re.DOTALL)
