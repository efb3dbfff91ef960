"""The embedded engine: Whoosh keeps the index, our own evaluator answers from it.

Here, and only here, `whoosh` and `numpy` are imported. `schema` says what Whoosh stores, `storage` where generations
lie on disk and how they are made durable, `segment` and `snapshot` turn what Whoosh stored into arrays, `vocabulary`
looks up terms, `evaluator` answers a query tree over these, `engine` is the seam's implementation.
"""
