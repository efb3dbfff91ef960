"""Exports: what a search finds, whole, in the formats of other programs; a file here is a format.

Each format is a function from the entries of a scan to pieces of text, made one by one, so that a result of any size is
written as it is read. Nothing here is folded, shortened or left out. The one decision: front ends know formats by their
row in `search.exports.formats` alone.
"""
