"""`/opensearch.xml`: what tells a browser that this site can be searched from its address bar (OpenSearch 1.1).

The one decision: its addresses are whole, as browsers ask; where LECTERN_BASE_URL is not set they are those that the
browser itself came by.
"""

from flask import Blueprint, Response, render_template

from webui.origin import for_outside, site_address

plugin = Blueprint("plugin", __name__)


@plugin.get("/opensearch.xml")
def description() -> Response:
    """The description of the search, with its suggestions and its feed."""
    response = Response(render_template("opensearch.xml", site=site_address()))
    response.headers["Content-Type"] = "application/opensearchdescription+xml; charset=utf-8"
    return for_outside(response)
