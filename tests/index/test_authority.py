"""The tables of names: what ships, how a librarian's folder lies over it, and what is refused with a place."""

import re
from pathlib import Path

import pytest

from index.authority.rows import OutletRow, SpeakerRow, straight
from index.authority.tables import Authority, AuthorityError, EntityRow, load_authority
from index.entities.names import Names
from search.text import HAN

HEADER = "id,type,label,aliases,titles,parent,scope,flags,note\n"
ISO_3166 = """
ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by bz ca cc cd
cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et fi fj fk fm fo fr ga gb gd ge gf
gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn
kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na
nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si
sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug um us uy uz va vc ve vg vi
vn vu wf ws ye yt za zm zw
""".split()
HAN_NAME = re.compile(rf"[{HAN}]{{2}}")
DEMONYMS = """
ad Andorran, ae Emirati, af Afghan, ag Antiguan, ai Anguillan, al Albanian, am Armenian, ao Angolan, ar Argentine, as
American Samoan, at Austrian, au Australian, aw Aruban, ax Ålander, az Azerbaijani, ba Bosnian, bb Barbadian, bd
Bangladeshi, be Belgian, bf Burkinabe, bg Bulgarian, bh Bahraini, bi Burundian, bj Beninese, bm Bermudian, bn
Bruneian, bo Bolivian, bq Bonairean, br Brazilian, bs Bahamian, bt Bhutanese, bw Motswana, by Belarusian, bz Belizean,
ca Canadian, cf Central African, ch Swiss, ci Ivorian, ck Cook Islander, cl Chilean, cm Cameroonian, cn Chinese, co
Colombian, cr Costa Rican, cu Cuban, cv Cabo Verdean, cw Curaçaoan, cy Cypriot, cz Czech, de German, dj Djiboutian, dk
Danish, do Dominican, dz Algerian, ec Ecuadorian, ee Estonian, eg Egyptian, eh Sahrawi, er Eritrean, es Spanish, et
Ethiopian, fi Finnish, fj Fijian, fk Falkland Islander, fm Micronesian, fo Faroese, fr French, ga Gabonese, gb
Britain, gd Grenadian, ge Georgian, gf French Guianese, gh Ghanaian, gi Gibraltarian, gl Greenlandic, gm Gambian, gn
Guinean, gp Guadeloupean, gq Equatorial Guinean, gr Greek, gt Guatemalan, gu Guamanian, gw Bissau-Guinean, gy
Guyanese, hk Hong Konger, hn Honduran, hr Croatian, ht Haitian, hu Hungarian, id Indonesian, ie Irish, il Israeli, im
Manx, in Indian, io Chagossian, iq Iraqi, ir Iranian, is Icelandic, it Italian, jm Jamaican, jo Jordanian, jp
Japanese, ke Kenyan, kg Kyrgyz, kh Cambodian, ki I-Kiribati, km Comorian, kn Kittitian, kp North Korean, kr South
Korean, kw Kuwaiti, ky Caymanian, kz Kazakh, la Lao, lb Lebanese, lc Saint Lucian, li Principality of Liechtenstein,
lk Sri Lankan, lr Liberian, ls Basotho, lt Lithuanian, lu Luxembourgish, lv Latvian, ly Libyan, ma Moroccan, mc
Monégasque, md Moldovan, me Montenegrin, mg Malagasy, mh Marshallese, mk North Macedonian, ml Malian, mm Burmese, mn
Mongolian, mo Macanese, mp Northern Marianan, mq Martinican, mr Mauritanian, ms Montserratian, mt Maltese, mu
Mauritian, mv Maldivian, mw Malawian, mx Mexican, my Malaysian, mz Mozambican, na Namibian, nc New Caledonian, ne
Nigerien, nf Norfolk Islander, ng Nigerian, ni Nicaraguan, nl Dutch, no Norwegian, np Nepali, nr Nauruan, nu Niuean,
nz New Zealander, om Omani, pa Panamanian, pe Peruvian, pf French Polynesian, pg Papua New Guinean, ph Filipino, pk
Pakistani, pl Polish, pn Pitcairn Islander, pr Puerto Rican, ps Palestinian, pt Portuguese, pw Palauan, py Paraguayan,
qa Qatari, re Réunionese, ro Romanian, rs Serbian, ru Russian, rw Rwandan, sa Saudi, sb Solomon Islander, sc
Seychellois, sd Sudanese, se Swedish, sg Singaporean, sh Saint Helenian, si Slovenian, sk Slovak, sl Sierra Leonean,
sm Sammarinese, sn Senegalese, so Somali, sr Surinamese, ss South Sudanese, st Santomean, sv Salvadoran, sy Syrian, sz
Swazi, tc Turks and Caicos Islander, td Chadian, tg Togolese, th Thai, tj Tajik, tk Tokelauan, tl Timorese, tm
Turkmen, tn Tunisian, to Tongan, tr Turkish, tt Trinidadian, tv Tuvaluan, tw Taiwanese, tz Tanzanian, ua Ukrainian, ug
Ugandan, us American, uy Uruguayan, uz Uzbek, vc Vincentian, ve Venezuelan, vn Vietnamese, vu Ni-Vanuatu, wf
Wallisian, ws Samoan, xk Kosovan, ye Yemeni, yt Mahoran, za South African, zm Zambian, zw Zimbabwean
"""
SPANISH = """
ae Emiratos Árabes Unidos, af Afganistán, ag Antigua y Barbuda, ai Anguila, aq Antártida, as Samoa Americana, ax Islas
Åland, az Azerbaiyán, ba Bosnia y Herzegovina, bd Bangladés, be Bélgica, bh Baréin, bj Benín, bm Bermudas, bn Brunéi,
bq Caribe Neerlandés, br Brasil, bt Bután, bv Isla Bouvet, bw Botsuana, by Bielorrusia, bz Belice, ca Canadá, cc Islas
Cocos, cd República Democrática del Congo, cf República Centroafricana, cg República del Congo, ch Suiza, ci Costa de
Marfil, ck Islas Cook, cm Camerún, cw Curazao, cx Isla de Navidad, cy Chipre, cz Chequia, de Alemania, dj Yibuti, dk
Dinamarca, do República Dominicana, dz Argelia, eg Egipto, eh Sáhara Occidental, es España, et Etiopía, fi Finlandia,
fj Fiyi, fk Islas Malvinas, fo Islas Feroe, fr Francia, ga Gabón, gb Reino Unido, gf Guayana Francesa, gl Groenlandia,
gq Guinea Ecuatorial, gr Grecia, gs Islas Georgias del Sur y Sandwich del Sur, gw Guinea-Bisáu, hm Islas Heard y
McDonald, hr Croacia, ht Haití, hu Hungría, ie Irlanda, im Isla de Man, io Territorio Británico del Océano Índico, iq
Irak, ir Irán, is Islandia, it Italia, jo Jordania, jp Japón, ke Kenia, kg Kirguistán, kh Camboya, km Comoras, kn San
Cristóbal y Nieves, kp Corea del Norte, kr Corea del Sur, ky Islas Caimán, kz Kazajistán, lb Líbano, ls Lesoto, lt
Lituania, lu Luxemburgo, lv Letonia, ly Libia, ma Marruecos, mc Mónaco, md Moldavia, mh Islas Marshall, mk Macedonia
del Norte, mm Birmania, mp Islas Marianas del Norte, mq Martinica, mv Maldivas, mw Malaui, mx México, my Malasia, nc
Nueva Caledonia, ne Níger, nf Isla Norfolk, nl Países Bajos, no Noruega, nz Nueva Zelanda, om Omán, pa Panamá, pe
Perú, pf Polinesia Francesa, pg Papúa Nueva Guinea, ph Filipinas, pk Pakistán, pl Polonia, pm San Pedro y Miquelón, pn
Islas Pitcairn, ps Palestina, pw Palaos, qa Catar, ro Rumania, ru Rusia, rw Ruanda, sa Arabia Saudita, sb Islas
Salomón, sd Sudán, se Suecia, sg Singapur, si Eslovenia, sj Svalbard y Jan Mayen, sk Eslovaquia, sl Sierra Leona, sr
Surinam, ss Sudán del Sur, st Santo Tomé y Príncipe, sy Siria, tc Islas Turcas y Caicos, tf Territorios Australes
Franceses, th Tailandia, tj Tayikistán, tl Timor Oriental, tm Turkmenistán, tn Túnez, tr Turquía, tt Trinidad y
Tobago, tw Taiwán, ua Ucrania, um Islas menores alejadas de Estados Unidos, us Estados Unidos, uz Uzbekistán, va
Ciudad del Vaticano, vc San Vicente y las Granadinas, vg Islas Vírgenes Británicas, vi Islas Vírgenes de EE.UU., wf
Wallis y Futuna, za Sudáfrica, zw Zimbabue
"""
"""Spanish names that differ from the label. Left out are those that are more often something else: see the README."""

