"""Webhook and e-mail against real servers: what leaves, when it is tried again, what is logged."""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Iterator

import pytest

from bot.handoff.channels import Channels
from bot.handoff.duty import Duty
from bot.handoff.errors import NotSent
from bot.handoff.mail import Mail, Smtp
from bot.handoff.notice import Notice
from bot.handoff.try_alerts import try_all
from bot.handoff.webhook import Webhook, signature
from bot.settings import section
from tests.bot.handoff.conftest import free_port
from tests.bot.handoff.receivers import Receiver, certificate, receiver
from tests.bot.handoff.sinks import PASSWORD, USER

SECRET = "et langt nok geheimnis"
NOTICE = Notice(
    alert="abc123",
    municipality="9999",
    place="Eksempelvik",
    urgency="acute",
    minutes=2,
    level="duty",
    console="https://chat.eksempelvik.example/staff/",
)
TO = "ingrid@eksempelvik.example"


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Receiver]:
    with receiver("http", tmp_path_factory.mktemp("http")) as found:
        yield found


@pytest.fixture(autouse=True)
def _empty(http: Receiver) -> None:
    http.forget()


async def post(url: str, timeout: float = 5.0) -> None:
    webhook = Webhook(SECRET, timeout=timeout, pause=0.01)
    try:
        await webhook.send(NOTICE, url)
    finally:
        await webhook.close()


async def test_a_webhook_says_this_and_no_more(http: Receiver) -> None:
    await post(f"{http.url}/ok")
    (got,) = http.got()
    assert json.loads(got["body"]) == {
        "alert": "abc123",
        "municipality": "9999",
        "place": "Eksempelvik",
        "urgency": "acute",
        "minutes": 2,
        "level": "duty",
        "console": "https://chat.eksempelvik.example/staff/",
        "trial": False,
    }


async def test_a_webhook_is_signed_with_its_time(http: Receiver) -> None:
    await post(f"{http.url}/ok")
    (got,) = http.got()
    at, body = got["headers"]["x-ungveiviser-timestamp"], got["body"].encode()
    assert got["headers"]["x-ungveiviser-signature"] == (
        f"sha256={signature(SECRET.encode(), at, body)}"
    )
    assert signature(b"another secret", at, body) != signature(SECRET.encode(), at, body)
    assert signature(SECRET.encode(), "0", body) != signature(SECRET.encode(), at, body)


async def test_what_may_pass_is_tried_again(http: Receiver) -> None:
    await post(f"{http.url}/flaky/2")
    assert len(http.got()) == 3


@pytest.mark.parametrize(
    ("path", "kind", "tries"),
    [
        ("status/500", "HTTP 500", 3),
        ("status/429", "HTTP 429", 3),
        ("status/401", "HTTP 401", 1),
        ("redirect", "HTTP 307", 1),  # a secret in an address must not be carried elsewhere
    ],
)
async def test_what_does_not_arrive_is_told(
    http: Receiver, path: str, kind: str, tries: int
) -> None:
    with pytest.raises(NotSent, match=kind):
        await post(f"{http.url}/{path}")
    assert len(http.got()) == tries


async def test_who_does_not_answer_is_not_waited_for(http: Receiver) -> None:
    with pytest.raises(NotSent, match="ReadTimeout"):
        await post(f"{http.url}/stuck/9", timeout=0.2)


async def test_nobody_listens_and_nothing_secret_is_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(NotSent) as caught:
        await post(f"http://127.0.0.1:{free_port()}/hemmelig-sti")
    assert "hemmelig" not in str(caught.value) and caught.value.__cause__ is None
    ours = [r.getMessage() for r in caplog.records if r.name.startswith("bot")]
    assert "hemmelig" not in str(ours)


