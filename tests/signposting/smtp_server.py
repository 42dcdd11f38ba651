"""A mail server for tests, on a free port of this machine, that can misbehave in each way that real ones do."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Manners:
    """What the server answers, and when it hangs up without a word. ``messages`` is what it took."""

    greeting: bytes = b"220 mail.example ready"
    sender: bytes = b"250 OK"
    recipient: bytes = b"250 OK"
    message: bytes = b"250 OK"
    hangs_up_after_message: bool = False
    is_silent: bool = False
    recipients: list[str] = field(default_factory=list)
    messages: list[bytes] = field(default_factory=list)
    connections: int = 0
    let_go: threading.Event = field(default_factory=threading.Event)
    """A silent server answers once this is set."""
    reached: threading.Event = field(default_factory=threading.Event)


class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        manners = self.server.manners
        manners.connections += 1
        manners.reached.set()
        if manners.is_silent:
            manners.let_go.wait(timeout=20)
        self.say(manners.greeting)
        while line := self.rfile.readline():
            command = line.strip().upper()
            if command.startswith(b"QUIT"):
                self.say(b"221 bye")
                return
            if command == b"DATA":
                self.say(b"354 go on")
                message = self.message()
                if manners.message.startswith(b"250"):
                    manners.messages.append(message)
                if manners.hangs_up_after_message:
                    return
                self.say(manners.message)
            elif command.startswith(b"MAIL"):
                self.say(manners.sender)
            elif command.startswith(b"RCPT"):
                manners.recipients.append(line.partition(b"<")[2].partition(b">")[0].decode())
                self.say(manners.recipient)
            else:
                self.say(b"250 mail.example")

    def say(self, answer: bytes) -> None:
        with suppress(OSError):  # the client has given up, as it should with a server this slow
            self.wfile.write(answer + b"\r\n")

    def message(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def running(manners: Manners) -> Iterator[int]:
    """Run a server with these manners, and give its port."""
    with Server(("127.0.0.1", 0), Conversation) as server:
        server.manners = manners
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            manners.let_go.set()
            server.shutdown()
            thread.join()
