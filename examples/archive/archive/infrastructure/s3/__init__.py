"""Backends on S3-compatible object stores."""

from archive.infrastructure.s3.storage import S3FileStorage as S3FileStorage