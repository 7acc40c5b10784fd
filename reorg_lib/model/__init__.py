"""The records that the packages pass to each other.

Owns the words of the field as frozen values: what is there (`Survey`), what should be (`Plan`),
how it gets there (`ChangeSet`) and what was shown (`Certificate`). Must not know how any of them
is found, drawn or written: no input, no output, no rule.

Paths are relative to the repository's root and `/`-separated. Module names are dotted, as an
importer would write them with the source root on `sys.path`. Lines count from 1, spans are byte
offsets `[start, end)` into the file.
"""

from .certificate import Certificate, DetectedRename, ProofPoint
from .changeset import (
    NAMED_IN_TEXT,
    ChangeSet,
    Edit,
    FileChange,
    LeftName,
    NameClass,
    NamedText,
    Renaming,
    SplitChange,
    SplitPart,
    apply_edits,
)
from .files import TrackedFile
from .hazards import Hazard, Severity
from .plan import (
    STEP_KINDS,
    Decision,
    Deletion,
    Guardrail,
    GuardrailKind,
    HazardSettlement,
    Move,
    NameDecision,
    Plan,
    ReferenceRule,
    Scope,
    Settlement,
    Split,
    Step,
)
from .survey import (
    Classification,
    DirectImport,
    Evidence,
    Finding,
    FindingKind,
    Module,
    Problem,
    Reference,
    Survey,
)
from .syntax import ClassDefinition, FileAnchor, ImportedName, ImportKind, ImportStatement, Syntax

__all__ = [
    "NAMED_IN_TEXT",
    "STEP_KINDS",
    "Certificate",
    "ChangeSet",
    "ClassDefinition",
    "Classification",
    "Decision",
    "Deletion",
    "DetectedRename",
    "DirectImport",
    "Edit",
    "Evidence",
    "FileAnchor",
    "FileChange",
    "Finding",
    "FindingKind",
    "Guardrail",
    "GuardrailKind",
    "Hazard",
    "HazardSettlement",
    "ImportKind",
    "ImportStatement",
    "ImportedName",
    "LeftName",
    "Module",
    "Move",
    "NameClass",
    "NameDecision",
    "NamedText",
    "Plan",
    "Problem",
    "ProofPoint",
    "Reference",
    "ReferenceRule",
    "Renaming",
    "Scope",
    "Settlement",
    "Severity",
    "Split",
    "SplitChange",
    "SplitPart",
    "Step",
    "Survey",
    "Syntax",
    "TrackedFile",
    "apply_edits",
]
