"""A server of catalogs that does what servers do on bad days: a process of its own.

python -m tests.service_catalog.sources.catalog_server PORT FOLDER [CERTIFICATE KEY]

The first part of a path says how it behaves, the rest names a file of FOLDER. What it was asked
is added to FOLDER/asked.log, one line a request: path, status, If-None-Match.
"""

from __future__ import annotations

import hashlib
import ssl
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FOLDER = Path()


class Handler(BaseHTTPRequestHandler):
    """Answers by the first part of the path."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        behaviour, _, rest = self.path.partition("?")[0].strip("/").partition("/")
        getattr(self, f"_{behaviour}", self._missing)(rest)

    def _good(self, name: str) -> None:
        content = (FOLDER / name).read_bytes()
        etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == etag:
            self._say(304)
            return
        self._say(200, content, {"ETag": etag, "Content-Type": "application/yaml"})

    def _ill(self, name: str) -> None:
        """Fail twice, then be good."""
        if self._asked("/ill") < 2:
            self._say(503, b"busy")
        else:
            self._good(name)

    def _broken(self, name: str) -> None:
        self._say(500, b"<h1>secret-detail</h1>")

    def _huge(self, name: str) -> None:
        """Send without end, and without saying how much."""
        self._begin({"Content-Type": "application/yaml"})
        while True:
            self.wfile.write(b"# " + b"x" * 60_000 + b"\n")

    def _slow(self, name: str) -> None:
        self._begin({"Content-Type": "application/yaml"})
        while True:
            self.wfile.write(b"#\n")
            self.wfile.flush()
            time.sleep(0.05)

    def _slowhead(self, name: str) -> None:
        self._note(200)
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            self.wfile.write(b"X-Wait: on\r\n")
            self.wfile.flush()
            time.sleep(0.05)

    def _garbage(self, name: str) -> None:
        self._say(200, b"\x00\xff\xfe{[", {"Content-Type": "application/yaml"})

    def _page(self, name: str) -> None:
        self._say(200, b"<html>hi</html>", {"Content-Type": "text/html; charset=utf-8"})

    def _packed(self, name: str) -> None:
        told = {"Content-Type": "application/yaml", "Content-Encoding": "gzip"}
        self._say(200, b"\x1f\x8b", told)

    def _nohttp(self, name: str) -> None:
        self._note(0)
        self.wfile.write(b"hello there\r\n\r\n")
        self.close_connection = True

    def _half(self, name: str) -> None:
        self._say(200, b"a: 1", {"Content-Length": "400", "Content-Type": "application/yaml"})
        self.close_connection = True

    def _to(self, rest: str) -> None:
        """Redirect to what stands after /to/, with %s for :// and so on."""
        self._say(302, b"", {"Location": rest.replace("_", "/")})

    def _round(self, rest: str) -> None:
        self._say(302, b"", {"Location": f"/round/{len(rest)}x{rest}"})

    def _missing(self, rest: str) -> None:
        self._say(404, b"")

    def _say(
        self, status: int, content: bytes = b"", headers: dict[str, str] | None = None
    ) -> None:
        self._note(status)
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _begin(self, headers: dict[str, str]) -> None:
        self._note(200)
        self.send_response(200)
        for name, value in {**headers, "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()

    def _note(self, status: int) -> None:
        with (FOLDER / "asked.log").open("a") as file:
            file.write(f"{self.path} {status} {self.headers.get('If-None-Match', '-')}\n")

    def _asked(self, path: str) -> int:
        log = FOLDER / "asked.log"
        return log.read_text().count(path) if log.exists() else 0

    def log_message(self, *_: object) -> None:
        """Be quiet."""

    def handle(self) -> None:
        try:
            super().handle()
        except (OSError, ssl.SSLError):
            self.close_connection = True  # the other side has had enough


def main() -> None:
    global FOLDER
    port, FOLDER = int(sys.argv[1]), Path(sys.argv[2])
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    if len(sys.argv) > 3:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[3], sys.argv[4])
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
