"""Some of the names of an import statement, each with its own comments, in the same layout.

Owns the commas, lines and comments between the names of one `from a import (b, c)`. Must not know
which names go where.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import libcst as cst

DIRECTIVE = re.compile(r"#\s*(noqa|type:|pragma|pylint:|isort:|ruff:|pyright:|mypy:|flake8)", re.I)
"""A comment that speaks to a tool about its statement, and so goes with each half of it."""


def only_names(
    node: cst.ImportFrom, aliases: Sequence[cst.ImportAlias], picked: Sequence[int]
) -> cst.ImportFrom:
    """Keep only some names of a statement, each with its own comments, in the same layout."""
    last = len(aliases) - 1
    kept = []
    for position, index in enumerate(picked):
        final = position == len(picked) - 1
        follower = last if final else picked[position + 1] - 1
        kept.append(_followed_by(aliases[index], aliases[follower], aliases[last], final=final))
    lpar = node.lpar
    if lpar is not None and isinstance(lpar.whitespace_after, cst.ParenthesizedWhitespace):
        first = picked[0]
        if first > 0:
            # from a import (  # the statement's own comment stays with the first name
            #     c,
            before = aliases[first - 1].comma
            leading = _lines_after(before)
            own = lpar.whitespace_after.first_line
            if own.comment is None or not DIRECTIVE.match(own.comment.value):
                own = cst.TrailingWhitespace(newline=own.newline)
            lpar = lpar.with_changes(
                whitespace_after=lpar.whitespace_after.with_changes(
                    first_line=own, empty_lines=leading
                )
            )
    return node.with_changes(names=kept, lpar=lpar)


def _followed_by(
    alias: cst.ImportAlias, before_next: cst.ImportAlias, closing: cst.ImportAlias, *, final: bool
) -> cst.ImportAlias:
    """Give `alias` the white space that belongs where it now stands, keeping its own comment."""
    own = alias.comma
    if alias is closing and final:
        return alias
    if not final:
        if not isinstance(own, cst.Comma):
            return alias
        return alias.with_changes(comma=_comma(own, before_next.comma))
    if isinstance(closing.comma, cst.Comma):
        if isinstance(own, cst.Comma):
            return alias.with_changes(comma=_comma(own, closing.comma, lines=False))
        return alias
    if isinstance(own, cst.Comma) and isinstance(own.whitespace_after, cst.ParenthesizedWhitespace):
        # from a import (
        #     b,  # comment
        #     c
        # )
        return alias.with_changes(
            comma=own.with_changes(
                whitespace_after=own.whitespace_after.with_changes(
                    empty_lines=(), indent=False, last_line=cst.SimpleWhitespace("")
                )
            )
        )
    return alias.with_changes(comma=cst.MaybeSentinel.DEFAULT)


def _comma(
    own: cst.Comma, place: cst.Comma | cst.MaybeSentinel, *, lines: bool = True
) -> cst.Comma:
    """The place's white space (with the comments above the next name) after the own comment."""
    if not isinstance(place, cst.Comma):
        return own
    there, here = place.whitespace_after, own.whitespace_after
    if isinstance(there, cst.ParenthesizedWhitespace):
        comment = (
            here.first_line
            if isinstance(here, cst.ParenthesizedWhitespace)
            else cst.TrailingWhitespace(newline=there.first_line.newline)
        )
        above = there.empty_lines if lines else ()
        return own.with_changes(
            whitespace_after=there.with_changes(first_line=comment, empty_lines=above)
        )
    if isinstance(here, cst.ParenthesizedWhitespace) and here.first_line.comment is None:
        return own.with_changes(whitespace_after=there)
    return own


def _lines_after(comma: cst.Comma | cst.MaybeSentinel) -> Sequence[cst.EmptyLine]:
    if isinstance(comma, cst.Comma) and isinstance(
        comma.whitespace_after, cst.ParenthesizedWhitespace
    ):
        return comma.whitespace_after.empty_lines
    return ()