CAPITALS = """
ad andorra-la-vella, ae abu-dhabi, af kabul, ag st-johns, ai the-valley, al tirana, am yerevan, ao luanda, ar
buenos-aires, as pago-pago, at vienna, au canberra, aw oranjestad, ax mariehamn, az baku, ba sarajevo, bb bridgetown,
bd dhaka, be brussels, bf ouagadougou, bg sofia, bh manama, bi gitega, bj porto-novo, bl gustavia, bm hamilton, bn
bandar-seri-begawan, bo la-paz, bq kralendijk, br brasilia, bs nassau, bt thimphu, bw gaborone, by minsk, bz belmopan,
ca ottawa, cd kinshasa, cf bangui, cg brazzaville, ch bern, ci yamoussoukro, ck avarua, cl santiago-de-chile, cm
yaounde, cn beijing, co bogota, cr san-jose, cu havana, cv praia, cw willemstad, cx flying-fish-cove, cy nicosia, cz
prague, de berlin, dj djibouti-city, dk copenhagen, dm roseau, do santo-domingo, dz algiers, ec quito, ee tallinn, eg
cairo, eh laayoune, er asmara, es madrid, et addis-ababa, fi helsinki, fj suva, fk stanley, fm palikir, fo torshavn,
fr paris, ga libreville, gb london, gd st-georges, ge tbilisi, gf cayenne, gg st-peter-port, gh accra, gl nuuk, gm
banjul, gn conakry, gp basse-terre, gq malabo, gr athens, gs king-edward-point, gt guatemala-city, gu hagatna, gw
bissau, gy georgetown, hn tegucigalpa, hr zagreb, ht port-au-prince, hu budapest, id jakarta, ie dublin, im douglas,
in new-delhi, iq baghdad, ir tehran, is reykjavik, it rome, je st-helier, jm kingston, jo amman, jp tokyo, ke nairobi,
kg bishkek, kh phnom-penh, ki tarawa, km moroni, kn basseterre, kp pyongyang, kr seoul, kw kuwait-city, ky
george-town, kz astana, la vientiane, lb beirut, lc castries, li vaduz, lk colombo, lr monrovia, ls maseru, lt
vilnius, lu luxembourg-city, lv riga, ly tripoli, ma rabat, md chisinau, me podgorica, mf marigot, mg antananarivo, mh
majuro, mk skopje, ml bamako, mm naypyidaw, mn ulaanbaatar, mq fort-de-france, mr nouakchott, ms brades, mt valletta,
mu port-louis, mv male, mw lilongwe, mx mexico-city, my kuala-lumpur, mz maputo, na windhoek, nc noumea, ne niamey, nf
kingston, ng abuja, ni managua, nl amsterdam, no oslo, np kathmandu, nr yaren, nu alofi, nz wellington, om muscat, pa
panama-city, pe lima, pf papeete, pg port-moresby, ph manila, pk islamabad, pl warsaw, pm saint-pierre, pn adamstown,
pr san-juan, ps ramallah, pt lisbon, pw ngerulmud, py asuncion, qa doha, re saint-denis, ro bucharest, rs belgrade, ru
moscow, rw kigali, sa riyadh, sb honiara, sc victoria, sd khartoum, se stockholm, sh jamestown, si ljubljana, sj
longyearbyen, sk bratislava, sl freetown, sm city, sn dakar, so mogadishu, sr paramaribo, ss juba, st sao-tome, sv
san-salvador, sx philipsburg, sy damascus, sz mbabane, tc cockburn-town, td ndjamena, tg lome, th bangkok, tj
dushanbe, tl dili, tm ashgabat, tn tunis, to nukualofa, tr ankara, tt port-of-spain, tv funafuti, tw taipei, tz
dodoma, ua kyiv, ug kampala, us washington-d-c, uy montevideo, uz tashkent, vc kingstown, ve caracas, vg road-town, vi
charlotte-amalie, vn hanoi, vu port-vila, wf mata-utu, ws apia, xk pristina, ye sanaa, yt mamoudzou, za pretoria, zm
lusaka, zw harare
"""
"""What their ids end with."""

