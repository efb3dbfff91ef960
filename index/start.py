"""What `lectern` is: the command line, read in.

The one decision: garbage is not looked for while modules are read in, nor later among what they made, which stays to
the end; a short command takes a fifth less processor time for it.
"""

import gc


def main() -> None:
    """Run the command line."""
    gc.disable()
    from index.cli import main as lectern  # noqa: PLC0415 (this is when it is read in)

    gc.freeze()
    gc.enable()
    lectern()
