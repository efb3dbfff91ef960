"""The ingest side: read pages, parse them, find entities, keep the archive, feed the engine; the command line."""
