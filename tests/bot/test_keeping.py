"""What is kept: nothing that the list does not know, no longer than it says, and off the disk."""

from __future__ import annotations

import asyncio
import re
import time
from datetime import datetime

import pytest

from bot import keeping
from bot.clock import NORWAY
from bot.gateway import erasure
from bot.gateway.parts import build_parts
from bot.handoff.audit import Act, Audit
from bot.handoff.case import Person
from bot.handoff.colleagues import Colleagues
from bot.handoff.contents import Care
from bot.handoff.flows import Flow, Flows
from bot.handoff.paperwork import keep_excerpt
from bot.handoff.presence import Presence
from bot.handoff.roster import Keep
from bot.handoff.schedule import Schedule
from bot.handoff.sessions import Sessions
from bot.handoff.terms import Term
from bot.handoff.throttle import Throttle
from bot.safety import dialogue
from bot.settings import ROOT, BadSetting, section
from bot.texts import say
from tests.bot.gateway.conftest import RedisServer, open_house
from tests.bot.gateway.standins import ACUTE

EVENING = datetime(2026, 10, 14, 18, 30, tzinfo=NORWAY)  # a Wednesday: Eksempelvik is there
INGRID = Person(id="ingrid", name="Ingrid", role="helsesykepleier")
WORDS = "rabarbrablomst"
HOURS, DAYS = 12, 5


@pytest.fixture
def own_redis(tmp_path):
    """A Redis whose file can be searched: nothing in it is packed."""
    folder = tmp_path / "redis"
    folder.mkdir()
    server = RedisServer(folder)
    server.start()
    server.client().config_set("aof-use-rdb-preamble", "no")
    yield server
    server.stop()


@pytest.fixture
async def real(own_redis, tmp_path, monkeypatch):
    """A gateway with real cases; Eksempelvik keeps things shorter than others."""
    values = dict(section("handoff"))
    places = {number: dict(about) for number, about in values["municipalities"].items()}
    places["9999"]["keep"] = {"chat_hours": HOURS, "closed_days": DAYS, "reason": "egen frist"}
    mine = {**values, "municipalities": places}
    monkeypatch.setattr(
        "bot.gateway.parts.section", lambda name: mine if name == "handoff" else section(name)
    )
    parts = {"dialogue": dialogue, "duty": None, "cases": None, "clock": lambda: EVENING}
    async with open_house(own_redis, tmp_path / "var", parts) as house:
        yield house


async def live_through_everything(house):
    """Use every path that writes to Redis; returns a deleted talk, one with a case, a plain one."""
    redis, keep = house.parts.cases._store._redis, house.parts.keep
    plain = await house.start(municipality="3413")
    house.engine.next = {"help": {"level": "yellow", "why": [], "services": []}, "gap": True}
    await plain.say(f"jeg bor i Stange {WORDS}")
    gone, talk = await house.start(municipality="9999"), await house.start(municipality="9999")
    for one in (gone, talk):
        await one.say(f"jeg {ACUTE} {WORDS}, ring 41 23 45 67")
        case = await house.parts.cases.for_conversation(one.id)
        await house.parts.watch.round()
        await house.parts.watch.settled()
        await house.parts.cases.claim(case.id, INGRID)
        await house.parts.cases.reply(case.id, "ingrid", f"Hei {WORDS}.")
        await one.say(f"hei {WORDS}")
        signs = {"typing": True, "read": "h-1"}
        await house.client.post(f"{one.path}/signs", json=signs, headers=one.key)
        await house.parts.cases.close(case.id, "ingrid", "false_alarm", care=Care(given=False))
        await house.parts.cases.take(case.id, keep_excerpt("ingrid", WORDS))
    await house.parts.watch._ledger.note("9999", "webhook", "HTTP 500")
    await house.parts.tally.write()
    await Audit(redis, keep).note(Act("login", "ingrid"))
    await Throttle(redis, "a long enough secret").attempt("ingrid", "198.51.100.7")
    await Presence(redis, Schedule.load()).seen(["9999"])
    await Colleagues(redis, Schedule.load()).seen(INGRID, ["9999"])
    flow = Flow.fresh()
    flows = Flows(redis, "a long enough secret")
    await flows.take(flows.cookie(flow), flow.state)
    await Sessions(redis, "a long enough secret", idle=1800, longest=43200).start("ingrid")
    header = {"X-Forwarded-For": "198.51.100.7"}
    await house.client.post("/api/conversations", json={}, headers=header)
    await gone.delete()
    return gone, talk, plain


