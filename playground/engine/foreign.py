"""A model file from outside, read by a workbench: it lies on disk only while that looks at it."""

import hashlib
import secrets
from typing import Any

from playground.data.scratch import PREFIX, sweep
from playground.engine.client import Client
from playground.engine.errors import AnswerError, SpecError
from playground.settings import setting
from playground.specs import RunSpec


def foreign(client: Client, data: bytes, spec: RunSpec, *, is_kept: bool = False) -> dict[str, Any]:
    """What the workbench's question ``foreign`` says of the file ``data`` for the dataset of ``spec``.

    Args:
        client: the engine.
        data: a ``.keras`` file or Keras JSON.
        spec: whose dataset the model is to fit.
        is_kept: whether its weights are kept; the answer's model then names them.

    Raises:
        SpecError: it is not taken in; the message says why.
        AnswerError: it could not be read within the time or the memory for one answer.
        HostError: there is no engine.
    """
    settings = client.settings
    if len(data) > settings.max_model_upload_mb * 10**6:
        limit = f"{settings.max_model_upload_mb:,} MB ({setting('max_model_upload_mb')})"
        raise SpecError(f"The file has {len(data):,} bytes; this server takes {limit} at most.")
    client.ensure_host()
    settings.uploads_dir.mkdir(parents=True, exist_ok=True)
    sweep(settings.uploads_dir)  # a killed server leaves its uploads behind
    file = settings.uploads_dir / f"{PREFIX}{hashlib.sha256(data).hexdigest()}-{secrets.token_hex(4)}"
    try:
        file.write_bytes(data)
        header, _arrays = client.ask("foreign", {"upload": file.name, "spec": spec.model_dump(), "is_kept": is_kept})
    except AnswerError as error:
        words = f"It could not be read within {settings.answer_s:g} s ({setting('answer_s')}) or the memory for it."
        raise AnswerError(words) from error
    finally:
        file.unlink(missing_ok=True)
    return header
