"""The pages: from an address to the dataclass that its template shows. Nothing is worked out here."""

from flask import Blueprint, Response, current_app, jsonify, render_template, request

from search.addresses import asks_for_results, request_from
from search.page import SearchRequest
from search.searcher import Searcher
from search.similar import find_similar
from webui import browse
from webui.beside import Text, beside_page
from webui.entity import entity_page, split_page
from webui.figure import figure_of
from webui.guide import help_page
from webui.heads import Lighter, plain
from webui.health import health_to_json
from webui.kept import keep
from webui.likeness import TOLD
from webui.people import ways_to_people
from webui.results import results_page
from webui.revisions import revisions_page
from webui.shelf import Shelf, current_shelf
from webui.texts import BESIDE, PART, REVISION, choose_edition, choose_text
from webui.transcript import item_page, transcript_page

pages = Blueprint("pages", __name__)


@pages.get("/")
def home() -> str:
    """Home when the address asks for nothing, else results."""
    if asks_for_results(request.args):
        return results()
    return browse.home()


def results() -> str:
    """The results of a search."""
    shelf, asked = current_shelf(), request_from(request.args)

    def make() -> str:
        page, labels = shelf.searcher.search(asked), shelf.engine.labels()
        figure = figure_of(shelf.searcher, page, labels)
        return render_template("results.html", page=results_page(page, labels, figure, ways_to_people()))

    return keep(asked, make)


@pages.get("/briefings/<publisher>/<language>/<day>")
def briefing(publisher: str, language: str, day: str) -> str:
    """A whole transcript, as it reads now or as an earlier text has it."""
    shelf, asked = current_shelf(), request_from(request.args)
    record = shelf.record(f"{publisher}/{language}/{day}")
    texts = shelf.engine.revisions(record.briefing.id)
    shown = choose_text(texts, request.args.get(REVISION, "").strip())
    light, labels = _lighter(shelf.searcher, asked, record.briefing.language), shelf.engine.labels()
    if typed := request.args.get(BESIDE, "").strip():
        other = _text(shelf, asked, choose_edition(record.briefing.id, record.editions, typed))
        beside = beside_page(Text(record, texts, light), other, request=asked, labels=labels, ways=ways_to_people())
        return render_template("beside.html", page=beside)
    near = shelf.engine.neighbours(record.briefing.id)
    page = transcript_page(
        record,
        texts,
        shown,
        request=asked,
        light=light,
        labels=labels,
        neighbours=near,
        base=shelf.base,
        ways=ways_to_people(),
        part=request.args.get(PART, "").strip(),
    )
    return render_template("briefing.html", page=page)


def _text(shelf: Shelf, asked: SearchRequest, id: str) -> Text:
    record = shelf.record(id)
    light = _lighter(shelf.searcher, asked, record.briefing.language)
    return Text(record, shelf.engine.revisions(id), light)


@pages.get("/briefings/<publisher>/<language>/<day>/revisions")
def revisions(publisher: str, language: str, day: str) -> str:
    """Every text that a briefing has had."""
    shelf = current_shelf()
    record = shelf.record(f"{publisher}/{language}/{day}")
    texts = shelf.engine.revisions(record.briefing.id)
    return render_template("revisions.html", page=revisions_page(texts, record.editions, shelf.engine.labels()))


@pages.get("/briefings/<publisher>/<language>/<day>/<int:n>")
def item(publisher: str, language: str, day: str, n: int) -> str:
    """One answer on its own."""
    shelf, asked = current_shelf(), request_from(request.args)
    record = shelf.item(f"{publisher}/{language}/{day}", n)
    light, labels = _lighter(shelf.searcher, asked, record.briefing.language), shelf.engine.labels()
    similar = find_similar(shelf.engine, record.documents[0], TOLD)
    page = item_page(record, similar, request=asked, light=light, labels=labels, base=shelf.base, ways=ways_to_people())
    return render_template("item.html", page=page)


@pages.get("/entities/<id>")
def entity(id: str) -> str:
    """What the collection says of one entity."""
    shelf = current_shelf()
    known, labels = shelf.entity(id), shelf.engine.labels()
    if isinstance(known, tuple):
        return render_template("split.html", page=split_page(id, known, labels))
    return render_template("entity.html", page=entity_page(known, labels, ways_to_people()))


def _lighter(searcher: Searcher, asked: SearchRequest, language: str) -> Lighter:
    return searcher.lighter(asked, language) if asked.text else plain


@pages.get("/help")
def guide() -> str:
    """How to search."""
    return render_template("help.html", page=help_page())


@pages.get("/favicon.ico")
def favicon() -> Response:
    """The icon, for browsers that ask at the old place."""
    return current_app.send_static_file("favicon.svg")


@pages.get("/healthz")
def health() -> Response:
    """The state of the index; the failure page answers 503 where it cannot be read."""
    return jsonify(health_to_json(current_shelf().engine))
