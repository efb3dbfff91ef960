"""Transcripts from the web: lists are read, and what is new on them is asked for, politely.

Here belongs all that speaks to other machines; what becomes of a page is decided where files go too (`index.ingest`).
The one decision: nothing that comes from outside is trusted. Every address is on a publisher's allow-list, every hop of
a redirect too; every answer is bounded in size and time; and what is fetched goes the way of every file, so that an
error page is held or refused as it would be if a librarian had saved it.
"""
