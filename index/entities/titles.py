"""What stands before a person's name, for each language, and the words that are no part of one. Vocabulary only."""

import re

_TITLES = {
    "en": """
        President|Vice President|Prime Minister|Premier|Chancellor|King|Queen|Queen Mother|Prince|Princess|Crown Prince|
        Emir|Sultan|
        Foreign Minister|Minister|Secretary|Secretary General|Secretary-General|Ambassador|Consul General|Chairman|
        Chairwoman|Chairperson|Speaker|Senator|Congressman|Congresswoman|Representative|Envoy|Commissioner|Councilor|
        State Councilor|Vice Premier|Vice Minister|Vice Foreign Minister|Assistant Foreign Minister|
        Deputy Prime Minister|Deputy Foreign Minister|Defense Minister|Defence Minister|Special Envoy|
        Special Representative|Director|Director General|Director-General|Governor|Mayor|General|Admiral|Judge|Justice|
        Professor|Dr.|Mr.|Mrs.|Ms.|Mr|Ms|Mrs|Dr|Madam|Spokesperson|Spokesman|Spokeswoman|State Counsellor|Pope|
        Comrade|Adviser|Advisor|Chief Executive|Leader|Academician
        """,
    "es": """
        presidente|presidenta|secretario|secretaria|subsecretario|subsecretaria|doctor|doctora|licenciado|licenciada|
        ingeniero|ingeniera|general|almirante|gobernador|gobernadora|embajador|embajadora|canciller|senador|senadora|
        diputado|diputada|fiscal|director|directora|ministro|ministra|maestro|maestra|don|doña|papa|Papa|expresidente|
        exgobernador|jefe de Gobierno|jefa de Gobierno|magistrado|magistrada|alcalde|alcaldesa|periodista
        """,
}
_ROLES = """
    president|prime minister|foreign minister|minister|spokesperson|spokesman|spokeswoman|scholar|citizen|citizens|
    professor|director|ambassador|leader|journalist|reporter|lawyer|activist|businessman|expert|official|economist|
    analyst|secretary|envoy|author|actor|singer|director-general|chairman|commissioner|governor|mayor|senator|
    adviser|advisor|dissident|student|national|nationals|pilot|officer|diplomat|general|commander|chancellor|premier
    """
"""Words in small letters behind which a full name is a person's."""

_OFFICES = {
    "en": r"(?:,? (?:(?:of|for|and|the|on|to) )*"
    r"(?:Foreign|Affairs|Commerce|Trade|Finance|Defen[cs]e|State|Interior|Justice|Health|Treasury|Energy|"
    r"Transport|Agriculture|Education|Culture|Economy|Labor|Security|Homeland|Public|National|General|Minister)\b)*",
    "es": r"(?: (?:de(?: la| los| las|l)?|y) (?:(?:la|los) )?"
    r"(?:Salud|Gobernación|Hacienda|Marina|Defensa|Nacional|Economía|Educación|Pública|Seguridad|Relaciones|"
    r"Exteriores|Bienestar|Energía|Turismo|Trabajo|Cultura|Agricultura|Función|República)(?: Pública| Nacional)?\b)*,?",
}
_NO_NAME = (
    r"(?:I|The|This|In|On|At|And|But|For|With|Spokesperson|Office|Administration|Government|"
    r"Engagement|Policy|Affairs|Operations|Pública|Público|Nacional|Exteriores|Social|General|Federal|El|La|Los|Las)"
)
WORD = r"[A-ZÀ-ÖØ-ÞŁŚŠČĆŽŻŞİĐ][\w'.]*[^\W\d_A-Z]"
"""A word of a name."""
PARTICLES = r"(?:bin|al|de|la|las|los|del|van|von|der|den|da|dos|di|ul|y)"
"""What may stand between the words of a name."""
_WORD = rf"(?!{_NO_NAME}\b){WORD}(?:-{WORD})*"
_NAME = rf"{_WORD}(?: (?:{PARTICLES} )*(?:[A-Z]\.|{_WORD})){{0,3}}"


def _any_of(words: str) -> str:
    return "|".join(sorted((re.escape(word.strip()) for word in words.split("|")), key=len, reverse=True))


def _titled(words: str, office: str = "") -> re.Pattern[str]:
    return re.compile(rf"\b(?P<title>{_any_of(words)}){office} (?P<name>{_NAME})")


TITLED = {
    "en": (_titled(_TITLES["en"], _OFFICES["en"]), _titled(_ROLES)),
    "es": (_titled(_TITLES["es"], _OFFICES["es"]),),
}
"""Rules by language: a title, perhaps an office, and the name."""

NO_NAMES = frozenset(
    """
    Council Committee Commission Conference Meeting Summit Forum Initiative Agreement Treaty Ministry Department Bureau
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September October November December General Assembly Secretary Minister Ministers President Presidents Affairs
    House Palace Party Congress Senate Union Nations States Republic Kingdom Region Province City Army Navy Force
    Secretariat Representative Office Chief Executive Deputy Assistant Prime Foreign Vice Special Spokesperson
    Conferencia República Gobierno Secretaría Estado México Mr. Ms. Mrs. Dr. Foundation Institute University Center
    School College Hospital Street Avenue Road Park Airport Act Law Plan Award Prize Day Presidente Plaza Avenida
    """.split()
)
"""Words in capitals that are no part of a person's name."""

LEADS = frozenset(
    """
    The A An In On At As But And Or For If Will Does Do Did Is Are Was Has Have Had This That These Those What Like So
    How Why When Where Who Which It He She They You We I My His Her After Before By From With Thank Thanks Yes No Well
    Okay OK Go Just And Sorry Hi Hello Good Please Could Can Would Gracias Buenos Buenas Sí El La Los Las Un Una Y Que
    Bueno Pues Entonces Ya Por Para Con Como Cuando Ahora Aquí Ayer Hoy
    """.split()
)
"""Words in capitals that begin a sentence."""
