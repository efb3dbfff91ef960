"""The command `lectern` as it starts."""

import subprocess
import sys


def test_what_is_read_in_is_not_looked_through_for_garbage() -> None:
    """Nor is anything while it is read in; afterwards garbage is looked for as ever."""
    program = (
        "import gc, sys\n"
        "from index.start import main\n"
        "sys.argv = ['lectern', '--version']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(gc.get_freeze_count() > 10_000, gc.isenabled())\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "True True"
