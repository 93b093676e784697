"""The engine's client, one for all sessions of this server."""

import functools

from playground.engine.client import Client
from playground.settings import Settings, settings

__all__ = ["client"]


def client() -> Client:
    """The client of this server's home; a host is started in the background where none is there.

    Called in every page run and at every tick, so that a run whose host has died gets a new one. Never blocks.
    """
    found = _client(settings())
    found.tend()
    return found


@functools.lru_cache(maxsize=16)  # by the settings, as the store is: equal settings mean one client
def _client(of: Settings) -> Client:
    return Client(of, keeps_connections=True)  # this process starts others, but never forks
