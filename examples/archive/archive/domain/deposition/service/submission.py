"""From a draft to a published record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from archive.domain.auth.model import may_publish
from archive.domain.auth.port.users import RoleRepository
from archive.domain.deposition.model import Deposition
from archive.domain.deposition.port.repository import DepositionRepository
from archive.domain.deposition.port.storage import FileStorage
from archive.domain.event.model import Event
from archive.domain.event.port.outbox import Outbox
from archive.domain.record.model import Record
from archive.domain.record.port.repository import RecordRepository
from archive.domain.shared.errors import Conflict
from archive.domain.shared.ids import new_id


@dataclass(frozen=True, slots=True)
class SubmissionService:
    """The use cases around a deposition."""

    depositions: DepositionRepository
    records: RecordRepository
    storage: FileStorage
    roles: RoleRepository
    outbox: Outbox

    def create(self, owner: str, title: str, schema_id: str, metadata: dict[str, object]) -> Deposition:
        """Open a draft."""
        draft = Deposition(new_id("dep"), owner, title, schema_id, metadata=metadata)
        self.depositions.save(draft)
        return draft

    def upload(self, deposition_id: str, name: str, content: bytes) -> Deposition:
        """Store a file and note it in the draft."""
        stored = self.storage.save(deposition_id, name, content)
        changed = self.depositions.get(deposition_id).with_file(stored)
        self.depositions.save(changed)
        return changed

    def submit(self, deposition_id: str) -> Deposition:
        """Hand the draft in for curation."""
        changed = self.depositions.get(deposition_id).submitted()
        self.depositions.save(changed)
        return changed

    def publish(self, deposition_id: str, curator: str) -> Record:
        """Publish a submitted deposition. Raises: Conflict."""
        if not may_publish(self.roles.roles_of(curator)):
            raise Conflict(f"{curator} may not publish")
        deposition = self.depositions.get(deposition_id).published()
        record = Record(
            id=new_id("rec"),
            deposition_id=deposition.id,
            schema_id=deposition.schema_id,
            title=deposition.title,
            metadata=deposition.metadata,
            published_at=datetime.now(UTC),
        )
        self.records.add(record)
        self.depositions.save(deposition)
        self.outbox.append(Event(new_id("evt"), "record.published", {"record_id": record.id}))
        return record
