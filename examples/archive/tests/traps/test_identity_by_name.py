"""Objects known by the name of their module: registry, queued jobs, relationships, module state."""

from __future__ import annotations

import pickle
from pkgutil import resolve_name

import pytest

import archive.infrastructure.persistence.database
from archive.application import jobs
from archive.domain.auth.model import Identity
from archive.domain.event.service.registry import find
from archive.infrastructure.event.worker import DrainOutbox
from archive.infrastructure.persistence import database as db
from archive.infrastructure.persistence.adapter.ingest_storage import PurgeBatches
from archive.infrastructure.persistence.feature_store import CreateFeatureTable
from archive.infrastructure.persistence.repository.auth import SqlUserRepository


def test_a_handler_is_found_by_its_dotted_name():
    assert find(["archive.infrastructure.persistence.feature_store.CreateFeatureTable"]) == (CreateFeatureTable,)


@pytest.mark.parametrize("job", [DrainOutbox(rounds=3), PurgeBatches("/srv/store", "run-1")])
def test_a_queued_job_round_trips(job):
    assert jobs.restore(jobs.dump(job)) == job


def test_every_job_class_is_there():
    assert {resolve_name(name) for name in jobs.JOB_CLASSES.values()} == {DrainOutbox, PurgeBatches}


def test_what_is_not_a_job_is_refused():
    with pytest.raises(ValueError, match="is not a job"):
        jobs.dump(db.Database("sqlite://"))
    with pytest.raises(pickle.UnpicklingError):
        jobs.restore(pickle.dumps(print))


def test_a_relationship_with_a_full_module_path(database):
    users = SqlUserRepository(database)
    user = users.ensure(Identity("orcid", "0000-0003", "Ada"))
    users.ensure(Identity("orcid", "0000-0003", "Ada"))
    assert users.session_count(user.id) == 2


def test_module_state_is_one_under_both_names(database):
    assert db.current() is archive.infrastructure.persistence.database.current() is database
    other = archive.infrastructure.persistence.database.configure("sqlite://")
    assert db.current() is other
