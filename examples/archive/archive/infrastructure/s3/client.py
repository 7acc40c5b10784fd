"""The S3 client; boto3 is an optional dependency and imported late."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from botocore.client import BaseClient


def make_client() -> BaseClient | Any:
    """Return a client for the endpoint that the environment names."""
    import boto3

    return boto3.client("s3", endpoint_url=os.environ.get("ARCHIVE_S3_ENDPOINT"))


def is_missing(error: Exception) -> bool:
    """Tell whether a client error means that the object is not there."""
    response = getattr(error, "response", {})
    return response.get("Error", {}).get("Code") in {"NoSuchKey", "404"}