WITHOUT_CAPITAL = "aq bv cc gi hk hm il io mc mo mp sg tf tk um va".split()
"""City states, territories without a town of their own, and Israel: Jerusalem is part of no country here."""


@pytest.fixture(scope="module")
def authority() -> Authority:
    """What ships."""
    return load_authority()


def overlay(folder: Path, text: str, name: str = "entities.csv") -> Path:
    """A librarian's folder with one file; an entities file gets its header."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(HEADER + text if name == "entities.csv" else text, encoding="utf-8")
    return folder


def fault(folder: Path) -> AuthorityError:
    """The error that laying `folder` over the shipped tables raises."""
    with pytest.raises(AuthorityError) as caught:
        load_authority(folder)
    return caught.value


def test_every_country_is_there(authority: Authority) -> None:
    """All 249 codes of ISO 3166-1, and Kosovo, have a row of their own."""
    ids = {row.id for row in authority.entities}
    assert len(ISO_3166) == 249
    assert not {f"place-{code}" for code in [*ISO_3166, "xk"]} - ids


def test_mexicos_states_are_there(authority: Authority) -> None:
    """Mexico's 31 states and its capital are rows of their own within Mexico."""
    children = [row.id for row in authority.entities if row.parent == "place-mx" and row.type == "place"]
    assert len(children) == 32


