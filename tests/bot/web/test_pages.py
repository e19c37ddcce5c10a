"""What the pages are made of: texts, contacts, settings, and the files that need no server."""

from __future__ import annotations

import re

import pytest
import yaml
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot import settings
from bot.texts import FOLDER, all_texts
from bot.web import pages, static_files
from bot.web.contacts import card, contacts
from bot.web.pages import STATIC, leave_url, page_config, page_texts, routes

SCRIPTS = sorted((STATIC / "app").glob("*.js"))
STYLES = sorted((STATIC / "css").glob("*.css"))
TEMPLATES = sorted((pages.FOLDER / "templates").glob("*.html"))
OWN_TEXTS = yaml.safe_load((FOLDER / "page.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=routes()))


def test_files_that_need_no_server_are_as_the_texts_say_now():
    again = "run `python -m bot.web.static_files`"
    assert static_files.EMERGENCY.read_text("utf-8") == static_files.emergency_page(), again
    assert static_files.WIDGET.read_text("utf-8") == static_files.widget_script(), again


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_sentence_is_short(language):
    for key, text in page_texts(language).items():
        assert len(text) <= 300, key
        for sentence in re.split(r"(?<=[.!?])\s", text):
            assert len(sentence.split()) <= 20, f"{key}: {sentence}"


def test_both_languages_say_the_same_things():
    assert page_texts("nb").keys() == page_texts("nn").keys()
    for key, entry in OWN_TEXTS.items():
        holes = [re.findall(r"\{\w+\}", entry[language]) for language in ("nb", "nn")]
        assert holes[0] == holes[1], key
        assert entry["review"], key


def test_nynorsk_has_no_bokmal_in_it():
    bokmal = re.compile(
        r"\b(jeg|ikke|hva|hvor|noe|noen|bare|fra|hjemme|også|trenger|være|få kontakt)\b"
    )
    for key, entry in OWN_TEXTS.items():
        assert not bokmal.search(entry["nn"].lower()), f"{key}: {entry['nn']}"


def test_every_text_that_is_used_exists_and_every_one_that_exists_is_used():
    sources = [path.read_text("utf-8") for path in (*SCRIPTS, *TEMPLATES)]
    sources.append((pages.FOLDER / "static_files.py").read_text("utf-8"))
    whole = "\n".join(sources)
    for key in OWN_TEXTS:
        name = key.removeprefix("page.")
        stem = name.rsplit(".", 1)[0]
        used = f'"{name}"' in whole or f"`{stem}.${{" in whole or stem == "widget"
        assert used, f"{key} is used nowhere"
    known = page_texts("nb")
    for name in re.findall(r'(?:say\(|data-(?:text|label|placeholder)=)"([\w.]+)"', whole):
        assert name in known, f"{name} stands in no text file"


def test_no_known_number_is_a_fictional_one():
    assert all(not number.startswith("00") for number in contacts().phones)
    assert {"113", "112", "110", "116 117", "116 111", "116 123", "02800"} <= set(contacts().phones)
    assert [row.number for row in card("nn")][:2] == ["113", "112"]


def test_a_fictional_number_among_the_known_is_refused(tmp_path, monkeypatch):
    (tmp_path / "contacts.yml").write_text("phones: ['00 12 34 56']\nsites: []\n")
    monkeypatch.setattr("bot.web.contacts.FILE", tmp_path / "contacts.yml")
    contacts.cache_clear()
    with pytest.raises(ValueError, match="00 12 34 56"):
        contacts()
    contacts.cache_clear()


def test_every_number_that_the_bot_says_can_be_tapped():
    known = {number.replace(" ", "") for number in contacts().phones}
    for key, entry in all_texts().items():
        for language in ("nb", "nn"):
            said = re.findall(
                r"\b1\d{2} \d{3}\b|\b11[023]\b|\b\d{2} \d{2} \d{2} \d{2}\b", entry[language]
            )
            for number in said:
                assert number.startswith("00") or number.replace(" ", "") in known, (
                    f"{key}: {number}"
                )


@pytest.mark.parametrize(
    "bad", ["", "http://yr.no", "javascript:alert(1)", "/", 'https://a"b', "https://a b"]
)
def test_a_way_out_that_leads_nowhere_is_refused(bad):
    with pytest.raises(settings.BadSetting, match="leave_url"):
        leave_url({"leave_url": bad})


def test_the_way_out_is_a_setting():
    assert leave_url({"leave_url": "https://nrk.no/"}) == "https://nrk.no/"
    assert page_config()["leaveUrl"] == settings.section("page")["leave_url"]


def test_pages_hold_no_inline_script_or_style(client):
    for path in ("/", "/embed", "/static/emergency.html"):
        html = client.get(path).text
        assert not re.search(r"<script(?![^>]*(src=|application/json))", html), path
        assert not re.search(r"<style|\sstyle=|\son\w+=", html), path


def test_what_a_query_says_wrongly_is_passed_over(client):
    html = client.get("/embed", params={"language": "<x>", "municipality": '"99'}).text
    assert '"municipality": null' in html
    assert '<html lang="nb">' in html
    right = client.get("/embed", params={"language": "nn", "municipality": "9999"}).text
    assert '"municipality": "9999"' in right
    assert '<html lang="nn">' in right


def test_the_page_asks_for_every_script_there_is(client):
    html = client.get("/").text
    for script in SCRIPTS:
        assert f"/static/app/{script.name}" in html, script.name
        assert client.get(f"/static/app/{script.name}").status_code == 200


def test_the_demo_banner_goes_when_the_setting_says_so(client, monkeypatch):
    assert 'class="demo"' in client.get("/").text
    real = settings.section
    monkeypatch.setattr(
        settings, "section", lambda name: {"demo": False} if name == "bot" else real(name)
    )
    assert 'class="demo"' not in client.get("/").text


@pytest.mark.parametrize("path", [*SCRIPTS, STATIC / "widget.js"], ids=lambda path: path.name)
def test_scripts_never_make_markup_of_words(path):
    text = path.read_text("utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text)
    assert not re.search(r"localStorage|document\.cookie|indexedDB", text)


@pytest.mark.parametrize("path", [*SCRIPTS, *STYLES], ids=lambda path: path.name)
def test_nothing_is_fetched_from_elsewhere(path):
    addresses = re.findall(r"https?://[\w.]+", path.read_text("utf-8"))
    assert [one for one in addresses if one != "https://"] == []


def test_the_widget_may_be_kept_and_is_a_script(client):
    answer = client.get("/widget.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "max-age" in answer.headers["cache-control"]


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_page_on_privacy_says_the_times_of_the_settings(client, language):
    html = client.get("/personvern", params={"language": language}).text
    assert f'<html lang="{language}">' in html
    for said in ("24 tim", "30 dag", "7 dag", "365 dag", "15 minutt"):
        assert said in html, said
    assert "<script" not in html and "style=" not in html


def test_the_page_on_privacy_says_what_a_municipality_has_set(client, monkeypatch):
    real = settings.section
    values = dict(real("handoff"))
    place = {**values["municipalities"]["9999"]}
    place["keep"] = {"chat_hours": 48, "closed_days": 14, "reason": "Kommunens slettefrist <7>."}
    mine = {**values, "municipalities": {"9999": place}}
    for module in ("bot.keeping.kept", "bot.handoff.roster", "bot.handoff.duty"):
        monkeypatch.setattr(
            f"{module}.section", lambda name: mine if name == "handoff" else real(name)
        )
    html = client.get("/personvern", params={"municipality": "9999"}).text
    assert "slettet 48 timer" in html and "slettet 14 dager" in html
    assert "Kommunens slettefrist &lt;7&gt;." in html and "I Eksempelvik" in html
    html = client.get(
        "/personvern"
    ).text  # who has no place chosen sees the rule and its exceptions
    assert "slettet 24 timer" in html and "I Eksempelvik" in html
    assert "I Eksempelvik" not in client.get("/personvern?municipality=3413").text


def test_the_chat_leads_to_the_page_on_privacy_in_its_own_words(client):
    html = client.get("/", params={"language": "nn", "municipality": "9999"}).text
    assert 'href="/personvern?language=nn&amp;municipality=9999"' in html


def test_every_script_is_fetched_ahead_and_none_that_is_not_there(client):
    ahead = re.findall(r'modulepreload" href="/static/app/(\w+\.js)"', client.get("/").text)
    assert sorted([*ahead, "main.js"]) == [path.name for path in SCRIPTS]
