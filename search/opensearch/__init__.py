"""The engine over an OpenSearch cluster: for collections that have outgrown one machine.

The same seam as the embedded engine, and the same tokens: OpenSearch stores, counts and sorts, and never analyses a
word. The one decision: every document says in which commit it came and in which it went, and one small record says
which commit holds; so that readers on many machines see all of a change or nothing, whatever shards and copies do.
"""
