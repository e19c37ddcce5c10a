"""The pages, pictures and files of `python -m service_catalog coverage`."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from service_catalog.coverage.gaps import gaps
from service_catalog.coverage.pages import as_csv, cells_csv, gaps_csv, page, shown
from service_catalog.coverage.picture import draw
from tests.service_catalog.conftest import Make

ROOT = Path(__file__).parents[3]
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script> $x^2$ & co"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "service_catalog", "coverage", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_the_picture_is_well_formed_and_told_to_screen_readers(table: Make) -> None:
    made = table({}, name="A & B")
    root = ElementTree.fromstring(draw(made))
    title, about = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img" and title is not None and about is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {about.get('id')}"
    assert "A & B" in (title.text or "")
    for gap in gaps(made):
        assert gap.say() in (about.text or "")


def test_the_picture_shows_every_cell_by_sign_and_not_by_colour_alone(table: Make) -> None:
    words = re.findall(r"<text[^>]*>([^<]*)</text>", draw(table({}, {"levels": ["orange"]})))
    assert words.count("5/5") == 3 * 4  # open by day on three levels
    assert words.count("–") == 3 * 4 * 3  # closed in the evening, at night, in the weekend
    assert words.count("×") == 2 * 4 * 4  # red and dark red


def test_the_picture_fetches_nothing_and_is_the_same_each_time(table: Make) -> None:
    made = table({})
    drawn = draw(made)
    assert drawn == draw(made)
    assert "@font-face" not in drawn and "@import" not in drawn and "<script" not in drawn
    links = re.findall(r'(?:href|src)="([^"]*)"', drawn)
    assert all(link.startswith("#") for link in links)
    assert "prefers-color-scheme: dark" in drawn and "#010203" not in drawn


def test_the_page_says_in_words_what_the_picture_shows(table: Make) -> None:
    made = table({}, {"schedule": None})
    text = page(made, draw(made))
    for gap in gaps(made):
        assert gap.say() in text
    assert text.count('scope="row"') == 20 and text.count('scope="rowgroup"') == 5
    assert "åpent 5 av 5" in text and "vet ikke" in text and "ingen dør" in text
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text)


def test_names_cannot_break_out_of_the_page(table: Make) -> None:
    made = table({"name": {"nb": HOSTILE, "nn": HOSTILE}}, name=HOSTILE)
    text = page(made, draw(made))
    assert "<script" not in text and "&lt;script" in text


def test_rows_hold_every_cell_and_every_gap(table: Make) -> None:
    made = table({"maximum_age": 19}, {"assured_date": "2024"})
    cells = rows_of(cells_csv(made))
    assert len(cells) == 5 * 4 * 4
    (one,) = (
        row
        for row in cells
        if (row["level"], row["ages"], row["when"]) == ("green", "18-20", "day")
    )
    assert (one["state"], one["days_open"], one["doors_sure"]) == ("unknown", "0", "1")
    told = rows_of(gaps_csv(made))
    assert [row["sentence"] for row in told] == [gap.say() for gap in gaps(made)]


def test_a_name_is_no_formula_in_a_spreadsheet() -> None:
    rows = [["=1+1", "+47", "@SUM(A1)", "-1", "trygg; klokt", 3]]
    (row,) = csv.reader(io.StringIO(as_csv([], rows).removeprefix("\ufeff\r\n")), delimiter=";")
    assert row == ["'=1+1", "'+47", "'@SUM(A1)", "'-1", "trygg; klokt", "3"]


def test_lacking_ages_are_told_in_the_table(table: Make) -> None:
    levels = shown(table({"maximum_age": 19}))["levels"]
    assert levels[0][1][3]["lacking"] == "men ingen for 20 år"


def test_the_command_writes_a_page_a_picture_and_rows(tmp_path: Path) -> None:
    catalogs = ROOT / "service_catalog/catalogs"
    files = [catalogs / "9999-eksempelvik.yml", catalogs / "3413-stange.yml"]
    done = run(*files, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "3413 Stange" in done.stdout and "Ingen egen dør på nivå mørkerødt" in done.stdout
    names = {path.name for path in (tmp_path / "out").iterdir()}
    of_one = {f"coverage-3413{end}" for end in (".html", ".svg", "-cells.csv", "-gaps.csv")}
    assert names >= of_one | {"index.html", "coverage-9999.html"}
    index = (tmp_path / "out/index.html").read_text("utf-8")
    assert index.index("Stange") < index.index("Eksempelvik")  # who lacks most stands first
    for link in re.findall(r'href="([^"]+)"', index):
        assert (tmp_path / "out" / link).exists(), link


def test_the_command_speaks_nynorsk() -> None:
    done = run(ROOT / "service_catalog/catalogs/3413-stange.yml", "--language", "nn")
    assert "Inga eiga dør på nivå mørkeraudt" in done.stdout


@pytest.mark.parametrize(
    ("text", "words"),
    [("municipality: 1\n", "municipality"), (None, "no such file")],
)
def test_a_faulty_catalog_is_told_and_never_a_traceback(
    write: Callable[..., Path], tmp_path: Path, text: str | None, words: str
) -> None:
    path = write(text) if text else tmp_path / "nothing.yml"
    done = run(path)
    assert done.returncode == 1 and words in done.stderr and "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = run(ROOT / "service_catalog/catalogs/3413-stange.yml", "--out", tmp_path / "file")
    assert done.returncode == 1 and "cannot be written" in done.stderr
