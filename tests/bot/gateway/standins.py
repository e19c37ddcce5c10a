"""Small stand-ins for the parts behind the gateway, so that each can be made to fail."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from bot.safety.verdict import Evidence, Verdict
from bot.turn import Choice, Message, Safety

ACUTE, SERIOUS, UNCERTAIN = "vil dø i kveld", "kutter meg", "orker ikke mer"


class Screen:
    """Sees three phrases. `broken` makes it raise."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.broken = False
        self.whole = True

    def look(self, text: str) -> Verdict:
        if self.broken:
            raise RuntimeError("model is gone")
        self.seen.append(text)
        low = text.lower()
        for words, flag, urgency in (
            (ACUTE, "suicide", "acute"),
            (SERIOUS, "self_harm", "serious"),
            (UNCERTAIN, "suicide", "uncertain"),
        ):
            if words in low:
                return Verdict(flag, urgency, "self", (Evidence("pattern", words, (words,)),))
        return Verdict()


@dataclass
class SafetyState:
    pending: dict[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        return {"pending": self.pending}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> SafetyState:
        return cls(**stored)


@dataclass
class Reply:
    safety: Safety
    messages: list[Message]
    expects: str | None = None
    case: str | None = None
    case_reason: dict[str, Any] = field(default_factory=dict)
    holds: bool = False


class Dialogue:
    """Answers the three kinds of verdict, and reads the answer to its own question."""

    SafetyState = SafetyState

    def __init__(self) -> None:
        self.broken = False

    def respond(self, state, verdict, text, *, language, duty, now, age, place, open_case):
        if self.broken:
            raise RuntimeError("no texts")
        response = verdict.response if verdict else None
        if response is None and state.pending and state.pending["kind"] == "human":
            wish = {"ja": "yes", "nei": "no"}.get(text.lower())
            return None, SafetyState(), {"human": wish} if wish else None
        if response is None and state.pending and "nei" not in text.lower():
            reply = self._reply(state.pending["flag"], "human", "Du svarte ikke nei.", duty, "ask")
            return reply, SafetyState(), {"safe": "unclear"}
        if response is None:
            outcome = {"safe": "yes"} if state.pending else None
            return None, SafetyState(), outcome
        if response == "emergency":
            text = f"Ring 113. duty={duty} place={place} age={age} {language}"
            return self._reply(verdict.flag, "emergency", text, duty, "open"), SafetyState(), None
        if response == "human":
            offer = SafetyState({"flag": verdict.flag, "kind": "human"}) if duty else state
            return self._reply(verdict.flag, "human", "Vi bryr oss.", duty, "ask"), offer, None
        reply = Reply(Safety(flag=verdict.flag, response="check"), [Message(text="Er du trygg?")])
        reply.expects = "safe"
        return reply, SafetyState({"flag": verdict.flag, "kind": "check"}), None

    def _reply(self, flag, response, text, duty, case):
        messages = [Message(text=text, choices=[Choice(label="Les mer", value="more=other")])]
        reason = {"flag": flag, "why": response}
        safety = Safety(flag=flag, response=response)
        return Reply(safety, messages, None, case if duty else None, reason)

    def expect_check(self, state, flag, about):
        return SafetyState({"flag": flag, "kind": "check"})

    def ease(self, state):
        return state

    def settle_human(self, state):
        return SafetyState()

    def in_danger(self, state):
        return state.pending is not None

    def settle_case(self, state):
        return SafetyState()


@dataclass
class Receiver:
    municipality: str = "9999"
    body: str = "Eksempelvik kommune"
    display_name: str = "helsesykepleieren i Eksempelvik kommune"

    def name(self, language: str) -> str:
        return self.display_name


class Duty:
    """On duty for the municipalities in `on`."""

    def __init__(self, *on: str) -> None:
        self.on = set(on)
        self.receiving_unit: str | None = "9999"

    def receiver(self, municipality: str | None, at: datetime) -> Receiver | None:
        asked = municipality or self.receiving_unit
        return Receiver(asked) if asked in self.on else None

    def elsewhere(self, municipality: str | None, at: datetime) -> Receiver | None:
        return None


class StoreUnavailable(Exception):
    pass


@dataclass
class Case:
    id: str
    conversation_id: str
    about: dict[str, Any]
    state: str = "waiting"
    language: str = "nb"
    is_open: bool = True
    urgency: str = "acute"
    owner: Any = None
    unit: Any = field(default_factory=lambda: SimpleNamespace(municipality="9999"))
    flags: list[dict[str, Any]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)


class Cases:
    """Cases in memory. `down` makes every call fail."""

    def __init__(self) -> None:
        self.cases: dict[str, Case] = {}
        self.deleted: list[str] = []
        self.down = False

    def _up(self) -> None:
        if self.down:
            raise StoreUnavailable

    async def open(self, conversation_id: str, **about: Any) -> Case:
        self._up()
        case = Case(f"case-{len(self.cases) + 1}", conversation_id, about)
        self.cases[conversation_id] = case
        return case

    async def for_conversation(self, conversation_id: str) -> Case | None:
        self._up()
        return self.cases.get(conversation_id)

    async def youth_message(self, conversation_id: str, message: dict[str, Any]) -> None:
        self._up()
        self.cases[conversation_id].messages.append(message)

    async def add_flag(self, conversation_id: str, reason: dict[str, Any]) -> None:
        self._up()
        self.cases[conversation_id].flags.append(reason)

    async def take_back(self, conversation_id: str) -> Case | None:
        self._up()
        return self.cases.pop(conversation_id, None)

    async def youth_deleted(self, conversation_id: str) -> None:
        self._up()
        self.deleted.append(conversation_id)


class EngineApp:
    """A tiny engine over HTTP that can be slow, broken or talk nonsense."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.forgotten: list[str] = []
        self.slow = 0.0
        self.status = 200
        self.nonsense: Any = None
        self.next: dict[str, Any] = {}
        self.catalogs: Any = [{"source": "folder", "state": "ok", "age_seconds": 3, "reason": None}]
        self.secrets: set[str] = set()
        self.running = 0
        self.most_at_once = 0

    def told(self, silent: bool = False) -> list[str]:
        """Return the texts and choices it was given."""
        return [
            call.get("text") or call.get("choice")
            for call in self.calls
            if bool(call["metadata"]["silent"]) is silent
        ]

    async def turn(self, request: Any) -> Any:
        from starlette.responses import JSONResponse

        call = await request.json()
        calls = self.calls  # of this test, also when it answers after the next has begun
        self.secrets.add(request.headers.get("x-engine-secret"))
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        await asyncio.sleep(self.slow)
        self.running -= 1
        if self.status != 200:
            return JSONResponse({}, self.status)
        if self.nonsense is not None:
            return JSONResponse(self.nonsense)
        calls.append(call)
        facts = {**call["facts"], "turns": call["facts"].get("turns", 0) + 1}
        place = "3413" if "stange" in (call.get("text") or "").lower() else facts.get("place")
        facts["place"] = place
        said = call.get("text") or call.get("choice")
        silent = call["metadata"]["silent"]
        answer: dict[str, Any] = {
            "messages": [] if silent else [{"text": f"Du sa: {said}", "from": "bot"}],
            "understood": {"themes": ["stress"], "place": place},
            "expects": None,
            "help": None,
            "wants_human": "menneske" in said and not silent,
            "facts": facts,
        }
        if not silent:
            answer.update(self.next)
            self.next = {}
        return JSONResponse(answer)

    async def health(self, request: Any) -> Any:
        from starlette.responses import JSONResponse

        return JSONResponse({"ready": True, "catalogs": self.catalogs})

    async def forget(self, request: Any) -> Any:
        from starlette.responses import Response

        if self.status != 200:
            return Response(status_code=self.status)
        self.forgotten.append(request.path_params["id"])
        return Response(status_code=204)

    def app(self) -> Any:
        from starlette.applications import Starlette
        from starlette.routing import Route

        prefix = "/webhooks/gateway"
        return Starlette(
            routes=[
                Route(f"{prefix}/turn", self.turn, methods=["POST"]),
                Route(f"{prefix}/conversations/{{id}}", self.forget, methods=["DELETE"]),
                Route(f"{prefix}/health", self.health),
            ]
        )
