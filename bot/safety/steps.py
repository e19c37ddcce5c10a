"""One step of the safety dialogue: which answer a message gets, in the light of the last.

The order: danger now, the answer to our own question, what follows an emergency
answer, and then what the message shows on its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

from bot.safety import answers
from bot.safety.aftermath import read_follow
from bot.safety.context import by_rule, surest
from bot.safety.hearing import (
    asks_why,
    begins_with_yes,
    is_vague,
    read_answer,
    read_wish,
    says_safe,
    speaks_of_other,
    speaks_of_self,
)
from bot.safety.replies import CANNOT_CALL, EXPECTED, Replies
from bot.safety.state import SafetyReply
from bot.safety.variants import topic_of
from bot.safety.verdict import FLAGS
from bot.turn import About, Flag, Message

Outcome = dict[str, str]
Taken = tuple[Optional[SafetyReply], Optional[Outcome]]

SIGNALS_ARE_ONE = 3  # so many half-signals count as a clear red flag
HALF_SIGNAL_FROM = 0.5  # a classifier this sure, below the line for a check, is one too
SURELY_ANOTHER = 0.9  # in an emergency the classifier alone must be so sure of another danger
EMERGENCY_LASTS = 6  # messages after which words like "ok" are no longer about the call


@dataclass
class Step(Replies):
    """Chooses the answer to one message."""

    def take(self) -> Taken:
        """Return the answer, if any, and what the dialogue behind should know."""
        pending = self.state.pending or {}
        kind = pending.get("kind")
        if self.verdict.urgency == "acute" and self.verdict.flag and not self._is_told_of(pending):
            outcome = {"safe": "yes"} if kind == "check" else None
            return self.emergency(self.verdict.flag, self.verdict.about), outcome
        if kind == "check":
            return self._after_check(pending)
        if kind == "topic" and self.verdict.urgency in ("none", "topic"):
            return self._after_topic(pending)
        if kind == "emergency" and (reply := self._after_emergency(pending)):
            return reply, None
        if kind == "human" and self.verdict.urgency == "none":
            return self._after_offer(pending)
        if kind == "unclear" and self.verdict.urgency == "none":
            return self._after_unclear(pending)
        return self._on_its_own(), None

    # ------------------------------------------------------------ what a message shows on its own

    def _on_its_own(self) -> Optional[SafetyReply]:
        flag, urgency = self.verdict.flag, self.verdict.urgency
        if flag is None or urgency == "none":
            return self._faint(flag)
        if urgency == "serious":
            return self.human(flag, self.verdict.about)
        if urgency == "uncertain":
            return self._uncertain(flag)
        return self._topic(flag)

    def _faint(self, flag: Optional[Flag]) -> Optional[SafetyReply]:
        """Count what the classifier half saw in a message that shows nothing by itself."""
        for one in self.verdict.evidence:
            named = flag or next((known for known in FLAGS if known in one.name), None)
            if one.kind == "classifier" and one.score >= HALF_SIGNAL_FROM and named:
                return self._add_signal(named)
        return None

    def _uncertain(self, flag: Flag) -> Optional[SafetyReply]:
        if reply := self._add_signal(flag):
            return reply
        if self.state.has(f"human:{flag}") or self._denied(flag):
            return None  # known and answered; it still adds up
        return self.check(flag, self.verdict.about)

    def _denied(self, flag: Flag) -> bool:
        """Say whether it was asked and clearly denied, and this is but a faint echo of it."""
        signs = self.verdict.evidence
        faint = all(one.kind == "classifier" and one.score < HALF_SIGNAL_FROM for one in signs)
        return self.state.has(f"no:{flag}") and bool(signs) and faint

    def _whom(self, pending: dict[str, Any]) -> About:
        """Return whom what was asked is about; "det er meg det gjelder" puts it right."""
        return "self" if speaks_of_self(self.text) else pending.get("about", "self")

    def _learned(self) -> bool:
        """Say whether no rule, only the classifier, speaks for what was seen."""
        return not by_rule(self.verdict)

    def _add_signal(self, flag: Flag) -> Optional[SafetyReply]:
        self.state.signals.append({"flag": flag, "about": self.verdict.about})
        if len(self.state.signals) < SIGNALS_ARE_ONE:
            return None
        self.state.signals = []
        return self.human(flag, self.verdict.about, lead="adds_up", evidence="signals_add_up")

    def _topic(self, flag: Flag) -> Optional[SafetyReply]:
        if any(self.state.has(f"{kind}:{flag}") for kind in ("topic", "human", "emergency")):
            return None
        self.state.count(f"topic:{flag}")
        kind = topic_of(flag, self.verdict, self.text)
        # To the bereaved the question is put directly; to others only whether it is about them.
        after = "check" if kind == "bereaved" else "topic"
        self.state.pending = {"kind": after, "flag": flag, "about": "self"}
        message = answers.topic(kind, flag, self.voice)
        return self.reply(flag, "check", [message], "self", expects="safe")

    # ------------------------------------------------------------ answers to what was asked

    def _after_check(self, pending: dict[str, Any]) -> Taken:
        flag, about, seen = pending["flag"], self._whom(pending), self.verdict
        self.state.pending = None
        heard = read_answer(self.text, flag, self.state.english)
        # A classifier hears the words of a denial; only a rule knows better than a clear no.
        learned = self._learned()
        denied = heard == "no" and learned
        if seen.urgency == "serious" and seen.flag and not denied:
            if heard == "now" and seen.flag == flag:
                return self.emergency(flag, about), {"safe": "yes"}
            return self.human(seen.flag, seen.about), {"safe": "yes"}
        if about == "self" and speaks_of_other(self.text, self.state.english):
            return self.human(flag, "other", evidence="answer_to_check"), {"safe": "yes"}
        if heard == "no":
            self.state.count(f"no:{flag}")
            if (self.state.last_emergency or {}).get("flag") == flag:
                self.state.last_emergency = None
            other = seen.urgency in ("serious", "uncertain") and seen.flag != flag
            other = other and not (learned and says_safe(self.text, self.state.english))
            new = seen.flag if other else None
            return (self._uncertain(new) if new else None), {"safe": "no"}
        if asks_why(self.text, self.state.english) and not pending.get("explained"):
            return self.check(flag, about, "safety.check.explain"), None
        outcome = {"safe": "unclear" if heard == "unclear" else "yes"}
        if heard == "now":
            return self.emergency(flag, about, "answer_to_check"), outcome
        lead = "unclear" if heard == "unclear" else None
        reply = self.human(flag, about, lead=lead, evidence="answer_to_check")
        if heard == "unclear" and reply.expects == "place":
            self.state.pending = {"kind": "unclear", "flag": flag, "about": about}
        return reply, outcome

    def _after_unclear(self, pending: dict[str, Any]) -> Taken:
        """Hear a yes that comes late: to "which municipality?" it is no answer."""
        flag, about = pending["flag"], pending.get("about", "self")
        self.state.pending = None
        if not begins_with_yes(self.text, self.state.english):
            return self._on_its_own(), None
        now = read_answer(self.text, flag, self.state.english) == "now"
        answer = self.emergency if now else self.human
        return answer(flag, about, evidence="answer_to_check"), {"safe": "yes"}

    def _after_topic(self, pending: dict[str, Any]) -> Taken:
        flag = pending["flag"]
        self.state.pending = None
        heard = read_answer(self.text, flag, self.state.english)
        if heard == "no":
            return None, {"safe": "no"}
        if heard in ("yes", "now") or is_vague(self.text, self.state.english):
            return self.check(flag, "self"), None
        return None, None

    def _after_offer(self, pending: dict[str, Any]) -> Taken:
        """Read "ja" or "nei" to the offer of a human; the gateway acts on it."""
        wish = read_wish(self.text, self.state.english)
        self.state.pending = None
        if wish:
            return None, {"human": wish}
        if not is_vague(self.text, self.state.english):
            return self._on_its_own(), None
        flag, about = pending["flag"], pending.get("about", "self")
        ending = self.ending(offer=False)
        unsure = Message(text=answers.text(self.voice.tongue, "safety.human.unsure"))
        messages = [unsure, answers.close(ending, self.voice)]
        expects = EXPECTED.get(ending)
        return self.reply(flag, "human", messages, about, expects=expects), {"human": "unclear"}

    def _after_emergency(self, pending: dict[str, Any]) -> Optional[SafetyReply]:
        flag, about, seen = pending["flag"], self._whom(pending), self.verdict
        turns = int(pending.get("turns", 0))
        asked = pending.get("question")
        kind = read_follow(self.text, asked, turns == 0, self.state.english)
        # "han hører meg hvis jeg snakker" is of the call; the classifier hears voices in it.
        of_the_call = kind in CANNOT_CALL and self._learned()
        other = seen.urgency == "serious" and seen.flag != flag and self._sure()
        if other and not of_the_call:
            return None
        if kind:
            return self.follow(kind, flag, about)
        if seen.flag == flag and seen.urgency in ("serious", "uncertain"):
            return self.emergency(flag, about)
        if self.holds():
            return self.hold(flag, about)
        later = {**pending, "turns": turns + 1}
        self.state.pending = later if turns + 1 < EMERGENCY_LASTS else None
        return None

    def _is_told_of(self, pending: dict[str, Any]) -> bool:
        """Say whether it is but the known emergency in new words: help has it, or it is over.

        In "de sender ambulanse" the classifier hears the danger once more.
        """
        if pending.get("kind") != "emergency" or pending["flag"] != self.verdict.flag:
            return False
        follow = read_follow(self.text, None, False, self.state.english)
        return self._learned() and follow in ("called", "there", "retreat")

    def _sure(self) -> bool:
        """Say whether a rule, or the classifier beyond doubt, speaks for what was seen."""
        shown = bool(self.verdict.evidence)
        return not shown or by_rule(self.verdict) or surest(self.verdict) >= SURELY_ANOTHER
