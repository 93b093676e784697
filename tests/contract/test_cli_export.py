"""``export`` and ``scalars`` on the command line, on a store that the test fills."""

import json

import pytest
from click.testing import CliRunner

from playground.cli import main
from playground.cli.export import export, scalars
from playground.engine.asked import Asking
from playground.engine.export_files import export_path
from playground.runs import open_store
from playground.runs.scalars import HEAD
from playground.settings import settings
from tests.contract.test_scalars import told

FORM = {"form": "keras", "files": ["model.keras"], "tolerance": 1e-5, "versions": {}, "note": "", "difference": 1e-7}


@pytest.fixture
def store(home):
    return open_store(settings())


@pytest.fixture
def job_ends(store, monkeypatch):
    """Has the job that is asked for end at once: with this result, or with an error."""
    asked = []

    def ends(result=None, error=None):
        def submit(asking, client):
            asked.append(asking)
            job_id = store.jobs.create(asking.kind, asking.key, asking.args, "local")
            store.jobs.end(job_id, "failed" if error else "finished", result=result, error=error)
            path = export_path(settings(), asking.args["run"], asking.key)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"zip")
            return job_id

        monkeypatch.setattr(Asking, "submit", submit)
        return asked

    return ends


def test_a_run_comes_as_a_file(store, job_ends, tmp_path):
    run_id = told(store, "one", [0.5])
    asked = job_ends({"size": 3, "rows": 32, "forms": [{**FORM, "error": ""}]})
    to = tmp_path / "it.zip"
    done = CliRunner().invoke(export, [run_id, "--form", "tflite", "--form", "keras", "--to", str(to), "--json"])
    assert done.exit_code == 0, done.output
    assert to.read_bytes() == b"zip"
    assert json.loads(done.stdout)["file"] == str(to)
    assert json.loads(done.stdout)["forms"][0]["form"] == "keras"
    (asking,) = asked
    assert (list(asking.args["forms"]), asking.args["which"]) == (["keras", "tflite"], "best")


def test_without_a_form_it_is_keras_and_none_is_none(store, job_ends, tmp_path):
    run_id = told(store, "one", [0.5])
    asked = job_ends({"size": 3, "rows": 0, "forms": [{**FORM, "error": ""}]})
    done = CliRunner().invoke(export, [run_id, "--to", str(tmp_path / "it.zip")])
    assert "1e-07" in done.stdout
    assert list(asked[0].args["forms"]) == ["keras"]


def test_a_form_that_was_left_out_is_a_failure(store, job_ends, tmp_path):
    run_id = told(store, "one", [0.5])
    job_ends({"size": 3, "rows": 32, "forms": [{**FORM, "difference": None, "error": "It cannot be written so."}]})
    args = [run_id, "--to", str(tmp_path / "it.zip")]
    assert "left out" in CliRunner().invoke(export, args, standalone_mode=False).stdout
    assert CliRunner().invoke(export, args, standalone_mode=False).return_value == 1


def test_what_goes_wrong_is_one_line(store, job_ends, capsys):
    assert main(["export", "nosuchrun"]) == 2
    assert "There is no run 'nosuchrun'" in capsys.readouterr().err
    assert main(["scalars", "nosuchrun"]) == 2
    assert capsys.readouterr().out == ""
    job_ends(error="This run has kept no weights of its best epoch yet.")
    assert main(["export", told(store, "one", [0.5])]) == 2
    assert "kept no weights" in capsys.readouterr().err


def test_every_number_is_printed(store):
    first, second = told(store, "one", [0.5]), told(store, "two", [0.25])
    every = CliRunner().invoke(scalars, []).stdout.splitlines()
    assert every[0] == ",".join(HEAD)
    assert len(every) == 1 + 2 * 3
    assert CliRunner().invoke(scalars, [second, "--epochs"]).stdout.splitlines()[1:] == [
        f"{second},two,epoch,1,2,loss,0.25"
    ]
    assert first not in CliRunner().invoke(scalars, [second]).stdout
