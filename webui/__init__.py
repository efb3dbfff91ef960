"""The web side: pages and API over a searcher, importing `search` only; `webui.app.create_app` makes it."""
