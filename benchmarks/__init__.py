"""What is measured, each a module to be run: `speed` beside other engines, `scale` as it grows, `parse` of transcripts.

Here belongs what only measures; nothing that ships imports it. The one decision: a number is a ratio taken in one run,
and a run is kept with its day and machine.
"""