def read_names(text: str) -> dict[str, str]:
    """Names by the code of their country, of a text "ad Andorran, af Afghan"."""
    return dict(name.split(" ", 1) for name in " ".join(text.split()).split(", "))


def lacking(authority: Authority, names: dict[str, str]) -> set[str]:
    """Those names that are none of their country's."""
    known = {row.id: (row.label, *row.aliases) for row in authority.entities}
    return {name for code, name in names.items() if name not in known[f"place-{code}"]}


def test_countries_have_their_demonyms(authority: Authority) -> None:
    """The people and things of a country or territory are found by its English adjective, where it has one."""
    assert len(read_names(DEMONYMS)) > 220
    assert not lacking(authority, read_names(DEMONYMS))


def test_countries_have_spanish_names(authority: Authority) -> None:
    """A country or territory is found by its Spanish name, where that is no everyday word or another name."""
    assert len(read_names(SPANISH)) > 120
    assert not lacking(authority, read_names(SPANISH))


def test_countries_have_chinese_names(authority: Authority) -> None:
    """Every country or territory has a name in Han."""
    names = {row.id: "".join(row.names) for row in authority.entities}
    assert not [code for code in [*ISO_3166, "xk"] if not HAN_NAME.search(names[f"place-{code}"])]


def test_countries_have_capitals(authority: Authority) -> None:
    """The capital of every country or territory that has one is a row of its own, and part of it."""
    parents = {row.id: row.parent for row in authority.entities}
    capitals = read_names(CAPITALS)
    assert {*capitals, *WITHOUT_CAPITAL} == {*ISO_3166, "xk"}
    assert not [code for code, name in capitals.items() if parents.get(f"place-{code}-{name}") != f"place-{code}"]


@pytest.mark.parametrize(("type", "least"), [("organisation", 1000), ("event", 500), ("person", 1000), ("place", 1000)])
def test_names_are_many(authority: Authority, type: str, least: int) -> None:
    """What ships covers what briefings name: far more than three hundred organisations and 150 events."""
    assert sum(row.type == type and "block" not in row.flags for row in authority.entities) >= least


def test_ids_say_the_type(authority: Authority) -> None:
    """No id begins with the word of another type; that of a block may begin with "block"."""
    words = {"place": "place", "person": "person", "organisation": "org", "event": "event"}
    wrong = [row.id for row in authority.entities if row.id.split("-")[0] != words[row.type]]
    assert all(id.startswith("block-") for id in wrong)


