"""Rules of the domain, no adapter involved."""

from __future__ import annotations

import pytest

from archive.domain.auth.model import Role, may_publish
from archive.domain.deposition.model import Deposition, DepositionFile, Status
from archive.domain.event.service import registry
from archive.domain.ingest.model import IngestRun, RunStatus
from archive.domain.shared.errors import Conflict, NotFound
from archive.domain.shared.ids import is_id, new_id
from archive.domain.validation.model import Hook, HookResult
from archive.domain.validation.service.check import CheckService

FILE = DepositionFile("a.csv", 3, "0" * 64)


def test_identifiers_have_their_shape():
    assert is_id(new_id("rec")) and not is_id("rec-xyz")


@pytest.mark.parametrize(("roles", "expected"), [((), False), (("depositor",), False), (("curator",), True)])
def test_only_curators_publish(roles, expected):
    assert may_publish(frozenset(map(Role, roles))) is expected


def test_a_file_of_the_same_name_is_replaced():
    draft = Deposition("dep-1", "u", "t", "s").with_file(FILE)
    assert draft.with_file(DepositionFile("a.csv", 9, "1" * 64)).files[0].size == 9


def test_a_draft_without_files_cannot_be_submitted():
    with pytest.raises(Conflict, match="cannot be submitted"):
        Deposition("dep-1", "u", "t", "s").submitted()


def test_files_are_frozen_after_submission():
    submitted = Deposition("dep-1", "u", "t", "s").with_file(FILE).submitted()
    with pytest.raises(Conflict, match="frozen"):
        submitted.with_file(FILE)


def test_the_whole_life_of_a_deposition():
    assert Deposition("d", "u", "t", "s").with_file(FILE).submitted().published().status is Status.PUBLISHED


@pytest.mark.parametrize(("code", "status"), [(0, RunStatus.DONE), (7, RunStatus.FAILED)])
def test_a_run_is_closed_by_its_exit_code(code, status):
    assert IngestRun("run-1", "img").with_batch().finished(code).status is status


def test_an_unknown_handler_is_named():
    with pytest.raises(NotFound, match=r"nobody\.Home"):
        registry.find(["nobody.Home"])


def test_features_of_a_failed_hook_are_not_kept():
    class Runner:
        def run(self, hook, deposition_id):
            return HookResult(1, ({"x": 1},))

    result = CheckService(Runner(), features=None).check(Hook("h", "img"), "dep-1", "rec-1")
    assert not result.passed
