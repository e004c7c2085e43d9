"""How a practice's certificates look: one color and one logo."""

import io
import re
from dataclasses import dataclass
from xml.parsers.expat import ExpatError, ParserCreate

from PIL import Image

DEFAULT_ACCENT = "#0f5b66"
LOGO_TYPES = ("image/svg+xml", "image/png", "image/jpeg")
LARGEST_LOGO = 1_000_000  # bytes
_CONTRAST_ON_WHITE = 4.5  # WCAG 2.2, 1.4.3


@dataclass(frozen=True, kw_only=True)
class Brand:
    """A practice's color and logo, checked on the way in.

    ``accent`` is ``#rgb`` or ``#rrggbb`` and is stored darkened as far as white paper
    needs it. ValueError with a sentence if the color or the logo cannot be used.
    """

    accent: str = DEFAULT_ACCENT
    logo: bytes | None = None
    logo_type: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "accent", safe_accent(self.accent))
        if self.logo is not None:
            check_logo(self.logo, self.logo_type)


def safe_accent(accent: str) -> str:
    """Return ``accent`` as ``#rrggbb`` with a contrast of 4.5:1 or more on white.

    A color that is too light is dimmed in linear light, which keeps its hue and
    saturation. ValueError if it is not a hex color.
    """
    match = re.fullmatch(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", accent.strip())
    if not match:
        raise ValueError("Enter the color as # and six digits, such as #0f5b66.")
    digits = match[1].lower()
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = [int(digits[place : place + 2], 16) for place in (0, 2, 4)]
    brightest = 1.05 / _CONTRAST_ON_WHITE - 0.05
    if (found := luminance(channels)) > brightest:
        # Rounded down, so that the result is never lighter than allowed.
        channels = [int(255 * _to_srgb(_to_linear(channel) * brightest / found)) for channel in channels]
    return "#{:02x}{:02x}{:02x}".format(*channels)


def luminance(channels: list[int]) -> float:
    """Relative luminance (0 to 1) of an sRGB color in 0 to 255, as WCAG defines it."""
    red, green, blue = (_to_linear(channel) for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def check_logo(logo: bytes, logo_type: str) -> None:
    """Raise ValueError with a sentence unless the renderer can draw ``logo``.

    This is no clearance of hostile images: what an image refers to is refused by the
    renderer's fetcher, whatever this finds.
    """
    if logo_type not in LOGO_TYPES:
        raise ValueError("Choose a logo in SVG, PNG or JPEG format.")
    if len(logo) > LARGEST_LOGO:
        raise ValueError("Choose a logo of 1 MB or less.")
    try:
        if logo_type == "image/svg+xml":
            _check_svg(logo)
        else:
            with Image.open(io.BytesIO(logo), formats=["PNG", "JPEG"]) as image:
                image.load()
                if image.mode == "CMYK":
                    raise ValueError("Save the logo in RGB colors: these are for printing presses.")
    except (ExpatError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError("The logo cannot be read. Save it again as SVG, PNG or JPEG.") from error


def _check_svg(logo: bytes) -> None:
    elements: list[str] = []

    def refuse_entity(*_declaration: object) -> None:
        raise ValueError("Save the logo as plain SVG, without entities of its own.")

    parser = ParserCreate(namespace_separator=" ")
    parser.EntityDeclHandler = refuse_entity
    parser.StartElementHandler = lambda name, _attributes: elements.append(name)
    parser.Parse(logo, True)
    if elements[0] != "http://www.w3.org/2000/svg svg":
        raise ValueError("Choose an SVG file whose outermost element is svg.")


def _to_linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _to_srgb(linear: float) -> float:
    return linear * 12.92 if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
