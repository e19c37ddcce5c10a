"""The engine's side of the gateway's contract, with answers that a page test can foresee.

`python -m tests.browser.engine --port 5005`. What is said chooses the answer; see `ANSWERS`.
"""

from __future__ import annotations

import argparse
import asyncio
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

REAL = {
    "id": "nasjonal-alarmtelefonen",
    "name": "Alarmtelefonen for barn og unge",
    "type": "telefon_tjeneste",
    "why": "Et menneske svarer, også om natta. Du kan være navnløs.",
    "hours": "Hele døgnet",
    "open_now": True,
    "phone": "116 111",
    "url": "https://www.116111.no/",
    "checked": "2026-11-01",
}
FICTIONAL = {
    "id": "eksempelvik-hfu",
    "name": "Helsestasjon for ungdom, Eksempelvik",
    "type": "helsestasjon_for_ungdom",
    "why": "Du kan gå innom uten time. Det er gratis, og de hører på deg.",
    "hours": "Onsdag 14–18",
    "open_now": False,
    "phone": "00 12 34 56",
    "url": "https://www.eksempelvik.example/hfu",
    "checked": "2026-05-01",
    "fictional": True,
}
# Marked as real by mistake; its number must not become a link all the same.
WRONGLY_REAL = {**FICTIONAL, "id": "feil", "name": "Feilmerket", "fictional": False}
YEAR_ONLY = {
    "id": "stange",
    "name": "Stangehjelpa",
    "type": "lavterskel_psykisk_helse",
    "why": "Du trenger ikke henvisning.",
    "checked": "2021",
}
NUMBERS = (
    "Ring 113, eller 116 117 (legevakt) og 22 59 13 00. Politiet: 02800. "
    "Ikke 1130, 00 12 34 56, +47113, 113 50 eller 11:13. "
    "Les på ung.no/oss og www.nettros.no. Ikke på eksempel.no, minung.no eller a@ung.no."
)

ANSWERS: dict[str, dict[str, Any]] = {
    "kort": {"messages": [{"text": "Dette finnes nær deg.", "services": [FICTIONAL, REAL]}]},
    "merket": {"messages": [{"text": "Her.", "services": [WRONGLY_REAL, YEAR_ONLY]}]},
    "numre": {"messages": [{"text": NUMBERS}]},
    "html": {"messages": [{"text": "<img src=x onerror=alert(1)> <b>hei</b>"}]},
    "menneske": {"messages": [], "wants_human": True},
    "topic=": {
        "messages": [
            {"text": "Det høres tungt ut. Bra at du skriver. Si det gjerne til én voksen."},
            {
                "text": "Hvor lenge har det vært sånn?",
                "choices": [
                    {"label": "Noen uker", "value": "duration=short"},
                    {"label": "Flere måneder", "value": "duration=long"},
                    {"label": "Vil ikke si", "value": "duration=skip"},
                ],
            },
        ],
        "expects": "duration",
    },
    "duration=": {"messages": [{"text": "Takk. Hvilken kommune er du i?"}], "expects": "place"},
    "kalender": {
        "messages": [{"id": "calendar-1", "text": "Her er timen som en fil."}],
        "facts": {
            "booking": {
                "booked": {
                    "id": "1",
                    "start": "2026-10-15T13:00:00+02:00",
                    "end": "2026-10-15T13:30:00+02:00",
                }
            }
        },
    },
    "utrygt": {
        "messages": [{"id": "calendar-2", "text": "Her er en knapp for mye."}],
        "facts": {"home_danger": True},
    },
    "tregt": {"messages": [{"text": "Beklager at det tok tid."}]},
}
OTHERWISE = {"messages": [{"text": "Jeg hører deg. Fortell gjerne litt mer."}], "expects": "what"}


async def turn(request: Request) -> Response:
    call = await request.json()
    said = str(call.get("choice") or call.get("text") or "").lower()
    if "tregt" in said:
        await asyncio.sleep(1.5)
    return JSONResponse(next((a for key, a in ANSWERS.items() if key in said), OTHERWISE))


async def forget(request: Request) -> Response:
    return Response(status_code=204)


async def health(request: Request) -> Response:
    return JSONResponse({"status": "ok"})


app = Starlette(
    routes=[
        Route("/webhooks/gateway/turn", turn, methods=["POST"]),
        Route("/webhooks/gateway/conversations/{id}", forget, methods=["DELETE"]),
        Route("/webhooks/gateway/health", health),
    ]
)

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    uvicorn.run(app, port=parser.parse_args().port, ws="none", log_level="warning")