@pytest.mark.parametrize(
    ("text", "publisher", "label"),
    [
        ("the INF Treaty", "cn-mfa", "Intermediate-Range Nuclear Forces Treaty"),
        ("在《中导条约》问题上", "cn-mfa", "Intermediate-Range Nuclear Forces Treaty"),
        ("the G20 summit in Osaka", "cn-mfa", "G20 Osaka Summit"),
        ("二十国集团领导人大阪峰会", "cn-mfa", "G20 Osaka Summit"),
        ("the FOCAC Beijing Summit", "cn-mfa", "FOCAC Beijing Summit"),
        ("the Bundestag", "cn-mfa", "Bundestag"),
        ("the National Security Council", "us-white-house", "US National Security Council"),
        ("Israel's National Security Council", "cn-mfa", "Israel"),
        ("la Secretaría de Gobernación", "mx-presidencia", "Ministry of the Interior (Mexico)"),
        ("la Fiscalía informó", "mx-presidencia", "Attorney General's Office (Mexico)"),
        ("la Fiscalía de Jalisco", "mx-presidencia", None),
        ("el Senado de Estados Unidos", "mx-presidencia", "US Senate"),
        ("el Tren Maya", "mx-presidencia", "Tren Maya"),
        ("美方应", "cn-mfa", "United States"),
        ("参加方", "cn-mfa", None),
    ],
)
def test_one_entity_has_one_label(authority: Authority, text: str, publisher: str, label: str | None) -> None:
    """Names in three languages lead to one label; a name that means another body leads to none."""
    hits = [hit.row for hit in Names(authority).find(text, publisher) if "block" not in hit.row.flags]
    assert [row.label for row in hits] == ([label] if label else [])


def test_a_capital_rolls_up_to_its_country(authority: Authority) -> None:
    """Manila is a row of its own whose parent is the Philippines."""
    manila = next(row for row in authority.entities if row.id == "place-ph-manila")
    assert (manila.label, manila.parent) == ("Manila", "place-ph")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("AFP", "Agence France-Presse"),
        ("Agence France–Presse", "Agence France-Presse"),
        ("Hubei Media group", "Hubei Media Group"),
        ("Tass News Agency", "TASS"),
        ("PTI", "Press Trust of India"),
        ("SCMP", "South China Morning Post"),
        ("CNR", "China National Radio"),
        ("The  Paper", "The Paper"),
        ("People’s Daily", "People's Daily"),
        ("ITN&BBC", None),
        ("Q", None),
    ],
)
def test_a_printed_label_finds_its_outlet(authority: Authority, label: str, name: str | None) -> None:
    """An outlet is known by its name and aliases, whatever case, dashes, quotes and spaces; others are not known."""
    assert authority.outlet(label) == name


def test_a_printed_label_finds_its_speaker(authority: Authority) -> None:
    """A spokesperson is known in any case, with or without a title, but only at the publisher."""
    assert authority.speaker("Hua chunying", "cn-mfa") == "Hua Chunying"
    assert authority.speaker("Spokesperson Geng Shuang", "cn-mfa") == "Geng Shuang"
    assert authority.speaker("Hua Chunying", "xv-mfa") is None


def test_labels_hold_names_but_no_blocks(authority: Authority) -> None:
    """Pages learn every entity's label, type and aliases, and nothing of what is swallowed."""
    labels = authority.labels
    assert labels.label("entity", "place-tr") == "Türkiye"
    assert labels.type("org-un") == "organisation"
    assert labels.resolve("entity", "turkey") == "place-tr"
    assert labels.resolve("entity", "turquía") == labels.resolve("entity", "土耳其") == "place-tr"
    assert labels.resolve("outlet", "afp") == "Agence France-Presse"
    assert not [id for id in labels.names["entity"] if id.startswith("block-")]


def test_a_speaker_of_two_publishers_has_one_name() -> None:
    """Labels of a name that speaks for two publishers hold the aliases of both."""
    rows = (SpeakerRow("a", "Ada Vale", ("Vale",)), SpeakerRow("b", "Ada Vale", ("A. Vale",)))
    assert Authority((), (), rows).labels.names["speaker"]["Ada Vale"].aliases == ("Vale", "A. Vale")


def test_an_overlay_row_replaces_the_shipped_one(tmp_path: Path, authority: Authority) -> None:
    """A librarian's row of the same id stands instead of the shipped one, whole; all other rows stay."""
    laid = load_authority(overlay(tmp_path, "place-ph,place,The Philippines,Filipino,,,,,\n"))
    assert [r for r in laid.entities if r.id == "place-ph"] == [
        EntityRow("place-ph", "place", "The Philippines", ("Filipino",))
    ]
    assert len(laid.entities) == len(authority.entities)
    assert laid.version != authority.version


