"""The answers of the safety dialogue, with what each of them leaves in the state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Optional

from bot.safety import answers
from bot.safety.aftermath import Follow, read_follow
from bot.safety.answers import EXPECTS, Ending, Question
from bot.safety.state import SafetyReply, SafetyState
from bot.safety.variants import variant_of
from bot.safety.verdict import Urgency, Verdict
from bot.safety.voice import Voice
from bot.turn import About, Expects, Flag, Message, Response, Safety

# Of no use to somebody who has just said that they cannot, dare not or have already.
_NOT_AFTER: dict[str, tuple[Question, ...]] = {
    "called": ("called",),
    "there": ("company", "called"),
    "afraid": ("called",),
    "silent": ("called",),
    "no_phone": ("called",),
    "company_no": ("company", "called"),
    "safe_no": ("safe_place", "called"),
}
CANNOT_CALL: frozenset[Optional[Follow]] = frozenset({"silent", "no_phone", "afraid", "wont"})
# Help has it now, or they are out of it: the number is not told again to every word.
_EASED: frozenset[Follow] = frozenset({"called", "there", "safe_yes"})
HOLDS = 4  # messages of another kind that an emergency is held through until help has it
_ENDS_ITSELF = frozenset({"wont", "company_yes", "safe_yes"})
EXPECTED: dict[str, Literal["confirm", "place", "what"]] = {
    "ask": "confirm",
    "ask_again": "confirm",
    "place": "place",
    "more": "what",
}
_URGENCIES: dict[Response, Urgency] = {
    "emergency": "acute",
    "human": "serious",
    "check": "uncertain",
}


@dataclass
class Replies:
    """Everything that decides one answer. `state` is changed in place."""

    state: SafetyState
    verdict: Verdict
    text: str
    voice: Voice
    duty: bool
    place: Optional[str]
    open_case: bool

    def emergency(self, flag: Flag, about: About, evidence: str = "") -> SafetyReply:
        """Give the number at once; short when the same danger goes on."""
        last = self.state.last_emergency or {}
        going_on = last.get("flag") == flag and last.get("about") == about
        times = int(last.get("times", 0)) + 1 if going_on else 1
        self.state.count(f"emergency:{flag}")
        self.state.last_emergency = {
            "flag": flag,
            "about": about,
            "times": times,
            "asked": list(last.get("asked", [])),
            "held": 0,
        }
        kind = read_follow(self.text, None, False, self.state.english) if going_on else None
        if kind is not None and kind in CANNOT_CALL:
            return self.follow(kind, flag, about)
        question = self._next_question(flag)
        if going_on:
            messages = answers.again(times - 1, flag, about, self.voice, question)
        else:
            variant = variant_of(flag, self.verdict, self.text)
            messages = answers.emergency(flag, variant, about, self.voice, question)
        return self._urgent(flag, about, messages, question, evidence)

    def follow(self, kind: Follow, flag: Flag, about: About) -> SafetyReply:
        """Answer what is said after an emergency answer."""
        if kind in ("joke", "retreat"):
            return self.check(flag, about, f"safety.follow.{kind}")
        if kind in _EASED and self.state.last_emergency:
            self.state.last_emergency["eased"] = True
        messages = [answers.follow(kind, flag, about, self.voice)]
        question: Optional[Question] = None
        if kind not in _ENDS_ITSELF:
            question = self._next_question(flag, _NOT_AFTER.get(kind, ()))
            messages.append(answers.ask(question, flag, about, self.voice))
        return self._urgent(flag, about, messages, question, f"follow_{kind}")

    def holds(self) -> bool:
        """Say whether the emergency still comes before whatever else is said or asked."""
        last = self.state.last_emergency or {"eased": True}
        return not last.get("eased") and int(last.get("held", 0)) < HOLDS

    def hold(self, flag: Flag, about: About) -> SafetyReply:
        """Stay with the emergency: where they live and how old they are can wait."""
        last = self.state.last_emergency or {}
        held = last["held"] = int(last.get("held", 0)) + 1
        question = self._next_question(flag)
        messages = answers.held(held, flag, about, self.voice, question)
        reply = self._urgent(flag, about, messages, question, "follow_held")
        reply.holds = True
        return reply

    def _urgent(
        self,
        flag: Flag,
        about: About,
        messages: list[Message],
        question: Optional[Question],
        evidence: str,
    ) -> SafetyReply:
        if question and self.state.last_emergency:
            self.state.last_emergency["asked"].append(question)
        self.state.pending = {
            "kind": "emergency",
            "flag": flag,
            "about": about,
            "question": question,
            "turns": 0,
        }
        self.state.case_open = self.state.case_open or self.duty
        reply = self.reply(flag, "emergency", messages, about, evidence=evidence)
        reply.expects = EXPECTS.get(question or "")
        reply.case = "open" if self.duty else None
        return reply

    def _next_question(self, flag: Flag, without: tuple[Question, ...] = ()) -> Question:
        """Return what to ask next in an emergency; nothing is asked twice."""
        first: tuple[Question, ...] = ("place",) if self.place is None else ()
        safe: Question = "safe_place" if flag in answers.APART_FLAGS else "company"
        questions: tuple[Question, ...] = (("where",) if self.duty else first) + (safe, "called")
        asked = (self.state.last_emergency or {}).get("asked", [])
        open_ones = [one for one in questions if one not in asked and one not in without]
        return open_ones[0] if open_ones else "stay"

    def human(
        self, flag: Flag, about: About, lead: Optional[str] = None, evidence: str = ""
    ) -> SafetyReply:
        """Answer a clear red flag. `lead` takes the place of the first sentence."""
        times = self.state.count(f"human:{flag}")
        ending = self.ending(offer=self.duty)
        if times == 1:
            said = set(self.state.said)
            variant = variant_of(flag, self.verdict, self.text)
            messages = answers.human(flag, variant, about, self.voice, ending, said, lead)
            self.state.said = sorted(said)
        else:
            messages = answers.human_again(times - 1, flag, self.voice, ending)
        offered = ending in ("ask", "ask_again")
        self.state.pending = {"kind": "human", "flag": flag, "about": about} if offered else None
        reply = self.reply(flag, "human", messages, about, evidence=evidence)
        reply.expects = EXPECTED.get(ending)
        reply.case = "open" if self.open_case else "ask" if offered else None
        return reply

    def ending(self, *, offer: bool) -> Ending:
        """Return how a human answer ends: the offer of a human, or a question that goes on."""
        if self.open_case:
            return "stay"
        if offer:
            return "ask" if self.state.count("ask") == 1 else "ask_again"
        if self.place is None and self.state.count("place") == 1:
            return "place"
        return "more"

    def check(self, flag: Flag, about: About, lead: Optional[str] = None) -> SafetyReply:
        """Ask the one direct question."""
        times = self.state.count(f"check:{flag}")
        lead_key = lead or ("safety.check" if times == 1 else "safety.check.again")
        self.state.pending = {"kind": "check", "flag": flag, "about": about}
        if lead_key == "safety.check.explain":
            self.state.pending["explained"] = True
        message = answers.check(flag, about, self.voice, lead_key)
        return self.reply(flag, "check", [message], about, expects="safe")

    def reply(
        self,
        flag: Flag,
        response: Response,
        messages: list[Message],
        about: About,
        *,
        expects: Optional[Expects] = None,
        evidence: str = "",
    ) -> SafetyReply:
        """Return an answer with the reason for a case, which holds no words of the youth."""
        names = [one.name for one in self.verdict.evidence] + ([evidence] if evidence else [])
        return SafetyReply(
            safety=Safety(flag=flag, response=response),
            messages=messages,
            expects=expects,
            case_reason={
                "flag": flag,
                "urgency": _URGENCIES[response],
                "about": about,
                "evidence": names,
            },
        )
