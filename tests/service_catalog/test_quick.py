"""What is built quickly is what pydantic would have built; what it refuses is left to it."""

from __future__ import annotations

import copy
import inspect
import pickle
import random
from pathlib import Path
from typing import Any, Optional

import pytest
import yaml
from hypothesis import given, settings
from pydantic import ValidationError, root_validator

from service_catalog.load import FOLDER
from service_catalog.quick import Doubtful, _model, build
from service_catalog.schema import Catalog, Service
from service_catalog.text import Part
from service_catalog.yaml_file import parse
from tests.service_catalog.exchange.every_field import any_catalog
from tests.service_catalog.fuzz import WRONG, every_place, full

SHIPPED = sorted(FOLDER.glob("*.yml"))


def by_pydantic(data: Any) -> Optional[Catalog]:
    try:
        return Catalog.parse_obj(data)
    except ValidationError:
        return None


def quickly(data: Any) -> Optional[Catalog]:
    try:
        return build(data)
    except Doubtful:
        return None


def same(one: Catalog, other: Catalog) -> bool:
    """Say whether two catalogs are equal to the order and kind of every value."""
    return one == other and repr(one) == repr(other) and one.__fields_set__ == other.__fields_set__


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_what_we_ship_is_built_quickly(path: Path) -> None:
    data = parse(path.read_bytes()).data
    assert same(build(data), Catalog.parse_obj(data))


def test_a_catalog_with_every_field_is_built_quickly() -> None:
    assert same(build(full()), Catalog.parse_obj(full()))


@settings(max_examples=60, deadline=None)
@given(any_catalog())
def test_any_catalog_comes_out_the_same(catalog: Catalog) -> None:
    data = yaml.safe_load(catalog.json(exclude_unset=True))
    assert same(build(data), Catalog.parse_obj(data))


def changed(data: Any, where: tuple[Any, ...], value: Any) -> Any:
    """Return a copy of `data` with `value` at `where`."""
    made = copy.deepcopy(data)
    holder = made
    for key in where[:-1]:
        holder = holder[key]
    holder[where[-1]] = value
    return made


def test_nothing_comes_through_that_pydantic_refuses() -> None:
    """One wrong value in every place, another one in each."""
    data, chance = full(), random.Random(4)
    for where in [*every_place(data)][1:]:
        for wrong in chance.sample(WRONG, 8):
            spoilt = changed(data, where, wrong)
            quick, slow = quickly(spoilt), by_pydantic(spoilt)
            assert quick is None or (slow is not None and same(quick, slow)), (where, wrong)


def test_every_needed_field_is_needed_and_no_other_is_allowed() -> None:
    data = full()
    for where in [*every_place(data)][1:]:
        spoilt = copy.deepcopy(data)
        holder = spoilt
        for key in where[:-1]:
            holder = holder[key]
        del holder[where[-1]]
        assert (quickly(spoilt) is None) == (by_pydantic(spoilt) is None), where
        if isinstance(holder, dict):
            holder["ukjent"] = "x"
            assert quickly(spoilt) is None, where


@pytest.mark.parametrize("data", [None, [], "x", {}, 7, {"services": None}])
def test_what_is_no_catalog_at_all_is_left_to_pydantic(data: Any) -> None:
    with pytest.raises(Doubtful):
        build(data)


def test_a_rule_for_a_whole_part_is_left_to_pydantic() -> None:
    class Ruled(Part):
        low: str
        high: str

        @root_validator
        def _order(cls, values: dict[str, Any]) -> dict[str, Any]:
            if values["high"] < values["low"]:
                raise ValueError("the other way round")
            return values

    take = _model(Ruled)
    assert take({"low": "a", "high": "b"}) == Ruled(low="a", high="b")
    with pytest.raises(ValidationError):
        take({"low": "b", "high": "a"})


def test_the_parts_have_no_setting_that_is_not_minded() -> None:
    """A setting added to Part must be minded in service_catalog/quick.py, then written here."""
    named = {name for name in vars(Part.Config) if not name.startswith("_")}
    assert named == {"extra", "anystr_strip_whitespace", "allow_mutation"}


def test_no_rule_for_one_field_looks_at_the_others() -> None:
    """It would be shown none of them: such a rule belongs in service_catalog/checking/."""
    models = [*Part.__subclasses__()]
    assert Service in models
    for model in models:
        for field in model.__fields__.values():
            for rule in field.class_validators.values():
                assert not {"values", "kwargs"} & inspect.signature(rule.func).parameters.keys()


def test_what_a_reader_sends_comes_out_the_same() -> None:
    sent = Catalog.parse_obj(full())
    taken = pickle.loads(pickle.dumps(sent))
    assert taken == sent and repr(taken) == repr(sent)
    assert taken.copy(update={"name": "Et annet"}).name == "Et annet"
    with pytest.raises(TypeError):
        taken.name = "Et annet"


def test_a_copy_is_a_thing_of_its_own() -> None:
    first = Catalog.parse_obj(full())
    assert copy.copy(first).__dict__ is not first.__dict__
