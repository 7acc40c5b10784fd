"""Metadata schemas: which fields a record of a kind must have."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FieldType(StrEnum):
    """The types that a metadata field may have."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a schema; ``ontology`` is set for terms only."""

    name: str
    type: FieldType
    unit: str | None = None
    ontology: str | None = None


@dataclass(frozen=True, slots=True)
class Schema:
    """A named list of fields."""

    id: str
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One term of an ontology."""

    id: str
    label: str
