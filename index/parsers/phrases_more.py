"""What French, Spanish, Russian and Arabic say about a transcript's shape; see `phrases`.

Drawn from how ministries print their labels, not from pages counted one by one: where a language's pages turn out to
say more, its words are added here.
"""

import re
from re import IGNORECASE

from index.parsers.phrases import CAPITALISED, NEVER, Phrases

FRENCH = Phrases(
    question=re.compile(r"(?:Q\d{0,2}|Question)\Z", IGNORECASE),
    answer=re.compile(r"(?:R\d{0,2}|R[ée]ponse|A)\Z", IGNORECASE),
    podium=re.compile(r"(?:L[ae] )?porte-parole(?: du minist[èe]re des Affaires [ée]trang[èe]res)?\Z", IGNORECASE),
    follow_up=re.compile(
        r"(?P<outlet>[^:]{0,45}?)[ ,\u2013-]{0,3}(?:question )?(?:de suivi|compl[ée]mentaire|suite)"
        r"(?: (?:de|par) (?P<from>.{2,45}))?\Z",
        IGNORECASE,
    ),
    journalist=re.compile(
        r"(?:Le |La |Une? |Ce |Cette |M[êe]me )?(?:journaliste|reporter|correspondante?)"
        r"(?: (?:ajoute|pr[ée]cise|explique|r[ée]pond|poursuit|reprend))?\Z",
        IGNORECASE,
    ),
    reporter=re.compile(r"[ ,]+(?:journaliste|reporter|correspondante?)s?\Z", IGNORECASE),
    ordinary=re.compile(
        r"(?:Premi[èe]rement|Deuxi[èe]mement|Troisi[èe]mement|D'abord|Ensuite|Enfin|Faits?|R[ée]alit[ée]s?|Mensonges?|"
        r"V[ée]rit[ée]|Notes?|Sources?|Date|Lieu|Heure|Th[èe]me|[A-Z]|[IVX]+)\Z"
    ),
    connectors=frozenset("de la le les des du d et en l à au aux pour sur".split()),
    name=None,
    person=CAPITALISED,
    announces=re.compile(r" annonce\Z", IGNORECASE),
    asked_after=NEVER,
    after=re.compile(
        r"(?:Apr[èe]s|[ÀA] l'issue de) (?:la|cette) conf[ée]rence de presse\b[^.?!]{0,80}"
        r"\b(?:question|demand[ée]|pos[ée]e?s?|interrog[ée])"
        r"|(?:La|Les) questions? suivantes?\b[^.?!:]{0,60}\bapr[èe]s (?:la|cette) conf[ée]rence de presse\b",
        IGNORECASE,
    ),
    reported=re.compile(r"[:\uff1a]\s*\S|\?"),
    notice=re.compile(
        r"\bconf[ée]rences? de presse\b[^.]{0,80}?\b(?:suspendue?s?|interrompue?s?|ajourn[ée]e?s?|n'aur(?:a|ont)\b)"
        r"|\b(?:pas|aucune) (?:de )?conf[ée]rence de presse\b",
        IGNORECASE,
    ),
    notice_goes_on=re.compile(r"(?:Pendant|Durant|Au cours de) (?:la|cette|les|ces|le|ce)\b", IGNORECASE),
    event=NEVER,
)

SPANISH = Phrases(
    question=re.compile(r"(?:[PQ]\d{0,2}|Pregunta)\Z", IGNORECASE),
    answer=re.compile(r"(?:R\d{0,2}|Respuesta|A)\Z", IGNORECASE),
    podium=re.compile(
        r"(?:(?:El|La) )?(?:portavoz|vocero|vocera)(?: del Ministerio de (?:Relaciones|Asuntos) Exteriores)?\Z",
        IGNORECASE,
    ),
    follow_up=re.compile(
        r"(?P<outlet>[^:]{0,45}?)[ ,\u2013-]{0,3}(?:pregunta )?(?:de seguimiento|adicional|complementaria)"
        r"(?: (?:de|por) (?P<from>.{2,45}))?\Z",
        IGNORECASE,
    ),
    journalist=re.compile(
        r"(?:El |La |Una? |Este |Esta |Misma? )?(?:periodista|reporter[oa]|corresponsal)"
        r"(?: (?:a[ñn]ade|aclara|explica|responde|contin[úu]a|agrega))?\Z",
        IGNORECASE,
    ),
    reporter=re.compile(r"[ ,]+(?:periodista|reporter[oa]|corresponsal)(?:e?s)?\Z", IGNORECASE),
    ordinary=re.compile(
        r"(?:Primero|Segundo|Tercero|Cuarto|Por [úu]ltimo|Finalmente|Hechos?|Realidad(?:es)?|Mentiras?|Verdad|Notas?|"
        r"Fuentes?|Fecha|Lugar|Hora|Tema|[A-Z]|[IVX]+)\Z"
    ),
    connectors=frozenset("de la el los las del y en al a por para con e".split()),
    name=None,
    person=CAPITALISED,
    announces=re.compile(r" anuncia\Z", IGNORECASE),
    asked_after=NEVER,
    after=re.compile(
        r"(?:Despu[ée]s de|Tras|Al t[ée]rmino de) (?:la|esta) (?:conferencia|rueda) de prensa\b[^.?!]{0,80}"
        r"(?:pregunt|plante|formul)"
        r"|(?:La|Las) siguientes? preguntas?\b[^.?!:]{0,60}\b(?:despu[ée]s de|tras) (?:la|esta) (?:conferencia|rueda)",
        IGNORECASE,
    ),
    reported=re.compile(r"[:\uff1a]\s*\S|\?"),
    notice=re.compile(
        r"\b(?:conferencia|rueda)s? de prensa\b[^.]{0,80}?\b(?:suspen[dsi]|interrump|receso|no se celebrar|aplaz)"
        r"|\bno habr[áa] (?:m[áa]s )?(?:conferencia|rueda)s? de prensa\b",
        IGNORECASE,
    ),
    notice_goes_on=re.compile(r"(?:Durante|En) (?:el|la|los|las|este|esta|ese|esa) ", IGNORECASE),
    event=NEVER,
)

