"""The kernel and the query side: record, schema, query language, engines, facets, snippets."""
