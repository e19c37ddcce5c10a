"""Starts and ends the server of catalogs for a test, with certificates of its own when asked."""

from __future__ import annotations

import datetime
import socket
import ssl
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class CatalogServer:
    """A server process; `folder` holds what it serves, `asked` what it was asked."""

    folder: Path
    certificate: tuple[Path, Path] | None = None
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> CatalogServer:
        if not self.port:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            [
                *(
                    sys.executable,
                    "-m",
                    "tests.service_catalog.sources.catalog_server",
                    str(self.port),
                ),
                *(str(self.folder), *map(str, self.certificate or ())),
            ],
            cwd=ROOT,
        )
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.02)
        raise RuntimeError("the server of catalogs did not start")

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http{'s' if self.certificate else ''}://{host}:{self.port}/{path}"

    @property
    def asked(self) -> list[list[str]]:
        """What it was asked: [path, status, If-None-Match]."""
        log = self.folder / "asked.log"
        return [line.split() for line in log.read_text().splitlines()] if log.exists() else []


def make_certificate(folder: Path, name: str) -> tuple[tuple[Path, Path], ssl.SSLContext]:
    """Return a certificate for `name` with its key (files), and a context that trusts it alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    written, secret = folder / "certificate.pem", folder / "key.pem"
    written.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return (written, secret), ssl.create_default_context(cafile=str(written))
