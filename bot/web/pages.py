"""What young people see, as routes: `/`, `/embed`, `/personvern`, `/widget.js`, `/static`.

The pages hold no inline script or style. Sentences and settings go along as a
JSON block that the scripts read.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot import settings
from bot.texts import all_texts, say
from bot.turn import Language
from bot.web import privacy
from bot.web.contacts import card, contacts

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
LANGUAGES: tuple[Language, ...] = ("nb", "nn")
# Texts of the gateway that the page shows too, so that both always say the same.
SHARED = ("gateway.greeting", "gateway.delete.plain", "gateway.delete.case")
MAX_CHARACTERS = 2000
_MUNICIPALITY = re.compile(r"[0-9]{4}")


def routes() -> list[BaseRoute]:
    """Return the routes of the page, the frame, the widget and their files."""
    return [
        Route("/", index, methods=["GET"]),
        Route("/embed", embed, methods=["GET"]),
        Route("/personvern", privacy_page, methods=["GET"]),
        Route("/widget.js", widget, methods=["GET"]),
        Mount("/static", Static(directory=STATIC)),
    ]


async def index(request: Request) -> Response:
    """Our own page."""
    return HTMLResponse(render("index.html", "page", request))


async def embed(request: Request) -> Response:
    """What the widget's frame shows. Query: `municipality` (four digits), `language` (nb, nn)."""
    return HTMLResponse(render("embed.html", "embed", request))


async def privacy_page(request: Request) -> Response:
    """What is kept and for how long. Query: `municipality`, `language`."""
    language, municipality = chosen(request)
    url = leave_url(settings.section("page"))
    words = privacy.words(language, municipality, url)
    return HTMLResponse(templates().get_template("privacy.html").render(**words))


async def widget(request: Request) -> Response:
    """The one script that a host page includes; kept by browsers so that its card outlives us."""
    headers = {"Cache-Control": "public, max-age=3600, stale-if-error=604800"}
    return FileResponse(STATIC / "widget.js", media_type="text/javascript", headers=headers)


class Static(StaticFiles):
    """Files that a browser asks about anew every time, so that all of one page fit together."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


def render(template: str, mode: str, request: Request) -> str:
    """Return a page. What a query says wrongly is passed over."""
    language, municipality = chosen(request)
    config = page_config()
    config |= {
        "mode": mode,
        "language": language,
        "chosen": request.query_params.get("language") in LANGUAGES,
        "municipality": municipality,
    }
    return templates().get_template(template).render(**page_words(language), config=config)


def chosen(request: Request) -> tuple[Language, Optional[str]]:
    """Return the written form and the municipality that a query asks for."""
    municipality = request.query_params.get("municipality", "")
    language: Language = "nn" if request.query_params.get("language") == "nn" else "nb"
    return language, municipality if _MUNICIPALITY.fullmatch(municipality) else None


def page_config() -> dict[str, Any]:
    """Return what the scripts need besides the conversation: sentences, contacts, settings."""
    page = settings.section("page")
    return {
        "texts": {language: page_texts(language) for language in LANGUAGES},
        "phones": list(contacts().phones),
        "sites": list(contacts().sites),
        "leaveUrl": leave_url(page),
        "resumeMinutes": page.get("resume_minutes", 15),
        "maxCharacters": MAX_CHARACTERS,
        "demo": bool(settings.section("bot").get("demo", True)),
    }


def page_texts(language: Language) -> dict[str, str]:
    """Return every sentence of the page by its key without "page."; placeholders unfilled."""
    texts = {
        key.removeprefix("page."): entry[language]
        for key, entry in all_texts().items()
        if key.startswith("page.")
    }
    texts |= {f"card.{row.digits}.note": row.note for row in card(language)}
    return texts | {key.removeprefix("gateway."): say(key, language) for key in SHARED}


def leave_url(page: dict[str, Any]) -> str:
    """Return where "Forlat siden" goes. Raises BadSetting for anything but https."""
    url = str(page.get("leave_url", ""))
    if not re.fullmatch(r"https://[^\s\"'<>]+", url):
        raise settings.BadSetting(
            f"settings/page.yml: leave_url is {url!r}: write an address that begins with https://"
        )
    return url


def page_words(language: Language) -> dict[str, Any]:
    """Return what every template needs: `language`, its texts `t`, the rows of the `card`."""
    return {"language": language, "t": page_texts(language), "card": card(language)}


@lru_cache(maxsize=1)
def templates() -> Environment:
    """Return the templates of the pages."""
    return Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
