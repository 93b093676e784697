"""Prepared arrays are there whole or not at all, also when processes are killed or meet."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from playground.data import ARRAYS, DataError, opened, prepare
from playground.data.scratch import sweep
from playground.specs import DatasetSpec, SplitSpec

ROOT = Path(__file__).resolve().parents[3]
SPEC = DatasetSpec(source="moons", options={"n_samples": 200})

# Prepares SPEC in a process of its own; stops before the last part until it is told to go on.
PREPARING = """
import sys
from pathlib import Path
from playground.data import prepare
from playground.settings import Settings
from playground.specs import DatasetSpec

def progress(fraction, message):
    if "test part" in message:
        print("waiting", flush=True)
        sys.stdin.readline()

settings = Settings(home=Path(sys.argv[1]))
print(prepare(DatasetSpec.model_validate_json(sys.argv[2]), 1, settings, progress).folder)
"""


def preparing(home: Path) -> subprocess.Popen[str]:
    """A process that has written part of the arrays and waits for a line."""
    command = [sys.executable, "-c", PREPARING, str(home), SPEC.model_dump_json()]
    process = subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == "waiting\n"
    return process


def test_nothing_is_open_before_it_is_prepared(server_settings):
    assert opened(SPEC, 1, server_settings) is None
    made = prepare(SPEC, 1, server_settings)
    assert opened(SPEC, 1, server_settings) == made
    assert opened(SPEC, 2, server_settings) is None
    assert made.folder == server_settings.prepared_dir / SPEC.prepared_key(1)
    assert {path.name for path in made.folder.iterdir()} == {"facts.json", *(f"{name}.npy" for name in ARRAYS)}


def test_the_second_time_nothing_is_written(server_settings):
    times = [
        {path.name: path.stat().st_mtime_ns for path in prepare(SPEC, 1, server_settings).folder.iterdir()}
        for _ in range(2)
    ]
    assert times[0] == times[1]


def test_arrays_are_mapped_and_read_only(server_settings):
    spec = SPEC.model_copy(update={"split": SplitSpec(kind="none")})
    prepared = prepare(spec, 1, server_settings)
    for name in ARRAYS:
        array = prepared.array(name)
        assert isinstance(array, np.memmap) == ("validation" not in name)
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    assert prepared.array("x_validation").shape == (0, 2)
    with pytest.raises(DataError, match="Did you mean x_train"):
        prepared.array("x_training")
    (prepared.folder / "x_test.npy").unlink()
    with pytest.raises(DataError, match="Prepare the data again"):
        prepared.array("x_test")


def test_progress_grows_to_one(server_settings):
    told = []
    prepare(SPEC, 1, server_settings, lambda fraction, message: told.append((fraction, message)))
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0, 1)
    assert all(message for _, message in told)


def test_whoever_watches_can_cancel(server_settings):
    class CancelledError(Exception):
        pass

    def cancel(fraction, message):
        if fraction > 0.7:
            raise CancelledError

    with pytest.raises(CancelledError):
        prepare(SPEC, 1, server_settings, cancel)
    assert list(server_settings.prepared_dir.iterdir()) == []


def test_a_killed_process_leaves_nothing_that_can_be_opened(server_settings):
    process = preparing(server_settings.home)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    (left,) = server_settings.prepared_dir.iterdir()
    assert left.name.startswith(".")
    assert opened(SPEC, 1, server_settings) is None

    made = prepare(SPEC, 1, server_settings)
    assert made.array("x_test").shape == (30, 2)
    assert left.exists()  # it could still belong to a living process

    os.utime(left, (0, 0))
    sweep(server_settings.prepared_dir)
    assert list(server_settings.prepared_dir.iterdir()) == [made.folder]


def test_two_processes_prepare_the_same(server_settings):
    processes = [preparing(server_settings.home) for _ in range(2)]
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    answers = {process.communicate()[0].strip() for process in processes}
    assert [process.returncode for process in processes] == [0, 0]
    folder = server_settings.prepared_dir / SPEC.prepared_key(1)
    assert answers == {str(folder)}
    assert list(server_settings.prepared_dir.iterdir()) == [folder]
    assert opened(SPEC, 1, server_settings).array("x_train").shape == (140, 2)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(None, id="absent"),
        pytest.param("{", id="cut off"),
        pytest.param("[]", id="no object"),
        pytest.param("{}", id="empty"),
        pytest.param('{"version": 1, "stamp": null, "task": "binary"}', id="incomplete"),
        pytest.param(json.dumps({"version": 0, "stamp": None}), id="another version"),
    ],
)
def test_a_folder_without_good_facts_is_made_anew(text, server_settings):
    made = prepare(SPEC, 1, server_settings)
    facts = made.folder / "facts.json"
    if text is None:
        facts.unlink()
    else:
        facts.write_text(text, encoding="utf-8")
    assert opened(SPEC, 1, server_settings) is None
    assert prepare(SPEC, 1, server_settings) == made == opened(SPEC, 1, server_settings)
    assert list(server_settings.prepared_dir.iterdir()) == [made.folder]


def test_a_full_disk_is_said_in_words(server_settings):
    limited = """
import resource, sys
from pathlib import Path
from playground.data import DataError, prepare
from playground.settings import Settings
from playground.specs import DatasetSpec
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    prepare(DatasetSpec.model_validate_json(sys.argv[2]), 1, Settings(home=Path(sys.argv[1])))
except DataError as error:
    print(error)
"""
    command = [sys.executable, "-c", limited, str(server_settings.home), SPEC.model_dump_json()]
    done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, timeout=120)
    assert "The disk is full" in done.stdout, done.stderr
    assert str(server_settings.prepared_dir) in done.stdout
    assert list(server_settings.prepared_dir.iterdir()) == []


def test_a_home_that_cannot_be_written_is_named(server_settings):
    server_settings.home.write_text("a file where the folder should be")
    with pytest.raises(DataError, match=r"could not be written to .* \(Not a directory\)"):
        prepare(SPEC, 1, server_settings)


def test_too_many_rows_name_the_setting(server_settings):
    settings = server_settings.model_copy(update={"max_samples": 199})
    with pytest.raises(DataError, match=r"200 rows, expected at most 199 \(PLAYGROUND_MAX_SAMPLES\)"):
        prepare(SPEC, 1, settings)


def test_importing_it_brings_no_heavy_library():
    code = "import sys, playground.data; print(sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, text=True, capture_output=True, check=True)
    for heavy in ("keras", "tensorflow", "sklearn", "pandas", "scipy", "requests"):
        assert f"'{heavy}'" not in done.stdout