def test_every_table_can_be_laid_over(tmp_path: Path) -> None:
    """Outlets and speakers of a librarian's folder are found, beside the shipped ones."""
    overlay(tmp_path, "name,aliases,country,note\nHarbour Post,HP,,\n", "outlets.csv")
    overlay(tmp_path, "publisher,name,aliases,titles,from,to,note\nxv-mfa,Ada Vale,,,2020,,\n", "speakers.csv")
    laid = load_authority(tmp_path)
    assert (laid.outlet("hp"), laid.speaker("ADA VALE", "xv-mfa")) == ("Harbour Post", "Ada Vale")
    assert laid.outlet("AFP") == "Agence France-Presse"
    assert OutletRow("Harbour Post", ("HP",)) in laid.outlets


def test_a_folder_that_is_not_there_lays_nothing_over(tmp_path: Path, authority: Authority) -> None:
    """Without a librarian's folder the shipped tables stand, and their version is the same every time."""
    assert load_authority(tmp_path / "none").version == authority.version


def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path: Path) -> None:
    """A file as spreadsheets save it, with a byte order mark and CRLF, is read."""
    text = "\ufeff" + HEADER + "place-xv,place,Valdria,Valdrian,,,,,\n"
    overlay(tmp_path, text.replace("\n", "\r\n"), "places.csv")
    assert "place-xv" in {row.id for row in load_authority(tmp_path).entities}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("place-xv,place,Valdria,,,,,,\nplace-xv,place,Valdria Two,,,,,,\n", "'place-xv' stands already at"),
        ("place-xv,place,Valdria,Filipino,,,,,\n", "'Filipino' names place-xv and place-ph alike"),
        ("place-xv,place,Valdria,,,place-nowhere,,,\n", "place-xv has the unknown parent 'place-nowhere'"),
        ("place-xv,town,Valdria,,,,,,\n", "place-xv has the type 'town'"),
        ("place-xv,place,Valdria,,,,,bloc,\n", "place-xv has the flag 'bloc'"),
        ("Place XV,place,Valdria,,,,,,\n", "'Place XV' is not an id"),
        ("place-xv,place,Valdria,May,,,,,\n", "the name 'May' of place-xv is an everyday word"),
        ("place-xv,place,Valdria,V,,,,,\n", "the name 'V' of place-xv is an everyday word"),
        ("place-xv,place,Valdria,Vald||Aria,,,,,\n", "place-xv has an empty name"),
        ("place-xv,place,,,,,,,\n", "place-xv has an empty name"),
        ("org-xv,organisation,Foreign Office of Valdria,,,,,national,\n", "org-xv is national but of no country"),
        ("place-xv,place,Valdria,,,,\n", "7 cells where the header has 9"),
        ('place-xv,place,"Valdria"n,,,,,,\n', "not valid CSV"),
        ('place-xv,place,"Valdria,,,,,,\n', "not valid CSV"),
        (
            "place-xv,place,Valdria,,,place-xw,,,\nplace-xw,place,Wend,,,place-xv,,,\n",
            "the parents go in a circle: place-xv -> place-xw -> place-xv",
        ),
        ("place-xv,place,Valdria,,,place-xv,,,\n", "the parents go in a circle: place-xv -> place-xv"),
    ],
)
def test_a_row_at_fault_is_told_with_its_place(tmp_path: Path, row: str, message: str) -> None:
    """Each thing that can be wrong with an entity's row is one fault: file and line, what, and what to do."""
    error = fault(overlay(tmp_path, row))
    assert [message in f.message for f in error.faults] == [True]
    assert error.where.startswith(f"{tmp_path / 'entities.csv'}:")
    assert error.hint


def test_the_place_is_the_line_of_the_row(tmp_path: Path) -> None:
    """The line is that of the file, the header being the first, also after a cell with a line break."""
    rows = 'place-xv,place,Valdria,,,,,,"a note\nof two lines"\nplace-xw,town,Wend,,,,,,\n'
    assert fault(overlay(tmp_path, rows)).where == f"{tmp_path / 'entities.csv'}:4"


