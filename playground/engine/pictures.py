"""Pictures of a dataset as a page asks for them."""

from playground.data.statistics import Asked
from playground.engine.client import Client


def submit_picture(client: Client, asked: Asked) -> str:
    """Ask for a picture; returns the id of the job that takes it.

    Raises:
        HostError: there is no engine.
    """
    client.ensure_host()
    args = {"asked": asked.model_dump(mode="json")}
    job_id = client.store.jobs.create("statistics", asked.key, args, client.settings.owner)
    client.wake()
    return job_id