RUSSIAN = Phrases(
    question=re.compile(r"(?:В\d{0,2}|Вопрос)\Z", IGNORECASE),
    answer=re.compile(r"(?:О\d{0,2}|Ответ)\Z", IGNORECASE),
    podium=re.compile(r"(?:Официальный представитель(?: МИД(?: КНР)?)?|Представитель МИД(?: КНР)?)\Z", IGNORECASE),
    follow_up=re.compile(
        r"(?P<outlet>[^:]{0,45}?)[ ,\u2013-]{0,3}(?:дополнительный|уточняющий) вопрос(?: от (?P<from>.{2,45}))?\Z",
        IGNORECASE,
    ),
    journalist=re.compile(
        r"(?:Журналист(?:ка)?|Корреспондент(?:ка)?)(?: (?:добавил|уточнил|пояснил|ответил|продолжил)а?)?\Z", IGNORECASE
    ),
    reporter=re.compile(r"[ ,]+(?:журналист|корреспондент)(?:ка)?\Z", IGNORECASE),
    ordinary=re.compile(
        r"(?:Во-первых|Во-вторых|В-третьих|Наконец|Факты?|Реальность|Правда|Ложь|Примечани[ея]|Источники?|Дата|Место|"
        r"Время|Тема|[А-Я]|[IVX]+)\Z"
    ),
    connectors=frozenset("и в на по для из".split()),
    name=None,
    person=CAPITALISED,
    announces=re.compile(r" (?:объявляет|объявила?)\Z", IGNORECASE),
    asked_after=NEVER,
    after=re.compile(r"После (?:\w+ )?(?:пресс-конференции|брифинга)\b[^.?!]{0,80}(?:вопрос|спроси|зада)", IGNORECASE),
    reported=re.compile(r"[:\uff1a]\s*\S|\?"),
    notice=re.compile(
        r"(?:пресс-конференци\w+|брифинг\w*)[^.]{0,80}?(?:приостан|не состо|не будет|не провод|перерыв)", IGNORECASE
    ),
    notice_goes_on=re.compile(r"(?:В|Во) (?:это время|период|течение)", IGNORECASE),
    event=NEVER,
)

_ARABIC_NAME = re.compile(r"[\u0621-\u064a]{2,12}(?: [\u0621-\u064a]{2,12}){0,4}\Z")

ARABIC = Phrases(
    question=re.compile(r"(?:س\d{0,2}|سؤال|السؤال)\Z"),
    answer=re.compile(r"(?:ج\d{0,2}|جواب|الجواب)\Z"),
    podium=re.compile(r"(?:المتحدثة?|الناطقة?)(?: باسم (?:وزارة )?الخارجية(?: الصينية)?)?\Z"),
    follow_up=re.compile(r"(?P<outlet>[^:]{0,45}?) ?(?:سؤال متابعة|متابعة)(?P<from>(?!))?\Z"),
    journalist=re.compile(r"(?:ال)?(?:صحفية?|مراسلة?)\Z"),
    reporter=re.compile(r"\A(?:مراسلة? )"),
    ordinary=re.compile(
        r"(?:أولا|أولًا|ثانيا|ثانيًا|ثالثا|ثالثًا|رابعا|أخيرا|أخيرًا|الحقيقة|الحقائق|ملاحظة|المصدر|التاريخ|المكان)\Z"
    ),
    connectors=frozenset(),
    name=_ARABIC_NAME,
    person=_ARABIC_NAME,
    announces=re.compile(r" (?:يعلن|تعلن)\Z"),
    asked_after=NEVER,
    after=re.compile(r"بعد (?:انتهاء )?المؤتمر الصحفي[^.؟?!]{0,80}(?:سؤال|سأل|طرح)"),
    reported=re.compile(r"[:\uff1a]\s*\S|[؟?]"),
    notice=re.compile(r"(?:المؤتمر الصحفي|المؤتمرات الصحفية)[^.]{0,80}?(?:يتوقف|تتوقف|تعليق|لن يعقد|لن تعقد)"),
    notice_goes_on=re.compile(r"(?:خلال|أثناء) "),
    event=NEVER,
)
