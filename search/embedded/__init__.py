"""The embedded engine: segments of mapped arrays, listed by Whoosh, and our own evaluator over them.

Here, and only here, `whoosh` and `numpy` are imported. `engine` is the seam's implementation. For
writing there are `schema` and `stored` (what is kept), `builder` and `merge` (a segment), `policy`, `writer` and
`storage` (a commit), `building` (a rebuild); for reading `arrays`, `dictionary` and `segment` (a file), `snapshot` (a
commit), `leaves`, `postings`, `vocabulary`, `evaluator`, `facets`, `ordering`, `lights` and `cache` (a search),
`records` (what is fetched whole), `codec` (for Whoosh's own search). How they fit together is in docs/engine.md.
"""
