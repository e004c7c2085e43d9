"""The certificate's ornament: twenty-four arcs, one for each month of the program."""

import functools

SIDE = 110  # mm, and units of the view box
MONTHS = 24
# Control points at this share of the radius make a cubic curve a quarter circle.
_QUARTER = 0.5523


@functools.cache
def _paths() -> tuple[str, str]:
    fine: list[str] = []
    bold: list[str] = []
    for month in range(1, MONTHS + 1):
        radius = 13 + 4 * month
        inner = radius * _QUARTER
        # Curves, not arc commands: the renderer draws them three times as fast.
        path = f"M{SIDE - radius} 0C{SIDE - radius} {inner:.2f} {SIDE - inner:.2f} {radius} {SIDE} {radius}"
        # The ends of the two years stand out.
        (bold if month % 12 == 0 else fine).append(path)
    return "".join(fine), "".join(bold)


def arcs_svg(accent: str) -> str:
    """The ornament as an SVG document in ``accent``, a hex color."""
    fine, bold = _paths()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" '
        f'width="{SIDE}mm" height="{SIDE}mm"><g fill="none" stroke="{accent}">'
        f'<path d="{fine}" stroke-width="0.25"/><path d="{bold}" stroke-width="0.7"/></g></svg>'
    )
