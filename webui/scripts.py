"""What scripts say: their texts, in the language of the interface, as JSON that a page holds in a `data-words`.

A script has no text of its own; `{name}` in a text is a place that it fills.
"""

import json

from webui.tongue import gettext, tongue

NUMBERS = {"en": "en", "zh": "zh-CN", "es": "es"}
"""How numbers are written, as browsers call it."""


def suggesting() -> str:
    """What the list of suggestions below a search box says."""
    return json.dumps(
        {
            "numbers": NUMBERS[tongue()],
            "list": gettext("Suggestions"),
            "entity": gettext("Mentioned"),
            "outlet": gettext("Outlets"),
            "speaker": gettext("Speakers"),
            "phrase": gettext("Phrases"),
            "word": gettext("Words"),
            "none": gettext("No suggestions"),
            "one": gettext("1 suggestion"),
            "many": gettext("{number} suggestions"),
            "answer": gettext("answer"),
            "answers": gettext("answers"),
            "place": gettext("place"),
            "person": gettext("person"),
            "organisation": gettext("organisation"),
            "event": gettext("event"),
        },
        ensure_ascii=False,
    )


def saving() -> str:
    """What is said of saved searches, beside results and on their own page."""
    return json.dumps(
        {
            "numbers": NUMBERS[tongue()],
            "save": gettext("Save this search"),
            "saved": gettext("Saved"),
            "one": gettext("{number} answer"),
            "many": gettext("{number} answers"),
            "on": gettext("{answers} on {day}"),
            "unasked": gettext("The number of answers could not be asked"),
            "keepsNothing": gettext("This browser keeps nothing for this site"),
            "notStated": gettext("not stated"),
            "everything": gettext("Everything"),
            "new": gettext("{number} new"),
            "fewer": gettext("{number} fewer"),
            "nothingNew": gettext("nothing new"),
            "newest": gettext("{answers}, the newest of {day}"),
            "visited": gettext("last visited {day}"),
            "name": gettext("Name of the search"),
            "renamed": gettext("Renamed."),
            "rename": gettext("Rename"),
            "remove": gettext("Remove"),
            "of": gettext("{act} {name}"),
            "removed": gettext("Removed “{name}”."),
            "failed": gettext("could not be asked"),
            "fresh": gettext("{number} of your searches has something new."),
            "freshes": gettext("{number} of your searches have something new."),
            "stale": gettext("Nothing new since you last visited."),
            "written": gettext("Written out below."),
            "noList": gettext("This is not a list of saved searches: nothing was brought in."),
            "brought": gettext("{number} brought in, {rest} left out as known already or not understood."),
        },
        ensure_ascii=False,
    )
