"""An accent for light and for dark made of one colour, readable as text and under text in both (WCAG 2.2, 1.4.3).

The one decision: a partner's colour stays what it is where it can be read; else it is mixed with black or white, as
little as will do.
"""

Colour = tuple[float, float, float]

ENOUGH = 4.5
"""The contrast that text must have (level AA)."""
STEPS = 40
WHITE: Colour = (1.0, 1.0, 1.0)
BLACK: Colour = (0.0, 0.0, 0.0)
LIGHT_PAPER, DARK_PAPER = "#ffffff", "#1b1e22"
INKS = ("#ffffff", "#10222a")
"""What may be written on an accent."""


def accent_pair(accent: str) -> tuple[str, str]:
    """The values of `--lectern-accent` and `--lectern-accent-ink` for a colour as `#rrggbb`."""
    light, dark = _readable(accent, LIGHT_PAPER, BLACK), _readable(accent, DARK_PAPER, WHITE)
    return f"light-dark({light}, {dark})", f"light-dark({_ink(light)}, {_ink(dark)})"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2, relative luminance)."""
    low, high = sorted((_luminance(_read(one)), _luminance(_read(other))))
    return (high + 0.05) / (low + 0.05)


def _readable(accent: str, paper: str, towards: Colour) -> str:
    """The colour nearest to `accent`, on its way to black or white, that is read on `paper` and can be written on."""
    start = _read(accent)
    mixed = (_mix(start, towards, step / STEPS) for step in range(STEPS + 1))
    return next(one for one in mixed if contrast(one, paper) >= ENOUGH and contrast(one, _ink(one)) >= ENOUGH)


def _ink(accent: str) -> str:
    return max(INKS, key=lambda ink: contrast(ink, accent))


def _mix(start: Colour, towards: Colour, part: float) -> str:
    return "#" + "".join(f"{round((a + (b - a) * part) * 255):02x}" for a, b in zip(start, towards, strict=True))


def _read(colour: str) -> Colour:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: Colour) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
