"""Starts the servers of `sinks` and reads what they got."""

from __future__ import annotations

import contextlib
import datetime
import ipaddress
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.bot.handoff.conftest import ROOT, free_port


class Receiver:
    """A server that keeps what it gets."""

    def __init__(self, port: int, file: Path) -> None:
        self.port = port
        self.file = file
        self.url = f"http://127.0.0.1:{port}"

    def got(self) -> list[dict[str, Any]]:
        lines = self.file.read_text("utf-8").splitlines() if self.file.exists() else []
        return [json.loads(line) for line in lines]

    def forget(self) -> None:
        self.file.unlink(missing_ok=True)


@contextlib.contextmanager
def receiver(kind: str, folder: Path, *more: str) -> Iterator[Receiver]:
    """Run a server of `sinks` until the block ends."""
    found = Receiver(free_port(), folder / f"{kind}.jsonl")
    command = [sys.executable, "-m", "tests.bot.handoff.sinks", kind, str(found.port)]
    process = subprocess.Popen([*command, str(found.file), *more], cwd=ROOT)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", found.port), 1):
            break
        assert process.poll() is None, f"the {kind} server did not start"
        time.sleep(0.05)
    try:
        yield found
    finally:
        process.terminate()
        process.wait(10)


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for localhost; return the files of it and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    start = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=1)
    hosts = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return files