async def come_back(house, talk):
    """Make a code, come back with it, and say whether help was had."""
    made = await house.client.post(f"{talk.path}/code", json={"ask_helped": True}, headers=talk.key)
    assert made.status_code == 201
    back = await house.client.post("/api/return", json={"code": made.json()["code"]})
    assert back.status_code == 200
    await talk.choose(say("helped.choice.yes", "nb"), (await talk.so_far())["messages"])


async def test_nothing_is_kept_that_the_list_does_not_know_or_longer_than_it_says(real):
    _, talk, _ = await live_through_everything(real)
    await come_back(real, talk)
    await real.parts.tally.write()
    client, times = real.redis.client(), keeping.Times.load()
    names = list(client.scan_iter("*"))
    unknown = [name for name in names if keeping.keeper_of(name) is None]
    assert unknown == []
    for name in names:
        kept = keeping.keeper_of(name)
        assert kept.most is not None
        assert 0 < client.ttl(name) <= kept.most(times), name
    met = {kept.what for name in names if (kept := keeping.keeper_of(name))}
    in_redis = {kept.what for kept in keeping.LIST if kept.keys}
    # A lock lasts for a turn only, a debt until the next round.
    passing = ("ung:conv:x:lock", "ung:owing")
    assert in_redis - met <= {keeping.keeper_of(name).what for name in passing}


async def test_a_municipality_keeps_what_it_has_set(real):
    _, talk, plain = await live_through_everything(real)
    client = real.redis.client()
    case = await real.parts.cases.for_conversation(talk.id)
    for name in (f"ung:case:{case.id}", f"ung:case:{case.id}:lines", f"ung:case-of:{talk.id}"):
        assert (DAYS - 1) * 86400 < client.ttl(name) <= DAYS * 86400, name
    for name in (f"ung:conv:{talk.id}", f"ung:conv:{talk.id}:events"):
        assert (HOURS - 1) * 3600 < client.ttl(name) <= HOURS * 3600, name
    assert 23 * 3600 < client.ttl(f"ung:conv:{plain.id}") <= 24 * 3600
    assert f"{DAYS} dager" in (await talk.so_far())["deletion_notice"]
    told = (await real.client.get("/api/info?municipality=9999")).json()["kept"]
    assert told == {"chat_hours": HOURS, "closed_case_days": DAYS}
    told = (await real.client.get("/api/info")).json()["kept"]
    assert told == {"chat_hours": 24, "closed_case_days": 30}


async def test_deleted_with_a_case_nothing_but_a_trace_without_words_is_left(real):
    talk = await real.start(municipality="9999")
    other = await real.start(municipality="3413")
    await other.say("et annet sted")
    await talk.say(f"jeg {ACUTE} {WORDS}, jeg heter Torvald")
    case = await real.parts.cases.for_conversation(talk.id)
    await real.parts.cases.claim(case.id, INGRID)
    await real.parts.cases.reply(case.id, "ingrid", f"Hei, {WORDS}.")
    await real.parts.cases.hand_back(case.id, "ingrid", f"merknad om {WORDS}")
    assert WORDS.encode() in real.redis.on_disk()
    asked = time.monotonic()
    await talk.delete()
    left = await real.parts.cases.get(case.id)
    assert left.deleted_at and not left.conversation_id and left.note == ""
    assert left.reasons[0].flag == "suicide" and left.reasons[0].evidence == []
    forbidden = [word.encode() for word in (WORDS, "Torvald", ACUTE, talk.id)]
    while found := [word for word in forbidden if word in real.redis.on_disk()]:
        assert time.monotonic() - asked < 60, found
        await asyncio.sleep(0.1)
    assert b"et annet sted" in real.redis.on_disk()  # the search finds what is there
    entries = await Audit(real.parts.cases._store._redis, real.parts.keep).entries()
    assert ("deleted_by_youth", case.id) in [(one["what"], one["case"]) for _, one in entries]
    assert not any(word in str(entries).encode() for word in forbidden)


