"""A server of the test's own, and a small file that looks like MNIST."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from playground.settings import Settings


@pytest.fixture
def server_settings(tmp_path: Path) -> Settings:
    """Settings with a home that is empty."""
    return Settings(home=tmp_path / "home")


@pytest.fixture
def small_mnist() -> dict[str, np.ndarray]:
    """40 and 20 images in the layout of mnist.npz."""
    rng = np.random.default_rng(0)
    return {
        "x_train": rng.integers(0, 256, (40, 28, 28), dtype=np.uint8),
        "y_train": (np.arange(40) % 10).astype(np.uint8),
        "x_test": rng.integers(0, 256, (20, 28, 28), dtype=np.uint8),
        "y_test": (np.arange(20) % 10).astype(np.uint8),
    }


@pytest.fixture
def put_mnist(server_settings: Settings) -> Callable[..., Path]:
    """Puts arrays into the server's mnist.npz by hand and gives its path."""

    def put(**arrays: np.ndarray) -> Path:
        path = server_settings.datasets_dir / "mnist.npz"
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(path, **arrays)
        return path

    return put
