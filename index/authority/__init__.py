"""The authority: who and what Lectern knows by name, as CSV tables that librarians edit, and their loader.

`places.csv` and `entities.csv` name what texts mention, `outlets.csv` who asks, `speakers.csv` who answers. See
`README.md` for the columns. Finding the names in texts belongs to `index.entities`. The one decision: names are data,
not code, and what is wrong in them stops the loading with a file and a line.
"""
