"""Pictures of datasets through the engine: asked for by a client, taken by a job, kept in the home."""

from collections.abc import Iterator

import pytest

from playground import catalog, data
from playground.data.statistics import PICTURES, Asked, kept_picture, offered
from playground.engine.client import Client
from playground.engine.pictures import submit_picture
from playground.runs import Job
from playground.specs import DatasetSpec
from playground.specs.first_dataset import first_dataset
from tests.faults.engine import engine, until

pytestmark = pytest.mark.contract

HERE = [entry for entry in catalog.entries("datasets") if data.SOURCES[entry.id].stamp is None]
KINDS = {entry.group: entry.id for entry in reversed(HERE)}
"""One dataset of each group of the catalogue that needs no download."""


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[Client]:
    with engine(tmp_path_factory.mktemp("engine")) as client:
        client.ensure_host()
        yield client


def ended(client: Client, job_id: str) -> Job:
    until(lambda: client.store.jobs.job(job_id).is_ended)
    return client.store.jobs.job(job_id)


@pytest.mark.parametrize("source", KINDS.values(), ids=list(KINDS))
def test_a_job_takes_every_picture_of_every_kind_of_dataset(source, client):
    dataset = first_dataset(source)
    asked = [
        Asked(picture=name, dataset=dataset, seed=0, theme="" if PICTURES[name].take else "dark")
        for name in offered(dataset, client.settings)
    ]
    assert asked
    jobs = [submit_picture(client, each) for each in asked]
    for job_id, each in zip(jobs, asked, strict=True):
        job = ended(client, job_id)
        assert (job.state, job.error, job.result) == ("finished", None, {"key": each.key})
        found = kept_picture(each, client.settings)
        assert found is not None
        assert bool(found.svg) == (each.picture in ("pairs", "correlation"))


def test_what_cannot_be_taken_is_said_in_words(client):
    gone = DatasetSpec(source="table", options={"file": "0" * 64})
    job = ended(client, submit_picture(client, Asked(picture="summary", dataset=gone, seed=0)))
    assert job.state == "failed"
    assert job.error is not None
    assert "not on this server" in job.error


def test_t_sne_that_is_cancelled_ends_and_keeps_nothing(client):
    asked = Asked(picture="map", dataset=first_dataset("digits"), seed=0, method="tsne")
    job_id = submit_picture(client, asked)
    client.store.jobs.cancel(job_id)
    assert ended(client, job_id).state == "cancelled"
    assert kept_picture(asked, client.settings) is None
