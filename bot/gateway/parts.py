"""The parts of the gateway, put together once at start."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Optional

from bot.clock import now as norwegian_time
from bot.gateway.choices import Choices
from bot.gateway.config import Config
from bot.gateway.conversations import Conversations
from bot.gateway.engine import Engine, HttpEngine
from bot.gateway.engine_side import EngineSide
from bot.gateway.erasure import Erasure
from bot.gateway.events import Events
from bot.gateway.helped import Helped
from bot.gateway.humans import CasesLike, DutyLike, Humans, OutlooksLike
from bot.gateway.limits import Limits
from bot.gateway.redis_link import RedisLink
from bot.gateway.return_codes import ReturnCodes
from bot.gateway.safety import DialogueLike, SafetyDialogue
from bot.gateway.screening import Screening, ScreenLike
from bot.gateway.tally import Tally
from bot.gateway.tokens import Tokens
from bot.gateway.turns import Turns
from bot.gateway.unmet import Unmet
from bot.handoff.cases import Cases
from bot.handoff.channels import Channels
from bot.handoff.duty import Duty
from bot.handoff.ledger import Ledger
from bot.handoff.outlook import Outlooks
from bot.handoff.presence import Presence
from bot.handoff.roster import Keep
from bot.handoff.schedule import Schedule
from bot.handoff.waits import Waits
from bot.handoff.watch import Watch
from bot.settings import BadSetting, section


@dataclass
class Parts:
    """Everything that answers a request."""

    config: Config
    link: RedisLink
    tokens: Tokens
    codes: ReturnCodes
    choices: Choices
    limits: Limits
    screening: Screening
    engine: Engine
    store: Conversations
    events: Events
    humans: Humans
    cases: Optional[CasesLike]
    turns: Turns
    erasure: Erasure
    tally: Tally
    helped: Helped
    clock: Callable[[], datetime]
    watch: Optional[Watch] = None
    keep: Keep = field(default_factory=Keep)


def build_parts(
    config: Config,
    *,
    screen: Optional[ScreenLike] = None,
    dialogue: Optional[DialogueLike] = None,
    engine: Optional[Engine] = None,
    duty: Optional[DutyLike] = None,
    cases: Optional[CasesLike] = None,
    clock: Callable[[], datetime] = norwegian_time,
) -> Parts:
    """Put the gateway together. What is not given is the real thing."""
    link = RedisLink(
        config.redis_url, timeout=config.redis_timeout_seconds, pause=config.redis_pause_seconds
    )
    events = Events(link, lifetime=config.retention_seconds, poll=config.events_poll_seconds)
    engine = engine or HttpEngine(
        config.engine_url, config.engine_secret, config.engine_timeout_seconds
    )
    safety = SafetyDialogue(dialogue or _module("bot.safety.dialogue"))
    choices = Choices(config.secret)
    keep = Keep.read(section("handoff"))
    store = Conversations(link, config, _kept(config, keep))
    cases, duty = cases or _cases(link, events), duty or _duty()
    humans = Humans(link, events, duty, cases, _outlooks(link, duty, cases))
    screening = Screening(screen or _module("bot.safety.screen").Screen.load())
    tally = Tally(link)
    unmet, helped = Unmet(tally, clock), Helped(tally, clock)
    side = EngineSide(engine, config.silent_timeout_seconds)
    return Parts(
        config=config,
        link=link,
        tokens=Tokens(config.secret, config.token_seconds),
        codes=ReturnCodes(config.secret, link),
        choices=choices,
        limits=Limits(link, config),
        screening=screening,
        engine=engine,
        store=store,
        events=events,
        humans=humans,
        cases=cases,
        turns=Turns(store, choices, side, humans, safety, clock, unmet, helped),
        erasure=Erasure(store, engine, humans, events, link, Path(config.var, "erase")),
        tally=tally,
        helped=helped,
        clock=clock,
        watch=_watch(config, link, duty, cases, clock),
        keep=keep,
    )


def _kept(config: Config, keep: Keep) -> Callable[[Optional[str]], int]:
    """Return how long each municipality keeps a chat. Raises BadSetting."""
    if keep.longest_chat > config.token_seconds:
        raise BadSetting(
            f"settings/handoff.yml: a municipality keeps a chat {keep.longest_chat // 3600} hours, "
            f"longer than its key opens it (token_hours of settings/bot.yml, {config.token_hours})"
        )
    return lambda place: keep.chat_in(place, config.retention_seconds)


def _duty() -> DutyLike:
    return Duty.load()


def _cases(link: RedisLink, events: Events) -> Optional[CasesLike]:
    if link.client is None:
        return None
    cases: Any = Cases(link.client, Keep.read(section("handoff")), events.ring)
    found: CasesLike = cases
    return found


def _outlooks(
    link: RedisLink, duty: DutyLike, cases: Optional[CasesLike]
) -> Optional[OutlooksLike]:
    if link.client is None or not isinstance(cases, Cases) or not isinstance(duty, Duty):
        return None
    return Outlooks(cases, duty, Presence(link.client, Schedule.load()), Waits(link.client))


def _watch(
    config: Config,
    link: RedisLink,
    duty: DutyLike,
    cases: Optional[CasesLike],
    clock: Callable[[], datetime],
) -> Optional[Watch]:
    """Return what alerts staff to cases that wait; None without real cases. Raises BadSetting."""
    if link.client is None or not isinstance(cases, Cases) or not isinstance(duty, Duty):
        return None
    values = section("handoff")
    channels = Channels.load(values, duty.municipalities, config.secret)
    ledger, schedule = Ledger(link.client, Keep.read(values)), Schedule.read(values)
    presence = Presence(link.client, schedule)
    return Watch(cases, duty, ledger, channels, schedule, presence, clock)


def _module(name: str) -> Any:
    return importlib.import_module(name)
