"""The documents say what is there: settings, targets, commands, rooms."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("name", ["bot", "page", "levels", "handoff", "catalogs"])
def test_every_setting_is_described_and_no_other(name: str) -> None:
    settings = set(yaml.safe_load(text(f"settings/{name}.yml")))
    section = text("docs/settings.md").split(f"## settings/{name}.yml")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    described = {word for row in rows for word in re.findall(r"`(\w+)`", row)}
    assert described == settings


def test_every_variable_of_the_environment_is_described() -> None:
    read = set()
    for path in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "service_catalog").rglob("*.py")]:
        code = path.read_text("utf-8")
        read |= set(re.findall(r"UNGVEIVISER_[A-Z_]+[A-Z]", code))
        read |= {f"UNGVEIVISER_{name}" for name in re.findall(r'\benv\("([A-Z_]+)"', code)}
    described = set(re.findall(r"`([A-Z_]+)`", text("docs/settings.md")))
    assert read <= described, read - described


def test_every_target_of_the_makefile_is_in_make_help() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    for target in re.findall(r"`make ([a-z-]+)`", "\n".join(d.read_text() for d in DOCS)):
        assert f"make {target} " in shown.stdout, target


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(path: Path) -> None:
    rooms = "bot|docs|data|tests|settings|actions|service_catalog"
    named = re.findall(rf"`((?:{rooms})/[\w/.-]+)`", path.read_text())
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text())
    missing = [name for name in named if not (ROOT / name).exists()]
    missing += [link for link in links if not (path.parent / link).exists()]
    assert not missing


def test_every_module_that_a_document_runs_can_be_run() -> None:
    modules = set(re.findall(r"python -m ([a-z_.]+)", "\n".join(d.read_text() for d in DOCS)))
    for module in modules:
        base = ROOT / module.replace(".", "/")
        assert base.with_suffix(".py").exists() or (base / "__main__.py").exists(), module


def test_every_room_stands_in_the_architecture() -> None:
    rooms = {p.name for p in (ROOT / "bot").iterdir() if (p / "__init__.py").exists()}
    described = text("docs/architecture.md")
    assert {room for room in rooms if f"bot/{room}" not in described} == set()
