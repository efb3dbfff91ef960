"""The nouns by which a rule knows a body or an event, and the words that are nobody's own; for each language.

Vocabulary only: how far a name reaches around its noun belongs to `bodies`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Heads:
    """The words of one language.

    Attributes:
        noun: what names are found by; its group `body` holds the noun of a body, `event` that of an event.
        before: whether words before the noun belong to the name, as in English.
        joins: what may lead on behind the noun, with its spaces: " of ", " for the ".
        generic: words that say nothing of which one it is.
        common: nouns that a country's name alone does not make a name: "the Chinese Company".
        leads: words in capitals that begin a sentence, and no name.
        offices: words of persons: a name begins behind them.
        telling: nouns that two words before them make a name, generic or not: "the National Intelligence Law".
        bare: nouns that need a word before them, whatever stands behind: "Administration of Justice" is none.
        named_for: nouns whose names may begin with a person's: "the Ada Moor Foundation".
        organs: names that stand for the body whose they are: "the Central Committee of the Harbour Party" is the party.
        ends: words at which a name ends though they have a capital: months, days of the week.
    """

    noun: re.Pattern[str]
    before: bool
    joins: re.Pattern[str]
    generic: frozenset[str]
    common: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    named_for: frozenset[str] = frozenset()
    organs: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _noun(bodies: str, events: str) -> re.Pattern[str]:
    body, event = ("|".join(sorted(words.split(), key=len, reverse=True)) for words in (bodies, events))
    return re.compile(rf"(?<![\w'-])(?:(?P<body>{body})|(?P<event>{event}))(?![\w-])(?!'[a-rt-z])")


_ENGLISH = Heads(
    noun=_noun(
        bodies="""
        Organization Organisation Association Committee Commission Council Institute University Foundation Bank Agency
        Bureau Authority Court Corporation Company Group Center Centre Union Party Academy Federation Alliance Society
        Institution College School Hospital Airlines Airways Army Navy Movement Network Museum Parliament Assembly
        Secretariat Fund Service Services Department Ministry Administration Office Front League Laboratory
        Observatory Chamber Congress Board Corps
        """,
        events="""
        Initiative Agreement Treaty Convention Summit Forum Conference Dialogue Expo Exposition Exhibition Declaration
        Protocol Accord Accords Act Pact Games Olympics Festival Communique Communiqué Memorandum Charter Strategy Fair
        Cup War Symposium Meeting Doctrine Law Roundtable Championships Consultations Award Prize
        """,
    ),
    before=True,
    joins=re.compile(r" (?:of|for|on|against|to|through|with) (?:the )?"),
    generic=_words(
        """
        Joint Annual Advisory Strategic Foreign Ministers' Minister's Ministers Ministerial Senior Officials' Officials
        Leaders' Leaders Economic Political Security National Central Special Standing High-level High-Level High Level
        Comprehensive Bilateral Trilateral Regular General Free Trade International Public First Second Third Fourth
        Fifth Sixth Seventh Eighth Ninth Tenth New Working Steering Emergency Executive Press Information Round Table
        Plenary Communist Conservative Democratic Republican Liberal Labour Labor Ruling Opposition Federal State
        Local Provincial Municipal District People's Supreme Constitutional Intermediate Election Electoral Health
        Defense Defence Finance Financial Commerce Commercial Justice Interior Education Culture Cultural Military
        Intelligence Diplomatic Consular Contact Task Expert Experts Regional Global World Universal Legal Criminal
        Civil Administrative Investment Peace Cooperation Partnership Development Prime Vice Deputy Chief Heads Summit
        Negotiation Negotiations Coordination Consultation Technical Scientific Secretary Opening Closing Final Draft
        Informal Formal Extraordinary Virtual Video Online Past Recent Current Above Two Three Affairs Cultural
        Presidential Parliamentary Legislative Judicial Cabinet Government Governmental Intergovernmental Management
        Action Framework Basic Human Rights Red Cross Post Research Medical Science Technology Member States
        Supervisory Appeals Appeal Oversight Select Judiciary Budget Rules Ethics Congressional Senate House
        Leadership Transition Communications Communication Counsel Counsel's Tax Spending Infrastructure Oval
        Spokesperson's President's Press Home Head Main Local Secret District Circuit High Big Small Mutual Good
        Sanctions Minister Organizational Understanding Establishment Relations Stock Exchange
        Services Service Customs Police Fire Transport Transportation Labor
        """
    ),
    common=_words(
        """
        Bank Agency Bureau Authority Corporation Company Group Center Centre Union Party Hospital Network Fund Service
        Services Department Administration Office Law Meeting Campaign War Strategy Consultations Committee Commission
        Council Institute University Association Court Secretariat Board Front Movement Alliance Act Agreement College
        School Federation Society Institution Organization Organisation Assembly Chamber Congress Festival
        Exhibition Treaty Declaration Memorandum Conference Award Prize Ministry Initiative Charter Protocol
        Foundation Academy
        """
    ),
    leads=_words(
        """
        The A An In On At As But And Or For If Will Does Do Did Is Are Was Has Have Had This That These Those What
        Like So How Why When Where Who Which According Regarding During Since Also Both Some Its Their Our Your We I
        It He She They You My His Her After Before By From With Under Over Yesterday Today Recently Last Next Another
        Would Could Can Should May Besides Through Though Although While Because Each Every All Any Many Most Other
        Now Then Here There Not No Yes Well Please Follow-up Thank Thanks Once Just Only Even Given Following Despite
        Between Among Within Without About Against Until Up Out To Of Such More Secondly Finally Concerning Considering
        Citing Quoting Whether Per Earlier Later Former Former Quite Very Let Does Furthermore Moreover However
        """
    ),
    offices=_words(
        """
        President Chairman Chairwoman Chairperson Chair Minister Secretary Director Spokesperson Spokesman Spokeswoman
        Undersecretary Governor Premier Speaker Commissioner Ambassador Representative Member Members Director-General
        Secretary-General Envoy Commander Senator Congressman Mayor Professor Mr. Mrs. Ms. Dr. Leader CEO
        Councilor Counselor Counsellor Advisor Adviser Judge Deputy Governor-General Chancellor King Queen
        """
    ),
    organs=frozenset({"Central Committee"}),
    named_for=_words("Foundation Award Prize Institute Center Centre School University Hospital Museum Act"),
    bare=_words("Administration Group Meeting War Law Service Services Board Network Front Fund Award Company School"),
    telling=_words("Law Act Party Alliance Front Movement Games"),
    ends=_words(
        "January February March April May June July August September October November December "
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    ),
)

_SPANISH = Heads(
    noun=_noun(
        bodies="""
        Secretaría Subsecretaría Comisión Instituto Consejo Comité Tribunal Universidad Banco Fiscalía Procuraduría
        Organización Asociación Fundación Partido Sindicato Centro Hospital Corte Agencia Servicio Sistema Fondo Cámara
        Confederación Unión Ministerio Embajada Consulado Academia Colegio Frente Unidad Coordinación Dirección
        Auditoría Movimiento Federación Corporación Administración Observatorio Grupo
        """,
        events="""
        Ley Plan Programa Tratado Tratados Acuerdo Convenio Cumbre Foro Conferencia Convención Protocolo Pacto
        Declaración Festival Feria Censo Iniciativa Estrategia Operativo Juegos Copa Revolución Guerra Batalla
        """,
    ),
    before=False,
    joins=re.compile(r" (?:(?:de|del|para|por|contra) (?:(?:la|las|los|el) )?|y )"),
    generic=_words(
        "Nacional Federal General Estatal Local Técnico Especial Superior Central Ejecutivo Público Pública Mundial "
        "Seguridad Salud República Estado Gobierno Unidos Administrativo Administrativa Orgánica Orgánico Militar "
        "Judicial Electoral Profesional Ambiental Social Ejecutiva Regional Municipal Financiero"
    ),
)

HEADS: Mapping[str, Heads] = {"en": _ENGLISH, "es": _SPANISH}