def test_all_faults_are_listed(tmp_path: Path) -> None:
    """A librarian sees every fault of a run; the message names the first and counts the rest."""
    error = fault(overlay(tmp_path, "place-xv,town,Valdria,,,,,,\nplace-xw,place,Wend,,,place-no-where,,,\n"))
    assert [f.where.rpartition(":")[2] for f in error.faults] == ["2", "3"]
    assert "and 1 more" in str(error)
    assert all(f.where in str(f) and f.hint in str(f) for f in error.faults)


def test_of_two_rows_at_odds_the_librarians_is_told(tmp_path: Path) -> None:
    """A librarian's row that takes another row's alias is the one at fault, also where it replaces a shipped row."""
    error = fault(overlay(tmp_path, "place-af,place,Afghanistan,Filipino,,,,,\n"))
    assert error.where == f"{tmp_path / 'entities.csv'}:2"


def test_a_missing_column_is_told(tmp_path: Path) -> None:
    """A table without one of its columns is refused, with the list of columns."""
    error = fault(overlay(tmp_path, "name,aliases,country\nHarbour Post,,\n", "outlets.csv"))
    assert error.where == f"{tmp_path / 'outlets.csv'}:1"
    assert error.message == "the column 'note' is missing"
    assert "name, aliases, country, note" in error.hint


def test_an_empty_file_lacks_its_columns(tmp_path: Path) -> None:
    """A file of no bytes is not taken for a table without rows."""
    assert "the column 'name' is missing" in fault(overlay(tmp_path, "", "outlets.csv")).message


def test_bytes_that_are_not_utf_8_are_told_with_their_line(tmp_path: Path) -> None:
    """A file in another encoding is refused, and the line of its first bad byte is named."""
    (tmp_path / "entities.csv").write_bytes(HEADER.encode() + "place-xv,place,Vâldria,,,,,,\n".encode("latin-1"))
    error = fault(tmp_path)
    assert (error.where, error.message) == (f"{tmp_path / 'entities.csv'}:2", "the text is not UTF-8")


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    """A folder in the place of a table is an error about that path, not a traceback."""
    (tmp_path / "entities.csv").mkdir()
    assert fault(tmp_path).where == str(tmp_path / "entities.csv")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("outlets.csv", "name,aliases,country,note\nHarbour Post,afp,,\n", "'afp' names Harbour Post and Agence"),
        ("outlets.csv", "name,aliases,country,note\nHarbour Post,,place-zz,\n", "unknown country 'place-zz'"),
        ("outlets.csv", "name,aliases,country,note\nHP,,,\nHP,,,\n", "'HP' stands already at"),
        (
            "speakers.csv",
            "publisher,name,aliases,titles,from,to,note\nxv-mfa,A Vale,V,,,,\nxv-mfa,B Vale,V,,,,\n",
            "'V' names B Vale and A Vale alike",
        ),
        ("speakers.csv", "publisher,name,aliases,titles,from,to,note\nxv-mfa,A Vale,,,May,,\n", "'May' is no year"),
        ("speakers.csv", "publisher,name,aliases,titles,from,to,note\n,A Vale,,,,,\n", "A Vale has an empty name"),
    ],
)
def test_outlets_and_speakers_are_checked_too(tmp_path: Path, name: str, text: str, message: str) -> None:
    """A label that two rows claim, an unknown country, a doubled row or a date that is none stops the loading."""
    assert message in fault(overlay(tmp_path, text, name)).message


def test_a_scoped_alias_may_be_another_rows_elsewhere(tmp_path: Path) -> None:
    """One name may stand at two rows if no publisher would see both, or if one of them has no scope."""
    rows = "org-xv,organisation,Sea Office,,,,xv-mfa,,\norg-xw,organisation,Sea Office Two,Sea Office,,,xw-mfa,,\n"
    assert load_authority(overlay(tmp_path, rows + "org-xx,organisation,Sea Office Three,Sea Office,,,,,\n"))
    clash = "org-xy,organisation,Sea Office Four,Sea Office,,,xw-mfa xy-mfa,,\n"
    assert "'Sea Office' names org-xy and org-xw alike" in fault(overlay(tmp_path, rows + clash)).message


def test_straight_form_keeps_every_offset() -> None:
    """Curly quotes, dashes and special spaces become plain ones, one character for one."""
    assert straight("China’s “Belt—Road”\u00a01\u20132") == 'China\'s "Belt-Road" 1-2'
