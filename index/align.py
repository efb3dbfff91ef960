"""Which items of a later text are the items of an earlier one, so that they keep their numbers.

Pure functions over items. The one decision: the same text comes first, then the most similar; an item's place only
breaks ties, because corrections insert and remove items far more often than they swap them.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.identity import likeness
from search.model import PARAGRAPH, Briefing, Item
from search.text import iter_tokens

SIMILAR_FROM = 0.6
"""Share of common words from which a changed item is the same item. Of unrelated real ones, 1 pair in 60,000 has it."""


def wording(item: Item) -> str:
    """All that was said in an item, in order."""
    return PARAGRAPH.join(turn.text for turn in item.turns)


def align(earlier: Sequence[Item], later: Sequence[Item]) -> dict[int, int]:
    """For each item of `later` that `earlier` had too: its `n` there, by its `n` here."""
    matched = _align_exact(earlier, later)
    kept = set(matched.values())
    rest = [(place, item) for place, item in enumerate(later) if item.n not in matched]
    gone = [(place, item) for place, item in enumerate(earlier) if item.n not in kept]
    if not gone:
        return matched
    before = {item.n: _words(item) for _, item in gone}
    pairs: list[tuple[float, int, int, int, int]] = []
    for place, item in rest:
        words = _words(item)
        for old_place, old in gone:
            share = likeness(words, before[old.n])
            if share >= SIMILAR_FROM:
                pairs.append((-share, abs(place - old_place), place, item.n, old.n))
    for _, _, _, n, old_n in sorted(pairs):
        if n not in matched and old_n not in kept:
            matched[n] = old_n
            kept.add(old_n)
    return matched


def _words(item: Item) -> Counter[str]:
    return Counter(token.terms[0] for token in iter_tokens(wording(item)))


def _align_exact(earlier: Sequence[Item], later: Sequence[Item]) -> dict[int, int]:
    """Items of the very same text, the first with the first; white space does not count."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for item in reversed(earlier):
        waiting["".join(wording(item).split())].append(item.n)
    matched: dict[int, int] = {}
    for item in later:
        if numbers := waiting.get("".join(wording(item).split())):
            matched[item.n] = numbers.pop()
    return matched


def assign_numbers(
    later: Sequence[Item], earlier: Sequence[Item], removed: Sequence[Item] = (), highest: int = 0
) -> dict[int, int]:
    """The permanent number of each item of `later`, by the number its parser gave it.

    Args:
        later: the items to be numbered.
        earlier: the items that stand now, with their permanent numbers.
        removed: items removed before; one that comes back word for word takes its number again.
        highest: the highest number ever given in this briefing.
    """
    numbers = align(earlier, later)
    numbers |= _align_exact(removed, [item for item in later if item.n not in numbers])
    for item in later:
        if item.n not in numbers:
            highest += 1
            numbers[item.n] = highest
    return numbers


def renumber(briefing: Briefing, numbers: Mapping[int, int]) -> Briefing:
    """`briefing` with its items under their permanent numbers, references and problems along with them."""
    items = tuple(
        replace(
            item,
            n=numbers[item.n],
            follow_up_to=None if item.follow_up_to is None else numbers[item.follow_up_to],
        )
        for item in briefing.items
    )
    problems = tuple(
        replace(p, item=None if p.item is None else numbers.get(p.item, p.item)) for p in briefing.problems
    )
    return replace(briefing, items=items, problems=problems)


LOSS = 0.2
"""Share of its items or letters that a correction does not lose by honest means: a truncated page does."""


def list_losses(earlier: Briefing, later: Briefing) -> tuple[str, ...]:
    """What makes a correction suspicious, with its figures; nothing if it is not.

    An item is lost if no item of the later text is like it, so that another text of the same length is noticed too.
    """
    found = [
        f"the {name} changes from {before} to {after}"
        for name, before, after in (
            ("publisher", earlier.publisher, later.publisher),
            ("language", earlier.language, later.language),
            ("date", earlier.date, later.date),
        )
        if before != after
    ]
    lost, items = len(earlier.items) - len(align(earlier.items, later.items)), len(earlier.items)
    if lost >= LOSS * items:
        found.append(f"{lost} of {items} items are gone")
    before, after = _count_letters(earlier), _count_letters(later)
    if before - after >= LOSS * before:
        found.append(f"{before} letters have become {after}")
    return tuple(found)


def _count_letters(briefing: Briefing) -> int:
    return sum(c.isalpha() for item in briefing.items for c in wording(item))
