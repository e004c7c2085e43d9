"""A QR code as one SVG path."""

import segno

QUIET_ZONE = 2  # modules; white paper around the code gives the rest


def qr_path(text: str) -> tuple[str, int]:
    """Return the ``d`` of an SVG path and the side of its square view box, in modules.

    Runs of dark modules in a row become one rectangle each. Error correction level M.
    """
    matrix = segno.make(text, error="m", micro=False, boost_error=False).matrix
    parts = []
    for y, row in enumerate(matrix):
        start = None
        for x, dark in enumerate((*row, 0)):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                parts.append(f"M{start + QUIET_ZONE} {y + QUIET_ZONE}h{x - start}v1h{start - x}z")
                start = None
    return "".join(parts), len(matrix) + 2 * QUIET_ZONE
