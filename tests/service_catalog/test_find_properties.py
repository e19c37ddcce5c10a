"""What holds for every catalog and every query, made at random."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.texts.plain import sentences
from service_catalog.find import Found, Match, Query, find
from service_catalog.fit import is_stale
from service_catalog.hours import OSLO, in_oslo
from service_catalog.load import Catalogs, Offer
from service_catalog.schema import Catalog
from service_catalog.terms import NEVER_A_DOOR, SERVICE_TYPES, THEMES

LEVELS = ("green", "yellow", "orange", "red", "dark_red")
GRAVE = ("red", "dark_red")
HERE, NEIGHBOUR = "3413", "3403"
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=OSLO)
STEPS = ["district", "municipality", "intermunicipal", "everywhere", "national"]
TYPES = [name for name in SERVICE_TYPES if name != "nodnummer"]
BOTH = {"nb": "Her hører noen på deg.", "nn": "Her høyrer nokon på deg."}
AGES = st.one_of(
    st.just({"ages": "all"}),
    st.just({"ages": "unknown"}),
    st.builds(
        lambda low, more: {"minimum_age": low, "maximum_age": low + more},
        st.integers(0, 25),
        st.integers(0, 12),
    ),
)


@st.composite
def services(draw: st.DrawFn, number: int, generic: bool = False) -> dict[str, Any]:
    ways = st.sampled_from(["drop_in", "booking", "contact", "referral", "unknown"])
    hours = st.sampled_from([None, "24/7", "Mo-Fr 08:00-15:30; PH off", "Fr-Sa 18:00-02:00"])
    written = draw(hours)
    day = NOW.date() - timedelta(days=draw(st.sampled_from([10, 364, 365, 366, 900])))
    closed = {"text": BOTH, "valid_from": "2026-11-23", "valid_to": "2026-11-27", "closed": True}
    return {
        "id": f"s{number}",
        "name": f"Tilbud {number}",
        "type": draw(st.sampled_from(TYPES)),
        "description": BOTH,
        "levels": draw(st.lists(st.sampled_from(LEVELS), min_size=1, max_size=3, unique=True)),
        "themes": draw(st.lists(st.sampled_from(THEMES[:5]), max_size=2, unique=True)),
        "specialised": draw(st.integers(0, 4)) == 0,
        "generic": generic and draw(st.booleans()),
        "who_may_come": draw(st.lists(ways, min_size=1, max_size=2, unique=True)),
        "attending_types": draw(
            st.lists(st.sampled_from(["meet", "phone", "chat"]), min_size=1, unique=True)
        ),
        "cost": "free",
        "anonymous": draw(st.booleans()),
        "anonymity": BOTH,
        "parents": draw(st.sampled_from(["not_involved", "your_choice", "involved", "unknown"])),
        "schedule": {"opening_hours": written} if written else None,
        "alerts": [closed] if draw(st.integers(0, 5)) == 0 else [],
        "assured_date": day.isoformat(),
        "source": "prøven",
        "confidence": draw(st.sampled_from(["verified", "partly"])),
        **draw(AGES),
    }


@st.composite
def catalogs(draw: st.DrawFn) -> Catalogs:
    def some(generic: bool = False) -> list[dict[str, Any]]:
        count = draw(st.integers(0, 5))
        return [draw(services(number, generic)) for number in range(count)]

    own, near = some(), some()
    for service in own:
        service["districts"] = draw(st.sampled_from([[], [], ["Nord"], ["Sør"]]))
    for service in near:
        service["service_area"] = [HERE]
    made = [
        _catalog(own, municipality=HERE, name="Stange", districts=["Nord", "Sør"]),
        _catalog(near, municipality=NEIGHBOUR, name="Hamar"),
        _catalog(some(generic=True), scope="national", name="Hele landet"),
    ]
    return Catalogs(made)


def _catalog(some: list[dict[str, Any]], **known: Any) -> Catalog:
    return Catalog.parse_obj({"find_more": BOTH, "services": some, **known})


wishes = st.sets(st.sampled_from(["chat", "phone", "meet", "drop_in", "no_parents", "anonymous"]))
queries = st.builds(
    Query,
    level=st.sampled_from(LEVELS),
    now=st.sampled_from([NOW, NOW + timedelta(hours=12), NOW + timedelta(days=4)]),
    place=st.sampled_from([HERE, HERE, HERE, "1804", None]),
    bydel=st.sampled_from([None, "Nord"]),
    themes=st.lists(st.sampled_from(THEMES[:5]), max_size=2),
    age=st.none() | st.integers(10, 25),
    prefers=wishes.map(frozenset),
    home_danger=st.booleans(),
    language=st.sampled_from(["nb", "nn"]),
    exclude=st.sets(st.sampled_from([f"{HERE}-s0", f"{HERE}-s1", "national-s0"])),
    types=st.just(()),
)


def offers(made: Catalogs, found: Found) -> list[tuple[Match, Offer]]:
    pairs = [(match, made.offer(match.card.id)) for match in found.matches]
    return [(match, offer) for match, offer in pairs if offer is not None]


@settings(max_examples=80, deadline=None)
@given(catalogs(), queries)
def test_who_is_never_shown_what(made: Catalogs, query: Query) -> None:
    found = find(query, made)
    assert len(offers(made, found)) == len(found.matches) <= 4
    day = in_oslo(query.now).date()
    for match, offer in offers(made, found):
        service = offer.service
        assert service.fits_age(query.age)
        assert service.type not in NEVER_A_DOOR
        assert offer.id not in query.exclude
        if query.level in GRAVE:
            assert service.generic or not is_stale(service, day)
        if query.home_danger or "no_parents" in query.prefers:
            assert service.parents in ("not_involved", "your_choice")
        if query.bydel and service.districts:
            assert query.bydel in service.districts
        assert not any(alert.closed and alert.holds(day) for alert in service.alerts)
        assert match.stale == is_stale(service, day)
        assert match.step in STEPS


@settings(max_examples=80, deadline=None)
@given(catalogs(), queries)
def test_where_nothing_fits_it_is_said_with_something_to_do(made: Catalogs, query: Query) -> None:
    found = find(query, made)
    own = [
        match for match, _ in offers(made, found) if match.step not in ("everywhere", "national")
    ]
    if not own:
        assert found.honest
    if not found.matches:
        told = " ".join(found.honest)
        adult = query.age is not None and query.age >= 18
        assert ("116 123" if adult else "116 111") in told
        assert "Her er det som ligger" not in told and len(found.honest) >= 2
    for text in found.honest:
        assert all(len(sentence.split()) <= 20 for sentence in sentences(text)), text
    has_level = [
        match
        for match, offer in offers(made, found)
        if match.step in STEPS[:3] and query.level in offer.service.levels
    ]
    assert not (found.gap and has_level)


@settings(max_examples=40, deadline=None)
@given(catalogs(), queries)
def test_the_same_question_gets_the_same_answer(made: Catalogs, query: Query) -> None:
    again = Catalogs(reversed(list(made.all.values())))
    assert find(query, made) == find(query, made) == find(query, again)


@settings(max_examples=80, deadline=None)
@given(services(0), queries, st.permutations([0, 1, 2]))
def test_of_equals_the_nearer_comes_first(
    twin: dict[str, Any], query: Query, order: list[int]
) -> None:
    """The same service in the bydel, in the municipality, at a neighbour and for the country."""
    twin |= {"alerts": [], "specialised": False, "parents": "your_choice"}
    ids = [f"s{number}" for number in order]
    own = [twin | {"id": ids[0], "districts": ["Nord"]}, twin | {"id": ids[1]}]
    near = [twin | {"id": ids[2], "service_area": [HERE]}]
    made = Catalogs(
        [
            _catalog(own, municipality=HERE, name="Stange", districts=["Nord"]),
            _catalog(near, municipality=NEIGHBOUR, name="Hamar"),
            _catalog([twin], scope="national", name="Hele landet"),
        ]
    )
    asked = {name: getattr(query, name) for name in query.__dataclass_fields__}
    asked |= {"place": HERE, "bydel": "Nord", "exclude": (), "types": (twin["type"],)}
    steps = [STEPS.index(match.step) for match in find(Query(**asked), made).matches]
    assert steps == sorted(steps)
