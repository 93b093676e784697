"""A process kept ready by :class:`playground.engine.children.Spawning`: imports Keras, then waits to be assigned."""

import json
import socket
import sys

from playground.engine import preload, roles
from playground.settings import Settings


def main(descriptor: int) -> int:
    """Wait for an assignment on the socket ``descriptor`` and do it; returns the exit status."""
    preload.load()
    with socket.socket(fileno=descriptor) as control:
        data, descriptors, _, _ = socket.recv_fds(control, 65536, 8)
        if not data:
            return 0  # the host is gone
        length = int.from_bytes(data[:4], "little")
        data = data[4:]
        while len(data) < length:
            more = control.recv(65536)
            if not more:
                return 0
            data += more
    message = json.loads(data)
    settings = Settings(**message["settings"])
    return roles.play(roles.Assignment(**message["assignment"]), settings, list(descriptors))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
