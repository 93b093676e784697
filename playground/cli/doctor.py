"""``doctor`` and ``stop``: how this installation is, and the end of its host."""

import platform
import shutil
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import click

from playground import __version__
from playground.engine import address, slots
from playground.engine.client import Client
from playground.engine.errors import HostError
from playground.frame import dumps
from playground.runs import ENDED, STATES, open_store
from playground.settings import Settings, settings

_PACKAGES = ("keras", "tensorflow", "streamlit", "numpy", "pandas", "scikit-learn", "plotly", "sqlalchemy", "pydantic")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def doctor(as_json: bool) -> None:
    """Devices, versions, the store, free disk, and where data files can be put by hand."""
    found = _findings(settings())
    if as_json:
        click.echo(dumps(found))
        return
    for name, value in found.items():
        words = ", ".join(f"{key} {item}" for key, item in value.items()) if isinstance(value, dict) else value
        click.echo(f"{name:<14}{', '.join(words) if isinstance(words, list) else words}")


@click.command()
def stop() -> None:
    """End the host of this home; runs that are going on go on."""
    client = Client(settings())
    if not client.stop_host():
        click.echo("There is no host.")
        return
    open_states = set(STATES) - ENDED - {"queued"}
    going = open_store(client.settings).runs.count(states_in=open_states)
    click.echo("The host has ended." + (f" {going} runs go on by themselves." if going else ""))


def _findings(configured: Settings) -> dict[str, Any]:
    store = open_store(configured)
    configured.datasets_dir.mkdir(parents=True, exist_ok=True)
    try:
        reply = Client(configured).ping()
        host = "none" if reply is None else f"ready, pid {reply['pid']}, starts by {reply['start']}"
    except HostError as error:
        host = str(error)
    free = set(slots.free(configured))
    return {
        "version": __version__,
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in _PACKAGES},
        "devices": sorted({slot.device for slot in slots.slots(configured)}),
        "slots": {slot.name: "free" if slot.name in free else "taken" for slot in slots.slots(configured)},
        "home": str(configured.home),
        "store": str(store.engine.url.render_as_string(hide_password=True)),
        "runs": store.runs.count(),
        "free_disk_gb": round(shutil.disk_usage(configured.home).free / 1e9, 1),
        "datasets_dir": str(configured.datasets_dir),
        "host": host,
        "host_log": str(address.log_path(configured)),
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"
