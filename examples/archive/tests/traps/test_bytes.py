"""Files whose bytes are unusual; a rewrite must keep everything but the names."""

from __future__ import annotations

from pathlib import Path

import archive.infrastructure.data.schema_feature_reader as latin1
import archive.infrastructure.event.di as with_bom
import archive.infrastructure.oci.di as no_newline
import archive.infrastructure.persistence.mappers.deposition as crlf
import archive.infrastructure.s3 as no_newline_after_import
from archive.application import shell


def content(module) -> bytes:
    return Path(module.__file__).read_bytes()


def test_crlf():
    assert content(crlf).count(b"\r\n") == content(crlf).count(b"\n") > 20


def test_byte_order_mark():
    assert content(with_bom).startswith(b"\xef\xbb\xbf\"\"\"")


def test_latin_1():
    assert b"\xb5m" in content(latin1) and b"latin-1" in content(latin1).splitlines()[0]
    assert latin1.UNIT_SIGNS["ug"] == "\N{MICRO SIGN}g"


def test_no_final_newline():
    assert content(no_newline).endswith(b"HookRunner)") or content(no_newline).endswith(b"IngesterRunner)")
    assert content(no_newline_after_import).endswith(b"S3FileStorage")


def test_characters_beyond_the_basic_plane():
    assert set(shell.SHORTCUTS) == {
        "\N{DNA DOUBLE HELIX} features", "\N{MATHEMATICAL FRAKTUR CAPITAL M} metadata",
        "\N{PAGE FACING UP} catalogue",
    }  # fmt: skip
