"""The state machine alone, without a store."""

from __future__ import annotations

import pytest

from bot.handoff.case import OUTCOMES, Case, Person, Reason, Unit
from bot.handoff.errors import AlreadyClaimed, CaseEnded, DeletedByYouth, NotYours, UnknownOutcome

INGRID = Person(id="ingrid", name="Ingrid", role="helsesykepleier")
JONAS = Person(id="jonas", name="Jonas", role="helsesykepleier")
NOW = "2026-10-14T16:30:00.000Z"
LATER = "2026-10-14T17:30:00.000Z"


@pytest.fixture
def waiting() -> Case:
    return Case(
        id="c1",
        conversation_id="conv",
        unit=Unit(municipality="9999", place="Eksempelvik", body="Helsestasjonen"),
        reasons=[
            Reason(flag="self_harm", urgency="serious", evidence=[{"words": ["kutter meg"]}]),
            Reason(flag="suicide", urgency="acute", evidence=[{"words": ["hoppe fra brua"]}]),
        ],
        understood={"themes": ["trist"]},
        opened_at=NOW,
    )


def test_one_owner_at_a_time(waiting: Case) -> None:
    claimed = waiting.claim(INGRID, NOW)
    assert claimed.owned_by("ingrid") and claimed.state == "claimed"
    assert claimed.claim(INGRID, NOW) is claimed
    with pytest.raises(AlreadyClaimed) as caught:
        claimed.claim(JONAS, NOW)
    assert "ingrid" not in str(caught.value).lower()


def test_only_the_owner_acts(waiting: Case) -> None:
    for case in (waiting, waiting.claim(INGRID, NOW)):
        for act in (
            lambda c: c.reply("jonas", NOW),
            lambda c: c.hand_back("jonas", "", NOW),
            lambda c: c.close("jonas", "reached", NOW),
        ):
            with pytest.raises(NotYours):
                act(case)


def test_an_end_is_an_end_and_the_same_end_twice_is_one(waiting: Case) -> None:
    claimed = waiting.claim(INGRID, NOW)
    back, closed = (
        claimed.hand_back("ingrid", " bedre nå ", NOW),
        claimed.close("ingrid", "reached", NOW),
    )
    assert (back.state, back.note) == ("handed_back", "bedre nå")
    assert (closed.state, closed.outcome) == ("closed", "reached")
    assert back.hand_back("ingrid", "", NOW) is back
    assert closed.close("ingrid", "reached", NOW) is closed
    for ended in (back, closed):
        with pytest.raises(CaseEnded):
            ended.claim(JONAS, NOW)
        with pytest.raises(CaseEnded):
            ended.reply("ingrid", NOW)
    with pytest.raises(CaseEnded):
        back.close("ingrid", "reached", NOW)
    with pytest.raises(CaseEnded):
        closed.hand_back("ingrid", "", NOW)


def test_an_outcome_must_be_known(waiting: Case) -> None:
    claimed = waiting.claim(INGRID, NOW)
    with pytest.raises(UnknownOutcome, match="solved"):
        claimed.close("ingrid", "solved", NOW)
    assert all(claimed.close("ingrid", outcome, NOW).outcome == outcome for outcome in OUTCOMES)


def test_the_gravest_reason_decides(waiting: Case) -> None:
    assert waiting.urgency == "acute"
    assert Reason(urgency="none").urgency == "none"
    assert Reason(flag="suicide", urgency="odd").urgency == "serious"  # never graded away


def test_deletion_takes_every_word(waiting: Case) -> None:
    deleted = waiting.claim(INGRID, NOW).delete(["Storgata 1"], NOW)
    assert "kutter" not in deleted.json() and "trist" not in deleted.json()
    assert deleted.conversation_id is None
    assert [reason.flag for reason in deleted.reasons] == ["self_harm", "suicide"]
    assert deleted.contacts == ["Storgata 1"]
    assert deleted.delete(["andre"], NOW) is deleted
    with pytest.raises(DeletedByYouth):
        deleted.reply("ingrid", NOW)
    assert deleted.close("ingrid", "no_answer", NOW).contacts == []


def test_contacts_stay_only_where_a_life_may_be_in_danger(waiting: Case) -> None:
    calm = waiting.copy(update={"reasons": waiting.reasons[:1]})
    assert calm.delete(["Storgata 1"], NOW).contacts == []
    ended = waiting.claim(INGRID, NOW).close("ingrid", "reached", NOW)
    assert ended.delete(["Storgata 1"], NOW).contacts == []


def test_the_first_word_is_what_answers(waiting: Case) -> None:
    claimed = waiting.claim(INGRID, NOW)
    answered = claimed.reply("ingrid", NOW)
    assert (claimed.state, answered.state) == ("claimed", "answered")
    assert answered.owned_by("ingrid") and answered.is_open and not answered.waits
    with pytest.raises(AlreadyClaimed):
        answered.claim(JONAS, NOW)
    again = answered.reply("ingrid", "2026-10-14T17:00:00.000Z")
    assert again.replied_at == NOW
    assert [entry.what for entry in again.done] == ["claim", "answer"]
    assert again.close("ingrid", "reached", NOW).state == "closed"


def test_a_transfer_waits_for_whoever_takes_it(waiting: Case) -> None:
    answered = waiting.claim(INGRID, NOW).reply("ingrid", NOW)
    moved = answered.transfer("ingrid", JONAS, answered.unit, LATER)
    assert (moved.state, moved.owner, moved.waits, moved.is_open) == (
        "transferred",
        None,
        True,
        True,
    )
    assert (moved.waiting_since, moved.opened_at) == (LATER, NOW)
    assert moved.transfer("ingrid", JONAS, answered.unit, LATER) is moved
    for act in (
        lambda c: c.transfer("ingrid", None, answered.unit, NOW),
        lambda c: c.reply("ingrid", NOW),
        lambda c: c.close("ingrid", "reached", NOW),
    ):
        with pytest.raises(NotYours):
            act(moved)
    taken = moved.claim(JONAS, LATER)
    assert taken.owned_by("jonas") and taken.state == "claimed"
    assert taken.reply("jonas", LATER).state == "answered"
    with pytest.raises(NotYours):
        waiting.transfer("ingrid", JONAS, waiting.unit, NOW)


def test_a_case_kept_by_an_older_version_is_read(waiting: Case) -> None:
    kept = waiting.claim(INGRID, NOW).dict(exclude={"transfers", "done"})
    old = Case.parse_obj({**kept, "replied_at": NOW, "gone_with_a_version": 1})
    assert (old.state, old.owned_by("ingrid"), old.waiting_since) == ("answered", True, NOW)
    assert Case.parse_obj({**kept, "state": "handed_back"}).state == "handed_back"
    again = old.transfer("ingrid", None, old.unit, LATER).claim(JONAS, LATER)
    assert Case.parse_raw(again.json()).state == "claimed"