async def test_an_e_mail_says_this_and_no_more(tmp_path) -> None:
    with receiver("smtp", tmp_path) as box:
        smtp = Smtp("127.0.0.1", box.port, "bot@eksempelvik.example", starttls=False)
        await Mail(smtp, pause=0.01).send(NOTICE, TO)
        (got,) = box.got()
    assert got["to"] == [TO] and got["sender"] == "bot@eksempelvik.example"
    head, _, body = got["text"].replace("\r\n", "\n").partition("\n\n")
    assert "Subject: Ungveiviser: en samtale venter (akutt)" in head
    assert "Message-ID: <abc123@eksempelvik.example>" in head
    assert body.strip().split("\n") == [
        "En samtale i Eksempelvik venter på et menneske.",
        "Hastegrad: akutt. Ventet i 2 min.",
        "Logg inn for å ta den: https://chat.eksempelvik.example/staff/",
    ]


async def test_an_e_mail_goes_encrypted_to_a_server_that_can_be_trusted(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = certificate(tmp_path)
    with receiver("smtp", tmp_path, *map(str, files)) as box:
        smtp = Smtp("localhost", box.port, "bot@eksempelvik.example", USER, PASSWORD)
        with pytest.raises(NotSent, match="SSLCertVerificationError"):
            await Mail(smtp, pause=0.01).send(NOTICE, TO)
        monkeypatch.setenv("SSL_CERT_FILE", str(files[0]))
        await Mail(smtp, pause=0.01).send(NOTICE, TO)
        (got,) = box.got()
    assert got["encrypted"] and got["user"] == USER


async def test_a_wrong_password_is_not_tried_again_and_not_told(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(files[0]))
    with receiver("smtp", tmp_path, *map(str, files)) as box:
        smtp = Smtp("localhost", box.port, "bot@eksempelvik.example", USER, "feil-postord")
        with pytest.raises(NotSent) as caught:
            await Mail(smtp, pause=0.01).send(NOTICE, TO)
    assert str(caught.value) == "SMTPAuthenticationError 535" and caught.value.final
    assert "feil-postord" not in repr(smtp)


async def test_a_server_without_encryption_gets_nothing(tmp_path) -> None:
    with receiver("smtp", tmp_path) as box:
        smtp = Smtp("127.0.0.1", box.port, "bot@eksempelvik.example")
        with pytest.raises(NotSent, match="SMTPNotSupportedError"):
            await Mail(smtp, pause=0.01).send(NOTICE, TO)
        assert box.got() == []


async def test_a_full_mailbox_is_told_without_its_address(tmp_path) -> None:
    with receiver("smtp", tmp_path) as box:
        smtp = Smtp("127.0.0.1", box.port, "bot@eksempelvik.example", starttls=False)
        with pytest.raises(NotSent) as caught:
            await Mail(smtp, pause=0.01).send(NOTICE, "full@eksempelvik.example")
    assert str(caught.value) == "SMTPRecipientsRefused"


def test_the_backup_is_told_why() -> None:
    text = Notice(**{**NOTICE.as_json(), "level": "backup"}).text  # type: ignore[arg-type]
    assert "bakvakt" in text and "ingen har tatt saken" in text


async def test_a_trial_goes_to_everybody_and_says_that_nobody_waits(
    http: Receiver, tmp_path, capsys: pytest.CaptureFixture[str]
) -> None:
    values = copy.deepcopy(section("handoff"))
    place = values["municipalities"]["9999"]
    place["webhook"], place["backup"]["webhook"] = f"{http.url}/status/404", f"{http.url}/ok"
    with receiver("smtp", tmp_path) as box:
        place["roster"][0]["email"] = TO
        smtp = Smtp("127.0.0.1", box.port, "bot@eksempelvik.example", starttls=False)
        senders = {"webhook": Webhook(SECRET, pause=0.01), "email": Mail(smtp)}
        lost = await try_all(Duty.read(values), Channels(senders, NOTICE.console))
        (letter,) = box.got()
    assert lost == 1 and capsys.readouterr().out.splitlines() == [
        "9999 Eksempelvik: webhook: did not arrive (HTTP 404)",
        "9999 Ingrid: email: arrived",
        "9999 Solveig: webhook: arrived",
    ]
    assert all(json.loads(got["body"])["trial"] is True for got in http.got())
    assert "Ingen venter" in letter["text"] and "hastegrad" not in letter["text"].lower()
