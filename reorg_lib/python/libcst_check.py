"""A second opinion, from libcst, on a file that tree-sitter finds faulty.

Owns the question whether what tree-sitter read may be believed all the same: its grammar lags
behind the language (type parameter defaults, odd line breaks inside brackets). Must not know what
was read beyond how many import statements there are.
"""

from __future__ import annotations


def reads_the_same(source: bytes, imports: int) -> bool:
    """Return whether libcst finds valid Python with as many import statements."""
    import libcst  # it takes longer to load than most packages take to read
    from libcst import matchers

    try:
        module = libcst.parse_module(source)
        either = matchers.OneOf(matchers.Import(), matchers.ImportFrom())
        return len(matchers.findall(module, either)) == imports
    except (libcst.ParserSyntaxError, SyntaxError, UnicodeError, LookupError, RecursionError):
        return False
