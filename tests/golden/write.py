"""`python -m tests.golden.write`: the golden files anew. It ends with status 1 if one has changed: review the diff."""

import sys

from index.authority.tables import load_authority
from tests.conftest import find_corpus
from tests.golden.records import DRAWN, FOLDERS, GOLDEN, transcripts, write_record


def main() -> int:
    """Draw and write every record; say what has changed."""
    corpus, remark = find_corpus()
    if corpus is None:
        sys.stderr.write(f"{remark}\n")
        return 2
    authority = load_authority()
    changed = []
    for name in FOLDERS:
        drawn = list(transcripts(corpus, name).values())[:DRAWN]
        text = "".join(write_record(path, authority) for path in drawn)
        path = GOLDEN / f"{name}.tsv"
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            changed.append(path.name)
    if changed:
        sys.stderr.write(f"review the diff, each record against its page: {', '.join(changed)}\n")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
