"""The partner widget: its parts, the one file that they make, every released version of it, and the pages around it.

`parts/` is the source, `released/` what is served. The one decision: the file is assembled by a few lines of Python
(`make widget`) and kept, so that neither a checkout nor a user needs a bundler, and a released version never changes.
"""
