"""Every setting of the app, read once from the environment (prefix ``PLAYGROUND_``) with safe defaults.

Each limit names itself: a message that refuses something calls :func:`setting` so that the reader knows what to change.
"""

import functools
import os
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The settings of one server. Frozen; :func:`settings` returns the one of this process."""

    model_config = SettingsConfigDict(env_prefix="PLAYGROUND_", extra="ignore", frozen=True)

    home: Path = Field(
        default_factory=lambda: platformdirs.user_data_path("keras-playground", appauthor=False),
        description="Folder of the store, datasets, artifacts and logs.",
    )
    database_url: str | None = Field(
        default=None, description="SQLAlchemy URL of the store; SQLite in the home folder when unset."
    )
    owner: str = Field(default="local", max_length=64, description="Who runs belong to when nobody is signed in.")

    start: Literal["auto", "fork", "spawn"] = Field(
        default="auto", description="How the host starts its processes; auto is fork on Linux, spawn elsewhere."
    )
    host_idle_s: float = Field(default=600, gt=0, description="Seconds after which an idle host ends.")
    workbenches: int = Field(default=2, ge=1, le=16, description="Workbench processes kept ready.")
    workbench_requests: int = Field(default=200, ge=1, description="Answers after which a workbench is replaced.")
    workbench_growth_mb: int = Field(default=300, ge=10, description="Growth in MB after which it is replaced.")
    answer_s: float = Field(default=20, gt=0, description="Seconds a workbench may take for one answer.")

    cpu_slots: int = Field(default=2, ge=1, le=256, description="Runs at once on a machine without GPU.")
    gpu_slots: int = Field(default=2, ge=1, le=64, description="Runs at once on one GPU.")
    job_slots: int = Field(default=2, ge=1, le=64, description="Jobs at once.")
    slots_dir: Path | None = Field(default=None, description="Folder of the machine-wide slot locks.")

    showcase: bool = Field(
        default=True, description="Whether Home trains an example by itself while nobody else trains."
    )

    probe_share: float = Field(
        default=0.03, ge=0, le=1, description="Share of the training time that the live view may take."
    )

    max_history_mb: int = Field(
        default=32, ge=0, description="MB of weights of single epochs that a run keeps to show how it learned; 0: none."
    )

    max_parameters: int = Field(default=200_000_000, ge=1, description="Parameters of one model.")
    max_values: int = Field(default=50_000_000, ge=1, description="Values per sample of one layer's output.")
    max_samples: int = Field(default=1_000_000, ge=1, description="Rows of one dataset.")
    max_epochs: int = Field(default=100_000, ge=1, description="Epochs of one run.")
    max_batch_size: int = Field(default=100_000, ge=1, description="Samples of one batch.")
    max_seconds: float = Field(default=24 * 3600, gt=0, description="Seconds one run may train.")
    max_waiting: int = Field(default=50, ge=1, description="Waiting runs per user.")
    max_run_memory_mb: int = Field(default=16_384, ge=256, description="Resident memory of one run.")
    resident_mb: int | None = Field(
        default=None,
        ge=0,
        description="Data that a run keeps on its device; unset: half of what the device has for each run.",
    )
    max_job_memory_mb: int = Field(default=16_384, ge=256, description="Address space of one job or workbench.")
    max_spec_bytes: int = Field(default=1_000_000, ge=1_000, description="Bytes of one spec file.")

    openml_url: str = Field(default="https://www.openml.org", description="Address of OpenML, or of a copy of it.")
    seaborn_url: str = Field(
        default="https://raw.githubusercontent.com/mwaskom/seaborn-data/master",
        description="Address of seaborn's collection of tables, or of a copy of it.",
    )

    max_model_upload_mb: int = Field(default=200, ge=1, description="MB of one model file that is imported.")
    max_table_mb: int = Field(default=200, ge=1, description="MB of one table file that is taken in, unpacked.")
    max_columns: int = Field(default=1_000, ge=2, description="Columns of one table.")
    max_uploads_mb: int = Field(default=2_000, ge=1, description="MB that all files of one owner's drafts may take.")
    max_export_mb: int = Field(default=2_000, ge=1, description="MB of one run as a zip, its models unpacked.")
    keep_uploads_days: float = Field(
        default=90, gt=0, description="Days that a file which somebody brought is kept, or weights that nothing names."
    )
    keep_bin_days: float = Field(
        default=30, gt=0, description="Days that a run stays in the bin before it is deleted for good."
    )

    @property
    def store_url(self) -> str:
        """The SQLAlchemy URL of the store."""
        return self.database_url or f"sqlite:///{self.home / 'playground.db'}"

    @property
    def datasets_dir(self) -> Path:
        """Where dataset files are downloaded to, and can be put by hand."""
        return self.home / "datasets"

    @property
    def prepared_dir(self) -> Path:
        """Where prepared arrays lie, one folder a digest."""
        return self.home / "prepared"

    @property
    def weights_dir(self) -> Path:
        """Where weights that runs start from are kept, named by their SHA-256."""
        return self.home / "weights"

    @property
    def uploads_dir(self) -> Path:
        """Where files that people brought are kept, named by their SHA-256, and lie while they are read."""
        return self.home / "uploads"

    @property
    def statistics_dir(self) -> Path:
        """Where pictures of datasets that jobs have taken are kept."""
        return self.home / "statistics"

    @property
    def logs_dir(self) -> Path:
        """Where the logs of the host and its processes lie."""
        return self.home / "logs"

    def run_dir(self, run_id: str) -> Path:
        """The folder of one run's log and artifacts."""
        return self.home / "runs" / run_id

    @property
    def start_method(self) -> Literal["fork", "spawn"]:
        """``fork`` or ``spawn``, with ``auto`` decided for this platform."""
        if self.start != "auto":
            return self.start
        return "fork" if os.uname().sysname == "Linux" else "spawn"


@functools.cache
def settings() -> Settings:
    """The settings of this process, read from the environment at the first call."""
    return Settings()


def setting(name: str) -> str:
    """The environment variable that changes the setting ``name``, for messages.

    Raises:
        KeyError: there is no such setting.
    """
    if name not in Settings.model_fields:
        raise KeyError(name)
    return f"PLAYGROUND_{name.upper()}"
