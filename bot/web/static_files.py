"""Writes the files that must work with us down: `python -m bot.web.static_files`.

The emergency card lies in `static/emergency.html` and inside `static/widget.js`,
because neither may need a server. A test holds both to the texts and contacts.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any

from bot import settings
from bot.turn import Language
from bot.web.pages import LANGUAGES, STATIC, leave_url, page_words, templates

EMERGENCY = STATIC / "emergency.html"
WIDGET = STATIC / "widget.js"
WIDGET_TEXTS = ("open", "hide", "loading", "down", "retry")
_BLOCK = re.compile(r"/\* words \*/ .*? /\* end of words \*/", re.DOTALL)


def emergency_page() -> str:
    """Return the card in both written forms, as a page that needs nothing else."""
    cards = [page_words(language) for language in LANGUAGES]
    return templates().get_template("emergency.html").render(cards=cards)


def widget_script() -> str:
    """Return the widget with its words as they are now."""
    words = {language: widget_words(language) for language in LANGUAGES}
    written = json.dumps(words, ensure_ascii=False, indent=2).replace("\n", "\n  ")
    block = f"/* words */ {written} /* end of words */"
    return _BLOCK.sub(lambda _: block, WIDGET.read_text("utf-8"), count=1)


def widget_words(language: Language) -> dict[str, Any]:
    """Return what the widget says: its buttons, and the card."""
    words = page_words(language)
    texts = words["t"]
    said: dict[str, Any] = {name: texts[f"widget.{name}"] for name in WIDGET_TEXTS}
    said["intro"] = texts["card.intro"]
    said["whisper"] = texts["card.whisper"]
    said["leaveUrl"] = leave_url(settings.section("page"))
    said["numbers"] = [
        {"number": row.number, "name": row.name, "note": row.note} for row in words["card"]
    ]
    return said


def main() -> int:
    """Write both files anew."""
    EMERGENCY.write_text(emergency_page(), "utf-8")
    WIDGET.write_text(widget_script(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
