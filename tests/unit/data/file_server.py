"""A server of the test's own that hands out files, whole, in parts, slowly, or only half of them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_BEGIN = "bytes="


@dataclass
class Asked:
    """One request: its path, the headers that matter, and how many bytes of the body were sent."""

    path: str
    range: str | None
    if_range: str | None
    sent: int = 0


@dataclass
class Files:
    """What the server hands out.

    Attributes:
        bodies: the file at each path.
        has_ranges: whether it can hand out a part of a file.
        tag: the ETag of every file, or empty.
        break_after: bytes after which each of the next answers breaks off, in order.
        status: what it answers with instead.
        headers: more headers of each answer.
        before_end: called before the last byte of an answer.
        asked: the requests so far.
    """

    url: str = ""
    bodies: dict[str, bytes] = field(default_factory=dict)
    has_ranges: bool = True
    tag: str = '"1"'
    break_after: list[int] = field(default_factory=list)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    before_end: Callable[[], object] = lambda: None
    asked: list[Asked] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    files: Files

    def do_GET(self) -> None:
        files = self.files
        asked = Asked(self.path, self.headers["Range"], self.headers["If-Range"])
        files.asked.append(asked)
        whole = files.bodies.get(self.path)
        if whole is None or files.status != 200:
            self.send_error(404 if whole is None else files.status)
            return
        start = 0
        if files.has_ranges and asked.range and asked.if_range in (None, files.tag):
            start = int(asked.range.removeprefix(_BEGIN).rstrip("-"))
        if start >= len(whole) > 0:
            self.send_error(416)
            return
        body = whole[start:]
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(whole) - 1}/{len(whole)}")
        if files.tag:
            self.send_header("ETag", files.tag)
        for name, value in {"Content-Length": str(len(body)), **files.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if files.break_after:
            body = body[: files.break_after.pop(0)]
        asked.sent = len(body)
        self.wfile.write(body[:-1])
        self.wfile.flush()
        files.before_end()
        self.wfile.write(body[-1:])

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[Files]:
    """A server on a free port of this machine; what it gives can be changed while it runs."""
    files = Files()
    handler = type("Handler", (_Handler,), {"files": files})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        files.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield files
        finally:
            server.shutdown()
            thread.join()
