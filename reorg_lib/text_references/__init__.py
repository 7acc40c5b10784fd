"""What a name in a text means: a module, perhaps a module, or something else.

Owns the rules by which the context of a name decides, as tables of data with examples
(`*.toml`), and the code that applies them to one place of one file. The rewriter and the proof
both ask here; each of them searches for names in its own way. Must not know a plan, or what
becomes of a name.
"""

from __future__ import annotations

from reorg_lib.text_references.classifier import Classifier, FileClassifier
from reorg_lib.text_references.repository_tree import RepositoryTree, is_page, read_repository_tree

__all__ = ["Classifier", "FileClassifier", "RepositoryTree", "is_page", "read_repository_tree"]
