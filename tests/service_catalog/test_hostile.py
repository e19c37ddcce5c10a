"""Whatever stands in a file, and whatever it is: faults and warnings come out, and nothing else."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from service_catalog.checking.check import catalog_files, check_file, check_paths
from service_catalog.schema import Catalog
from tests.service_catalog import fuzz
from tests.service_catalog.fuzz import FULL, TODAY, WRONG, every_place, full, judge

Write = Callable[..., Path]
ROOT = Path(__file__).parent.parent.parent
ONE_GB = 1 << 30
DATA = full()
PLACES = list(every_place(DATA))


def fields(model: type[BaseModel], data: object) -> list[str]:
    """Return the fields of `model`, and of what it holds, that `data` has not."""
    if isinstance(data, list):
        data = data[0]
    assert isinstance(data, dict)
    missing = [f"{model.__name__}.{name}" for name in model.__fields__ if name not in data]
    for name, field in model.__fields__.items():
        if isinstance(field.type_, type) and issubclass(field.type_, BaseModel) and data.get(name):
            missing += fields(field.type_, data[name])
    return missing


def test_the_full_catalog_holds_every_field_and_is_sound(write: Write) -> None:
    named = [one for one in fields(Catalog, DATA) if one != "Name.nn"]
    assert named == []
    faults = check_file(write(FULL), TODAY).faults
    assert [*map(str, faults)] == []


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: ascii(wrong)[:30])
def test_any_value_anywhere(write: Write, wrong: object) -> None:
    path = write("")
    for where in PLACES:
        judge(path, fuzz.with_value(DATA, where, wrong))


@pytest.mark.parametrize("name", ["", "\u0000", "\ud800", "\u001b[2J", "a: b", "x" * 5000, "id "])
def test_a_field_may_be_called_anything(write: Write, name: str) -> None:
    path = write("")
    for where in [(), ("services", 0), ("services", 0, "name"), ("find_more",)]:
        assert judge(path, fuzz.with_key(DATA, where, name)) == "faulty"


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_no_damage_to_eksempelvik_breaks_anything(write: Write, seed: int) -> None:
    judge(write(""), fuzz.damage(random.Random(seed), fuzz.EKSEMPELVIK.read_bytes()))


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 60_000), st.binary(max_size=8)), min_size=1, max_size=5))
def test_no_bytes_put_into_eksempelvik_break_anything(
    write: Write, junk: list[tuple[int, bytes]]
) -> None:
    content = fuzz.EKSEMPELVIK.read_bytes()
    for at, piece in junk:
        content = content[:at] + piece + content[at + len(piece) :]
    judge(write(""), content)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("9" * 5000, "no whole number"),
        ("-" + "9" * 5000, "no whole number"),
        ("121", "out of range"),
        ("12.5", "no whole number"),
        ("1e3", "no whole number"),
    ],
)
def test_ages_beyond_all_measure(write: Write, small: str, value: str, words: str) -> None:
    (fault,) = check_file(write(small.replace("age: 12", f"age: {value}")), TODAY).faults
    assert words in fault.message and len(str(fault)) < 2000


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "2026-00-10", "20260501", "0000"])
def test_days_that_are_none(write: Write, small: str, day: str) -> None:
    (fault,) = check_file(write(small.replace("2026-05-01", day)), TODAY).faults
    assert fault.field.endswith("assured_date") and "2026-05-01" in fault.message


def test_whatever_is_called_a_catalog(tmp_path: Path, small: str) -> None:
    """In a folder what is no file is left; named, it is told."""
    (tmp_path / "folder.yml").mkdir()
    os.mkfifo(tmp_path / "pipe.yml")
    (tmp_path / "loop.yml").symlink_to(tmp_path / "loop.yml")
    (tmp_path / "zero.yml").symlink_to("/dev/zero")
    (tmp_path / "passwd.yml").symlink_to("/etc/passwd")
    (tmp_path / "gone.yml").symlink_to(tmp_path / "nothing")
    (tmp_path / "good.yml").write_text(small, "utf-8")
    assert catalog_files(tmp_path) == [tmp_path / "good.yml"]
    for name, words in (
        ("folder.yml", "holds no catalog"),
        ("pipe.yml", "no such file"),
        ("loop.yml", "no such file"),
        ("zero.yml", "no such file"),
        ("gone.yml", "no such file"),
    ):
        _, (fault,) = check_paths([tmp_path / name], TODAY)
        assert words in fault.message, name


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(write: Write, small: str) -> None:
    path = write(small)
    path.chmod(0)
    _, (fault,) = check_paths([path], TODAY)
    assert "permissions" in fault.message
    path.parent.chmod(0)
    try:
        _, (fault,) = check_paths([path.parent], TODAY)
        assert "no catalog" in fault.message
    finally:
        path.parent.chmod(0o700)


def hostile_folder(folder: Path) -> None:
    """Fill `folder` with what could fill the memory or take for ever."""
    laughs = ['a0: &a0 ["ha"]']
    laughs += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
    (folder / "laughs.yml").write_text("\n".join(laughs))
    (folder / "nested.yml").write_bytes(b"[" * 10_000 + b"]" * 10_000)
    (folder / "flow.yml").write_bytes(b"{a: " * 10_000)
    (folder / "wide.yml").write_bytes(b"a: [" + b"1," * 400_000 + b"]")
    (folder / "fields.yml").write_bytes(b"".join(b"f%d: 1\n" % i for i in range(60_000)))
    (folder / "keys.yml").write_bytes(b"x" * 900_000 + b": 1\n")
    (folder / "quotes.yml").write_bytes(b'"' * 900_000)
    (folder / "lines.yml").write_bytes(b"\n" * 900_000 + b"a: [")
    (folder / "tabs.yml").write_bytes(b"\t" * 900_000)
    (folder / "dashes.yml").write_bytes(b"- " * 400_000)
    (folder / "colons.yml").write_bytes(b": " * 400_000)
    (folder / "questions.yml").write_bytes(b"? " * 400_000)
    (folder / "number.yml").write_bytes(b'municipality: "3413"\nname: ' + b"9" * 900_000)
    (folder / "latin.yml").write_bytes("name: Tromsø".encode("latin-1"))
    (folder / "wide16.yml").write_bytes("name: Tromsø".encode("utf-16"))
    (folder / "nul.yml").write_bytes(b"name: a\x00b")
    (folder / "tag.yml").write_bytes(b"a: !!python/object/apply:os.system [id]")
    services = "".join(f"  - {{id: a{i}, levels: gul}}\n" for i in range(8000))
    (folder / "faulty.yml").write_text(f"services:\n{services}")
    with (folder / "huge.yml").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    (folder / os.fsdecode(b"na\xffme\n.yml")).write_text("a: [")


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ONE_GB, ONE_GB))
    resource.setrlimit(resource.RLIMIT_CPU, (90, 90))


def test_bombs_neither_fill_the_memory_nor_take_for_ever(tmp_path: Path) -> None:
    hostile_folder(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "service_catalog", "check", "--format", "json", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=_limit,
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr[-2000:]
    for path in tmp_path.iterdir():
        if path.name.isprintable():
            assert path.name in done.stdout, path.name