async def test_words_whose_time_is_over_leave_the_disk_too(real, monkeypatch):
    monkeypatch.setattr(erasure, "REWRITE_AT_MOST_EVERY", 0.1)
    monkeypatch.setattr(erasure, "REWRITE_AT_LEAST_EVERY", 0.5)
    talk = await real.start(municipality="3413")
    await talk.say(WORDS)
    real.redis.client().pexpire(f"ung:conv:{talk.id}", 1)
    deadline = time.monotonic() + 20
    while WORDS.encode() in real.redis.on_disk():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.1)


async def test_a_rewrite_that_failed_is_asked_for_again(real, monkeypatch):
    part = real.parts.erasure
    answers = iter([{"aof_last_bgrewrite_status": "err"}])
    asked = []

    async def call(work, timeout=None):
        asked.append(work)
        return next(answers, {})

    monkeypatch.setattr(part._link, "call", call)
    part._rewriting, part._rewrite_wanted, part._rewritten = True, False, 0.0
    await part.rewrite()
    assert len(asked) == 2 and part._rewriting  # looked at the last one, and began another


async def test_what_redis_could_not_take_survives_a_killed_gateway(real, tmp_path):
    talk = await real.start(municipality="3413")
    real.redis.stop()
    await talk.say(WORDS)
    waiting = tmp_path / "var" / "unsaved"
    assert [path.name for path in waiting.iterdir()] == [talk.id]
    assert (waiting / talk.id).stat().st_mode & 0o077 == 0
    again = build_parts(real.parts.config, dialogue=dialogue, screen=real.screen).store
    assert again.unsaved == {talk.id}  # another process took it up
    real.redis.start()
    await asyncio.sleep(0.3)
    await again.save_unsaved()
    assert WORDS in real.redis.client().hget(f"ung:conv:{talk.id}", "json")
    assert list(waiting.iterdir()) == []


async def test_deleted_while_redis_is_away_the_disk_has_no_words(real, tmp_path):
    talk = await real.start(municipality="3413")
    real.redis.stop()
    await talk.say(WORDS)
    await talk.delete()
    assert list((tmp_path / "var" / "unsaved").iterdir()) == []


def test_a_name_in_the_code_that_the_list_does_not_know():
    named = set()
    for path in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "actions").rglob("*.py")]:
        if path.parent.name != "keeping":
            named |= set(re.findall(r'f?"(ung:[^"\s]+)"', path.read_text("utf-8")))
    assert named
    for name in named:
        # A part of a case or of a conversation may be any of theirs.
        filled = re.sub(r"\{[^{}]*\}", "x", name.replace(":{part}", ""))
        assert any(keeping.keeper_of(one) for one in (filled, f"{filled}/x")), name


def test_the_page_on_privacy_holds_the_list():
    assert keeping.table(keeping.Times.load()) in (ROOT / "docs/privacy.md").read_text("utf-8")


def keep_of(about):
    values = {"municipalities": {"9999": {"name": "Eksempelvik", "keep": about}}}
    return Keep.read(values)


def test_terms_are_read():
    keep = keep_of({"chat_hours": 48, "reason": "avtale"})
    assert keep.chat_in("9999", 1) == 48 * 3600 and keep.chat_in("3413", 1) == 1
    assert keep.closed_in("9999") == 30 * 86400 and keep.chat_in(None, 7) == 7
    assert keep.own == {"9999": Term(48, None, "avtale")}


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"chat_hours": 5, "reason": "x"}, "from 6 to 72"),
        ({"chat_hours": 73, "reason": "x"}, "from 6 to 72"),
        ({"closed_days": 2, "reason": "x"}, "from 3 to 90"),
        ({"closed_days": True, "reason": "x"}, "from 3 to 90"),
        ({"closed_days": 10}, "reason"),
        ({"reason": "x"}, "sets no time"),
        ({"hours": 1, "reason": "x"}, "'hours' is no setting"),
        ("12", "write chat_hours"),
    ],
)
def test_a_term_that_cannot_be_is_told_with_how_to_mend_it(about, told):
    with pytest.raises(BadSetting, match=re.escape(told)):
        keep_of(about)


def test_a_chat_cannot_be_kept_longer_than_its_key_opens_it(monkeypatch):
    from bot.gateway.config import Config
    from bot.gateway.parts import _kept

    config = Config(secret="a-secret-only-for-tests", token_hours=24)
    with pytest.raises(BadSetting, match="token_hours"):
        _kept(config, keep_of({"chat_hours": 48, "reason": "avtale"}))
