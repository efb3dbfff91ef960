"""What is said in passing: "Good afternoon.", "Thank you, Jen.", "Right.", "But —". It asks nothing.

The one decision: such a call from the floor is a note within the item, so that a greeting does not turn an opening
statement into an answer, and a nod does not cut an answer in two. Whatever holds one word more is a question.
"""

import re
from collections.abc import Collection, Mapping

_LONGEST = 90
_CUTS = re.compile(r"(?:[.,;:!\u2026\u2014\u2013\u00a1\u00bf]|\s-\s|-\Z)+")
_CUT_OFF = re.compile(r"[^?]{1,40}[\u2014\u2013]\Z")
_EMPTY_STAGE = re.compile(
    r"[(\[](?:laughter|laughs?|laughing|applause|cross-?talk|no (?:audible )?response|pause|nods?|risas?|aplausos?|"
    r"asiente|murmullos)\.?[)\]]\.?\Z",
    re.IGNORECASE,
)

_ENGLISH = (
    "yes|yeah|yep|yup|no|nope|right|okay|ok|sure|correct|exactly|indeed|absolutely|of course|fine|great|good|perfect|"
    "excellent|got it|got you|understood|i understand|i see|i know|mm-hmm|uh-huh|oh|ah|well|so|and|but|and then|sorry|"
    "i'm sorry|i am sorry|excuse me|pardon me|all right|alright|go ahead|please|thanks|thank you|thank you so much|"
    "thank you very much|thanks so much|thanks very much|thanks again|thank you again|many thanks|thanks a lot|"
    "appreciate it|i appreciate it|good morning|good afternoon|good evening|good day|hi|hi there|hello|hey|hiya|"
    "welcome|welcome back|welcome aboard|happy friday|happy monday|happy new year|good to see you|nice to see you|"
    "bye|goodbye|bye-bye|have a good day|have a good weekend|have a good one|have a great weekend|have a great day|"
    "safe travels|cheers|sir|ma'am|madam|everyone|everybody|guys|all|folks|mr president|madam president|"
    "mr secretary|madam secretary|senior administration official|on that|just quickly|really quickly|one more|"
    "for sure|that's right|that's correct|that's fine|no problem|sounds good|fair enough|never mind"
)
_SPANISH = (
    "sí|no|bien|muy bien|claro|claro que sí|así es|ok|okey|okay|perfecto|correcto|exacto|exactamente|"
    "de acuerdo|ah|bueno|sale|va|ya|adelante|gracias|muchas gracias|muchísimas gracias|muy amable|igualmente|"
    "buenos días|muy buenos días|buen día|muy buen día|buenas tardes|muy buenas tardes|buenas noches|"
    "muy buenas noches|buenas|hola|hasta luego|hasta mañana|perdón|disculpe|disculpen|por favor|presidente|"
    "presidenta|señor presidente|señora presidenta|señor|señora|doctor|doctora|secretario|secretaria|"
    "señor secretario|subsecretario|gobernador|gobernadora|general|licenciado|licenciada|a todos|a todas|"
    "a todas y todos|a todas y a todos|a todos y todas|todos|todas|con permiso|le agradezco|le agradezco mucho|"
    "se lo agradezco|se lo agradezco mucho|buenos días a todos|buenos días a todas|buenos días a todas y todos|"
    "buenos días a todos y todas|buen día a todos|buen día a todas|buen día a todas y todos|"
    "buen día a todos y todas|canciller|fiscal|titular|y usted|y usted presidenta|"
    "y usted presidente|muchas gracias presidenta|muchas gracias presidente|gracias presidente|gracias presidenta|"
    "gracias doctor|sobre el tema|sobre el mismo tema|sobre ese tema|sobre este tema|ánimo|felicidades|provecho"
)
_ASIDES: Mapping[str, frozenset[str]] = {
    "en": frozenset(_ENGLISH.split("|")),
    "es": frozenset(_SPANISH.split("|")),
}
_THANKS: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"(?:thank you(?: so much| very much)?|(?:many )?thanks(?: so much| a lot| again)?)\b"),
    "es": re.compile(r"(?:(?:muchas |muchísimas )?gracias|(?:se lo|le) agradezco)\b"),
}
_COURTESY = frozenset("mr mrs ms madam señor señora señorita".split())


def is_aside(text: str, language: str, names: Collection[str], offices: Collection[str] = ()) -> bool:
    """Whether somebody says `text` in passing.

    Args:
        text: what is said.
        language: in which language.
        names: words, in small letters, of the names of those who answer.
        offices: words, in small letters, by which somebody who is thanked may be addressed.
    """
    if len(text) > _LONGEST:
        return False
    if _EMPTY_STAGE.match(text) or (_CUT_OFF.match(text) and len(text.split()) <= 3):
        return True
    said = text.rstrip()
    asks = said.endswith("?")
    chunks = [c for piece in _CUTS.split(said.rstrip("?")) if (c := piece.strip(" \"'\u201c\u201d[]()?-"))]
    known = _ASIDES.get(language, frozenset())
    folded = [c.casefold().replace("\u2019", "'") for c in chunks]
    called = [all(word in names for word in c.split()) for c in folded]
    if asks and not all(called) and folded[-1:] != ["y usted"]:
        return False  # "Okay?" asks; "Karine?" calls, and "Bien, ¿y usted?" greets
    thanks = _THANKS.get(language)
    if thanks and any(map(thanks.match, folded)):
        addressed = [
            all(w in names or w in offices or w in _COURTESY for w in thanks.sub("", c, count=1).split())
            for c in folded
        ]
        called = [is_call or is_addressed for is_call, is_addressed in zip(called, addressed, strict=True)]
    return bool(chunks) and all(c in known or is_call for c, is_call in zip(folded, called, strict=True))
