"""The addresses of comparisons: page, picture and table."""

from flask import Blueprint, Response, render_template, request

from search.addresses import comparison_from
from webui.compare import Compared, compare, compare_page
from webui.compare_files import COLOURS, picture_of, table_of
from webui.shelf import current_shelf

comparing = Blueprint("comparing", __name__)


@comparing.get("/compare")
def page() -> str:
    """Up to four searches over time."""
    return render_template("compare.html", page=compare_page(_compared(), current_shelf().engine.labels()))


@comparing.get("/compare.svg")
def picture() -> Response:
    """The same as a picture by itself."""
    lines, title, names = picture_of(_compared())
    drawn = render_template("compare.svg", lines=lines, title=title, names=names, colours=COLOURS)
    return Response(drawn, mimetype="image/svg+xml")


@comparing.get("/compare.csv")
def table() -> Response:
    """The same as a table for spreadsheets, which tell UTF-8 by the mark at its beginning."""
    response = Response("\ufeff" + table_of(_compared()), mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=compare.csv"
    return response


def _compared() -> Compared:
    return compare(current_shelf().searcher, comparison_from(request.args))
