"""The table as a picture: four small heat maps (day, evening, night, weekend), level × age.

SVG from matplotlib, with text as text in the reader's own font, colours that follow a light or
dark page, and a title and description for screen readers. One hue from light to dark for how many
days it is open, another hue and a sign for no door, so that no colour has to be told apart.
"""

from __future__ import annotations

import io
from html import escape
from threading import Lock

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from bot.turn import Language
from service_catalog.coverage.gaps import gaps
from service_catalog.coverage.table import BANDS, LEVELS, POSSIBLE, SLOTS, Cell, Slot, State, Table
from service_catalog.coverage.words import word

INCHES = (6.6, 6.6)
SETTINGS = {
    "svg.fonttype": "none",  # text stays text: no font is drawn or fetched
    "svg.hashsalt": "ungveiviser",  # the same table gives the same file
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],  # comes with matplotlib; only for measuring
    "hatch.linewidth": 0.6,
}
_ONE_AT_A_TIME = Lock()  # matplotlib's settings hold for the whole process
NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))
# The colour of text beside the squares: drawn as this, then replaced by a variable of the style.
INK = "#010203"
STYLE = """<style>
svg { --ink: #1c2521; }
@media (prefers-color-scheme: dark) { svg { --ink: #e8eeeb; } }
</style>"""
OPEN = ("#c6dbef", "#9ecae1", "#4292c6", "#08519c")  # few days … every day
FILL: dict[State, str] = {"unknown": "#d9d9d9", "closed": "#ffffff", "none": "#f4a259"}
SIGN: dict[State, str] = {"unknown": "?", "closed": "–", "none": "×"}
DARK, LIGHT = "#14202b", "#ffffff"


def draw(table: Table, language: Language = "nb") -> str:
    """Return the picture of a table as SVG. Slow (a fifth of a second): not in an event loop."""
    with _ONE_AT_A_TIME, rc_context(SETTINGS):
        figure = Figure(figsize=INCHES)
        canvas = FigureCanvasSVG(figure)
        figure.patch.set_alpha(0)
        for number, slot in enumerate(SLOTS, 1):
            _panel(figure.add_subplot(2, 2, number), table, slot, language)
        figure.subplots_adjust(0.14, 0.06, 0.99, 0.95, wspace=0.32, hspace=0.3)
        written = io.StringIO()
        canvas.print_figure(written, format="svg", metadata=NO_METADATA)
    return _readable(written.getvalue(), table, language)


def _panel(axes: Axes, table: Table, slot: Slot, language: Language) -> None:
    for row, level in enumerate(LEVELS):
        for column, band in enumerate(BANDS):
            _square(axes, table.cell(level, band), slot, column, row)
    axes.set_xlim(-0.5, len(BANDS) - 0.5)
    axes.set_ylim(len(LEVELS) - 0.5, -0.5)
    bands = [band.replace("-", "–") for band in BANDS]
    levels = [word(f"level.{level}", language) for level in LEVELS]
    axes.set_xticks(range(len(BANDS)), bands, color=INK, fontsize=9)
    axes.set_yticks(range(len(LEVELS)), levels, color=INK, fontsize=9)
    axes.tick_params(length=0)
    title = f"{word(f'slot.{slot}', language)}: {word(f'when.{slot}', language)}"
    axes.set_title(title, color=INK, fontsize=9, loc="left")
    axes.set_facecolor("none")
    for spine in axes.spines.values():
        spine.set_visible(False)


def _square(axes: Axes, cell: Cell, slot: Slot, column: int, row: int) -> None:
    state, days = cell.states[slot], cell.days[slot]
    fill = _shade(days, POSSIBLE[slot]) if state == "open" else FILL[state]
    axes.add_patch(
        Rectangle(
            (column - 0.48, row - 0.48),
            0.96,
            0.96,
            facecolor=fill,
            edgecolor="#7a8590",
            linewidth=0.6,
            hatch="////" if state == "unknown" else None,
        )
    )
    sign = f"{days}/{POSSIBLE[slot]}" if state == "open" else SIGN[state]
    axes.text(
        column,
        row,
        sign + ("*" if cell.uneven else ""),
        ha="center",
        va="center",
        fontsize=10,
        color=LIGHT if fill == OPEN[-1] else DARK,
        parse_math=False,
    )


def _shade(days: int, possible: int) -> str:
    """Return the darker of the blues for the more days; the darkest is for every day."""
    return OPEN[days * (len(OPEN) - 1) // possible]


def _readable(svg: str, table: Table, language: Language) -> str:
    """Give the picture a name and a description, and the colours of the page."""
    start = svg.index("<svg")
    end = svg.index(">", start)
    name = escape(word("picture.title", language, place=table.catalog.name))
    told = " ".join(gap.say(language) for gap in gaps(table)) or word("page.no_gaps", language)
    about = escape(f"{told} {word('picture.see_table', language)}")
    head = (
        f'{svg[start:end]} role="img" aria-labelledby="picture-title picture-about">'
        f'\n<title id="picture-title">{name}</title>\n<desc id="picture-about">{about}</desc>'
        f"\n{STYLE}"
    )
    drawn = head + svg[end + 1 :]
    return drawn.replace(INK, "var(--ink, #1c2521)").replace("'DejaVu Sans'", "system-ui")
