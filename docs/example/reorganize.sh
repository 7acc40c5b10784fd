#!/usr/bin/env bash
#
# reorganize.sh: give the modules of archive.infrastructure their new places
#
# 64 files move, 77 are rewritten, 10 are new and 4 are deleted.
# Only names change: imports, and texts that name a module or its path. No logic does.
# Besides, it writes what keeps the layout from drifting: archive/infrastructure/CLAUDE.md, tests/test_layout_of_infrastructure.py.
# Reviewed at commit 3d7afb5e577b0bb410a5890d9ff8bcd3b7462150.
#
#   bash reorganize.sh            test every precondition and say what would happen; change nothing
#   bash reorganize.sh --apply    move and rewrite; everything is staged, nothing is committed
#   bash reorganize.sh --commit   the same (also after --apply), and commit it, with your name and
#                                 your hooks: the moves and rewrites first, splits after them
#   bash reorganize.sh --undo     go back to where --apply started, also when it was interrupted
#   bash reorganize.sh --rewrite-only
#                                 on a branch that was cut before the move and is merged with it or
#                                 rebased onto it: rewrite the old names that it brought along,
#                                 and list those that a person must look at
#   bash reorganize.sh --format   after --commit, where the plan names commands for it (a formatter):
#                                 type them, and commit what they change
#   bash reorganize.sh --help     show this
#
# It acts on the checkout that the current folder is in. It needs bash 3.2, git 2.30 and sed (GNU,
# BSD, busybox or toybox), or newer ones, and the small tools that every system has (cat, cmp, mv,
# mktemp, ...). It runs no Python and no code of the repository (but for the hooks that git runs at
# --commit). It changes no commit that is there, no stash and no other branch. Run twice, it says
# that it is done. It ends with 0 if all is well, 1 if it refused or something is left to do, 2 if it
# was called with words that it does not know, 130 or 143 if it was interrupted.
#
# It refuses, and changes nothing, when tracked files have uncommitted changes, when a file that it
# touches is not the one that was reviewed, when there is something where a file is to go, or when
# a line that nobody reviewed uses an old name. Other commits since the review are no obstacle.
# Its last act is to compare every file with the id that was expected for it; on any difference it
# puts everything back and says so. Killed at any moment, --undo brings everything back.
#
# What --commit makes are renames and rewrites, and nothing else: git log --follow goes through them
# (the certificate names the exceptions), and their ids, which it prints at the end, can be added to
# .git-blame-ignore-revs, so that git blame looks past them.
#
# How to read it: parts 1 to 5 are what happens to the files; `apply` in part 7 says in which order.
# Parts 6 to 8 see to it that exactly this happens or nothing does. Part 9 lists the ids of all files
# before and after. Only settings are made before `main`, at the end.

# shellcheck disable=SC2329 # some functions are there for other files than the ones at hand
# shellcheck disable=SC2030,SC2031 # the user's own locale is for the subshells of what is not ours
set -euo pipefail
given_locale=${LC_ALL-}
# shellcheck disable=SC2046 # a list of words: the variables by which a hook points git elsewhere
unset CDPATH $(command git rev-parse --local-env-vars)
export LC_ALL=C GIT_LITERAL_PATHSPECS=1

COMMIT=3d7afb5e577b0bb410a5890d9ff8bcd3b7462150 # what was reviewed
LEDGER=e5fe595b280be95dfeae0946b644a598ca53df6f # stands for all lists of part 9
ROOT= # the folder of the top-level packages

# ----------------------------------------------------------------------------------------- 1. Moves
#
# When this runs, the folders that are needed are there, and what part 2 deletes is gone.

move_files() {
  # first: files that make room for others (.moving-1 is a name for in between)

  # module names are lower-case
  git mv -- 'archive/infrastructure/http/Headers.py' \
            'archive/infrastructure/http/Headers.py.moving-1'

  # decides about another try; it gives its old name to the real transport
  git mv -- 'archive/infrastructure/http/transport.py' \
            'archive/infrastructure/http/retry.py'

  # builds paths for disks: the two modules are named the wrong way round and swap
  git mv -- 'archive/infrastructure/storage/keys.py' \
            'archive/infrastructure/storage/keys.py.moving-1'

  # builds keys for object stores: the two modules are named the wrong way round and swap
  git mv -- 'archive/infrastructure/storage/paths.py' \
            'archive/infrastructure/storage/keys.py'

  # ---- http/

  # module names are lower-case
  git mv -- 'archive/infrastructure/http/Headers.py.moving-1' \
            'archive/infrastructure/http/headers.py'

  # sends one request: a transport
  git mv -- 'archive/infrastructure/http/client.py' \
            'archive/infrastructure/http/transport.py'

  # ---- idp/

  # named after what is adapted: external identity providers
  git mv -- 'archive/infrastructure/auth/__init__.py' \
            'archive/infrastructure/idp/__init__.py'

  # wires the identity providers
  git mv -- 'archive/infrastructure/auth/di.py' \
            'archive/infrastructure/idp/di.py'

  # log-in through ORCID
  git mv -- 'archive/infrastructure/auth/orcid.py' \
            'archive/infrastructure/idp/orcid.py'

  # identity providers by name
  git mv -- 'archive/infrastructure/auth/provider_registry.py' \
            'archive/infrastructure/idp/provider_registry.py'

  # ---- postgres/

  # a database adapter that was filed under its bounded context
  git mv -- 'archive/infrastructure/auth/role_repository.py' \
            'archive/infrastructure/postgres/repository/role.py'

  # pages through the catalogue: a read model on the database
  git mv -- 'archive/infrastructure/data/postgres_catalog_read_store.py' \
            'archive/infrastructure/postgres/query/postgres_catalog_read_store.py'

  # pages through metadata tables: a read model on the database
  git mv -- 'archive/infrastructure/data/postgres_table_read_store.py' \
            'archive/infrastructure/postgres/query/postgres_table_read_store.py'

  # a read model on top of the feature reader
  git mv -- 'archive/infrastructure/data/schema_feature_reader.py' \
            'archive/infrastructure/postgres/query/schema_feature_reader.py'

  # the package is named after the system that it adapts; what it re-exports stays the same
  git mv -- 'archive/infrastructure/persistence/__init__.py' \
            'archive/infrastructure/postgres/__init__.py'

  # reads feature tables, changes nothing
  git mv -- 'archive/infrastructure/persistence/adapter/feature_reader.py' \
            'archive/infrastructure/postgres/query/feature_reader.py'

  # counts for the front page, changes nothing
  git mv -- 'archive/infrastructure/persistence/adapter/readers.py' \
            'archive/infrastructure/postgres/query/readers.py'

  # names of columns belong to their shapes; inside tables/ the prefix says nothing
  git mv -- 'archive/infrastructure/persistence/api_naming.py' \
            'archive/infrastructure/postgres/tables/naming.py'

  # column types, used by both builders
  git mv -- 'archive/infrastructure/persistence/column_mapper.py' \
            'archive/infrastructure/postgres/tables/column_mapper.py'

  # creates the engine and hands out transactions: life cycle
  git mv -- 'archive/infrastructure/persistence/database.py' \
            'archive/infrastructure/postgres/setup/database.py'

  # wires the adapters of this concern
  git mv -- 'archive/infrastructure/persistence/di.py' \
            'archive/infrastructure/postgres/setup/di.py'

  # DDL and bulk writes of feature tables, driven by events
  git mv -- 'archive/infrastructure/persistence/feature_store.py' \
            'archive/infrastructure/postgres/store/feature_store.py'

  # builds the shape of a feature table
  git mv -- 'archive/infrastructure/persistence/feature_table.py' \
            'archive/infrastructure/postgres/tables/feature_table.py'

  # package data that seed.py reads from its own folder, so it must stay beside it
  git mv -- 'archive/infrastructure/persistence/fixtures.json' \
            'archive/infrastructure/postgres/setup/fixtures.json'

  # paging, used by the read stores only
  git mv -- 'archive/infrastructure/persistence/keyset.py' \
            'archive/infrastructure/postgres/query/keyset.py'

  # maps rows to domain values; used by repositories only
  git mv -- 'archive/infrastructure/persistence/mappers/auth.py' \
            'archive/infrastructure/postgres/repository/mappers/auth.py'
  git mv -- 'archive/infrastructure/persistence/mappers/deposition.py' \
            'archive/infrastructure/postgres/repository/mappers/deposition.py'
  git mv -- 'archive/infrastructure/persistence/mappers/record.py' \
            'archive/infrastructure/postgres/repository/mappers/record.py'
  git mv -- 'archive/infrastructure/persistence/mappers/schema.py' \
            'archive/infrastructure/postgres/repository/mappers/schema.py'

  # DDL and projection of metadata tables, driven by events
  git mv -- 'archive/infrastructure/persistence/metadata_store.py' \
            'archive/infrastructure/postgres/store/metadata_store.py'

  # builds the shape of a metadata table
  git mv -- 'archive/infrastructure/persistence/metadata_table.py' \
            'archive/infrastructure/postgres/tables/metadata_table.py'

  # runs Alembic: life cycle
  git mv -- 'archive/infrastructure/persistence/migrate.py' \
            'archive/infrastructure/postgres/setup/migrate.py'

  # users and sessions for command handlers
  git mv -- 'archive/infrastructure/persistence/repository/auth.py' \
            'archive/infrastructure/postgres/repository/auth.py'

  # the deposition aggregate for command handlers
  git mv -- 'archive/infrastructure/persistence/repository/deposition.py' \
            'archive/infrastructure/postgres/repository/deposition.py'

  # appends to the outbox in the transaction of the change
  git mv -- 'archive/infrastructure/persistence/repository/event.py' \
            'archive/infrastructure/postgres/repository/event.py'

  # the ingest run aggregate for command handlers
  git mv -- 'archive/infrastructure/persistence/repository/ingest.py' \
            'archive/infrastructure/postgres/repository/ingest.py'

  # the record aggregate for command handlers
  git mv -- 'archive/infrastructure/persistence/repository/record.py' \
            'archive/infrastructure/postgres/repository/record.py'

  # the schema aggregate for command handlers
  git mv -- 'archive/infrastructure/persistence/repository/schema.py' \
            'archive/infrastructure/postgres/repository/schema.py'

  # declarative rows that only the user repository needs
  git mv -- 'archive/infrastructure/persistence/repository/session_rows.py' \
            'archive/infrastructure/postgres/repository/session_rows.py'

  # fills a fresh database: life cycle
  git mv -- 'archive/infrastructure/persistence/seed.py' \
            'archive/infrastructure/postgres/setup/seed.py'

  # all static tables, moved whole so that the metadata stays in one module; splitting by domain is a follow-up
  git mv -- 'archive/infrastructure/persistence/tables.py' \
            'archive/infrastructure/postgres/tables/__init__.py'

  # ---- runner/

  # Kubernetes is one backend of runner
  git mv -- 'archive/infrastructure/k8s/__init__.py' \
            'archive/infrastructure/runner/k8s/__init__.py'

  # wires the Kubernetes backend
  git mv -- 'archive/infrastructure/k8s/di.py' \
            'archive/infrastructure/runner/k8s/di.py'

  # errors of the cluster
  git mv -- 'archive/infrastructure/k8s/errors.py' \
            'archive/infrastructure/runner/k8s/errors.py'

  # reachability of the cluster
  git mv -- 'archive/infrastructure/k8s/health.py' \
            'archive/infrastructure/runner/k8s/health.py'

  # runs ingesters as jobs
  git mv -- 'archive/infrastructure/k8s/ingester_runner.py' \
            'archive/infrastructure/runner/k8s/ingester_runner.py'

  # package data that the Kubernetes runner reads as a resource of its package
  git mv -- 'archive/infrastructure/k8s/job_template.json' \
            'archive/infrastructure/runner/k8s/job_template.json'

  # names of jobs
  git mv -- 'archive/infrastructure/k8s/naming.py' \
            'archive/infrastructure/runner/k8s/naming.py'

  # runs hooks as jobs
  git mv -- 'archive/infrastructure/k8s/runner.py' \
            'archive/infrastructure/runner/k8s/runner.py'

  # the container engine is one backend of runner
  git mv -- 'archive/infrastructure/oci/__init__.py' \
            'archive/infrastructure/runner/oci/__init__.py'

  # wires the container engine
  git mv -- 'archive/infrastructure/oci/di.py' \
            'archive/infrastructure/runner/oci/di.py'

  # runs ingesters in the local container engine
  git mv -- 'archive/infrastructure/oci/ingester_runner.py' \
            'archive/infrastructure/runner/oci/ingester_runner.py'

  # runs hooks in the local container engine
  git mv -- 'archive/infrastructure/oci/runner.py' \
            'archive/infrastructure/runner/oci/runner.py'

  # limits and results that both execution backends share
  git mv -- 'archive/infrastructure/runner_utils.py' \
            'archive/infrastructure/runner/shared.py'

  # ---- spreadsheet/

  # openpyxl templates have nothing to do with the database
  git mv -- 'archive/infrastructure/persistence/adapter/spreadsheet.py' \
            'archive/infrastructure/spreadsheet/spreadsheet.py'

  # ---- storage/

  # provides StorageLayout and IngestStorage with both backends, nothing of a runner
  git mv -- 'archive/infrastructure/ingest/di.py' \
            'archive/infrastructure/storage/di.py'

  # the filesystem backend of IngestStorage, beside its S3 twin
  git mv -- 'archive/infrastructure/persistence/adapter/ingest_storage.py' \
            'archive/infrastructure/storage/fs/ingest_storage.py'

  # the filesystem backend of FileStorage, beside its S3 twin
  git mv -- 'archive/infrastructure/persistence/adapter/storage.py' \
            'archive/infrastructure/storage/fs/storage.py'

  # S3 is here one backend of storage, not a concern of its own
  git mv -- 'archive/infrastructure/s3/__init__.py' \
            'archive/infrastructure/storage/s3/__init__.py'

  # the client that both S3 adapters share
  git mv -- 'archive/infrastructure/s3/client.py' \
            'archive/infrastructure/storage/s3/client.py'

  # the S3 backend of IngestStorage, beside its filesystem twin
  git mv -- 'archive/infrastructure/s3/ingest_storage.py' \
            'archive/infrastructure/storage/s3/ingest_storage.py'

  # the S3 backend of FileStorage, beside its filesystem twin
  git mv -- 'archive/infrastructure/s3/storage.py' \
            'archive/infrastructure/storage/s3/storage.py'

  # builds paths for disks: the two modules are named the wrong way round and swap
  git mv -- 'archive/infrastructure/storage/keys.py.moving-1' \
            'archive/infrastructure/storage/paths.py'

  # ---- worker/

  # named after what runs there: the worker pool
  git mv -- 'archive/infrastructure/event/__init__.py' \
            'archive/infrastructure/worker/__init__.py'

  # wires the worker
  git mv -- 'archive/infrastructure/event/di.py' \
            'archive/infrastructure/worker/di.py'

  # drains the outbox on APScheduler
  git mv -- 'archive/infrastructure/event/worker.py' \
            'archive/infrastructure/worker/worker.py'
}

# ------------------------------------------------------------------------------------- 2. Deletions

delete_files() {
  # absorbed into postgres/query
  git rm -q -- 'archive/infrastructure/data/__init__.py'
  # empty once its wiring has moved to storage
  git rm -q -- 'archive/infrastructure/ingest/__init__.py'
  # empty package, nothing imports it
  git rm -q -- 'archive/infrastructure/messaging/__init__.py'
  # disbanded: its modules go to storage, postgres/query and spreadsheet
  git rm -q -- 'archive/infrastructure/persistence/adapter/__init__.py'
}

# -------------------------------------------------------------------------------------- 3. Rewrites
#
# Each file is typed by sed, beside the checkout, from the text that was reviewed: FILE is its name
# before the moves. The results are put in place only after all of them turned out to have the ids
# that were expected.
#
#   by_rules FILE          by the rules below, which are the same for all files
#   by_lines FILE EDITS    by edits of its own, each with the number of its line
#   by_both  FILE EDITS    by edits of its own, then by the rules
#   by_most  FILE EDITS    the same, but the rules pass over some lines (`b` means: not on this line)
#   add_newline FILE       before, and drop_newline after it: for a file whose last line has no end
#   keep_for_split FILE    after it: for a file that part 5 cuts
#
# Their order sees to it that no rule finds what an earlier one typed. They need no word boundaries:
# wherever a rule would type something wrong, the line has a `b`, or the file edits of its own alone.

rules() {
  cat << 'SED'
# lines without this have no name to replace
/archive/!b
# http
s/archive\.infrastructure\.http\.Headers/archive.infrastructure.http.headers/g
s/archive\.infrastructure\.http\.transport/archive.infrastructure.http.retry/g
# http, as paths
s|archive/infrastructure/http/Headers\.py|archive/infrastructure/http/headers.py|g
# postgres
s/archive\.infrastructure\.auth\.role_repository/archive.infrastructure.postgres.repository.role/g
# idp
s/archive\.infrastructure\.auth/archive.infrastructure.idp/g
# postgres
s/archive\.infrastructure\.data/archive.infrastructure.postgres.query/g
s/archive\.infrastructure\.persistence\.adapter\.feature_reader/archive.infrastructure.postgres.query.feature_reader/g
s/archive\.infrastructure\.persistence\.adapter\.readers/archive.infrastructure.postgres.query.readers/g
s/archive\.infrastructure\.persistence\.api_naming/archive.infrastructure.postgres.tables.naming/g
s/archive\.infrastructure\.persistence\.database/archive.infrastructure.postgres.setup.database/g
s/archive\.infrastructure\.persistence\.feature_store/archive.infrastructure.postgres.store.feature_store/g
s/archive\.infrastructure\.persistence\.feature_table/archive.infrastructure.postgres.tables.feature_table/g
s/archive\.infrastructure\.persistence\.keyset/archive.infrastructure.postgres.query.keyset/g
s/archive\.infrastructure\.persistence\.mappers/archive.infrastructure.postgres.repository.mappers/g
s/archive\.infrastructure\.persistence\.metadata_store/archive.infrastructure.postgres.store.metadata_store/g
s/archive\.infrastructure\.persistence\.metadata_table/archive.infrastructure.postgres.tables.metadata_table/g
s/archive\.infrastructure\.persistence\.migrate/archive.infrastructure.postgres.setup.migrate/g
s/archive\.infrastructure\.persistence\.seed/archive.infrastructure.postgres.setup.seed/g
# postgres, as paths
s|archive/infrastructure/data|archive/infrastructure/postgres/query|g
s|archive/infrastructure/persistence/api_naming\.py|archive/infrastructure/postgres/tables/naming.py|g
s|archive/infrastructure/persistence/fixtures\.json|archive/infrastructure/postgres/setup/fixtures.json|g
s|archive/infrastructure/persistence/tables\.py|archive/infrastructure/postgres/tables/__init__.py|g
# runner
s/archive\.infrastructure\.k8s/archive.infrastructure.runner.k8s/g
s/archive\.infrastructure\.oci/archive.infrastructure.runner.oci/g
s/archive\.infrastructure\.runner_utils/archive.infrastructure.runner.shared/g
# runner, as paths
s|archive/infrastructure/k8s|archive/infrastructure/runner/k8s|g
# spreadsheet
s/archive\.infrastructure\.persistence\.adapter\.spreadsheet/archive.infrastructure.spreadsheet.spreadsheet/g
# spreadsheet, as paths
s|archive/infrastructure/persistence/adapter/spreadsheet\.py|archive/infrastructure/spreadsheet/spreadsheet.py|g
# storage
s/archive\.infrastructure\.ingest/archive.infrastructure.storage/g
s/archive\.infrastructure\.persistence\.adapter\.ingest_storage/archive.infrastructure.storage.fs.ingest_storage/g
s/archive\.infrastructure\.persistence\.adapter\.storage/archive.infrastructure.storage.fs.storage/g
# postgres
s/archive\.infrastructure\.persistence/archive.infrastructure.postgres/g
# storage
s/archive\.infrastructure\.s3/archive.infrastructure.storage.s3/g
s/archive\.infrastructure\.storage\.keys/archive.infrastructure.storage.paths/g
# storage, as paths
s|archive/infrastructure/s3|archive/infrastructure/storage/s3|g
# worker
s/archive\.infrastructure\.event/archive.infrastructure.worker/g
# worker, as paths
s|archive/infrastructure/event|archive/infrastructure/worker|g
SED
}

rewrite_files() {
  by_rules '.github/workflows/ci.yml'
  by_both 'CLAUDE.md' '
13s|runner_utils\.py            what the execution backends share|http/                      outbound HTTP|;
14s|auth/                      ORCID, provider registry, roles|idp/                       IdentityProvider, over http|;
15s|data/                      read stores|postgres/|;
16s|├── event/                     the worker|│   ├── query/                 read stores|;
17s|├── http/                      outbound HTTP|│   ├── repository/            write side|;
18s|├── ingest/                    wiring of ingest|│   │   └── mappers/           row ↔ aggregate|;
19s|├── k8s/                       Kubernetes jobs|│   ├── setup/                 life cycle and wiring|;
20s|├── messaging/                 (reserved)|│   ├── store/                 dynamic tables: their DDL and bulk writes|;
21s|├── oci/                       local container engine|│   └── tables/                the shapes of all tables, the one place where schemas live|;
22s|├── persistence/               database|│       └── __init__.py        all static tables|;
23s|│   ├── adapter/               file storage, readers, spreadsheets|├── runner/                    HookRunner, IngesterRunner: k8s, oci are interchangeable|;
24s|mappers/               row ↔ aggregate|shared.py              what the execution backends share|;
25s|repository/            write side|k8s/                   Kubernetes jobs|;
26s|tables\.py              all static tables|oci/                   local container engine|;
27s|s3/                        object storage|spreadsheet/               openpyxl|;
28s|└── storage/                   storage layout|├── storage/                   storage layout\
        │   ├── fs/                    filesystem\
        │   └── s3/                    object storage\
        └── worker/                    the worker|'
  by_rules 'Dockerfile'
  by_rules 'Makefile'
  by_rules 'README.md'
  by_rules 'alembic.ini'
  by_both 'archive/application/api.py' '68s/persistence\.keyset\.encode/persistence.query.keyset.encode/'
  by_rules 'archive/application/backends.py'
  by_rules 'archive/application/cli.py'
  by_both 'archive/application/container.py' '
24s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.setup/;
26s/$/\
)\
from archive.infrastructure.postgres.store import (  # noqa: I001  in the order of start-up/'
  by_both 'archive/application/health.py' '7s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.setup/'
  by_rules 'archive/application/jobs.py'
  by_both 'archive/application/search.py' '
7s/archive\.infrastructure\.persistence import column_mapper,/archive.infrastructure.postgres.tables import column_mapper\
from archive.infrastructure.postgres.query import/'
  by_both 'archive/application/shell.py' '5s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.setup/'
  by_lines 'archive/infrastructure/auth/role_repository.py' '
10s/\.\.persistence\.database/..setup.database/;
11s/\.\.persistence\.mappers\.auth/.mappers.auth/;
12s/\.\.persistence\.tables/..tables/'
  by_rules 'archive/infrastructure/data/postgres_catalog_read_store.py'
  by_lines 'archive/infrastructure/data/postgres_table_read_store.py' '
10s/\.\.persistence import keyset,/. import keyset\
from ..tables import/;
11s/\.\.persistence\.api_naming/..tables.naming/;
12s/\.\.persistence\.database/..setup.database/'
  by_lines 'archive/infrastructure/data/schema_feature_reader.py' '7s/\.\.persistence\.adapter\.feature_reader/.feature_reader/'
  by_rules 'archive/infrastructure/event/di.py'
  by_rules 'archive/infrastructure/http/client.py'
  by_lines 'archive/infrastructure/http/ontology_fetcher.py' '
9s/\.client/.transport/;
10s/\.client/.transport/;
11s/\.transport/.retry/'
  by_both 'archive/infrastructure/ingest/di.py' '12s/\.\.s3\.ingest_storage/.s3.ingest_storage/'
  by_both 'archive/infrastructure/k8s/ingester_runner.py' '8s/archive\.infrastructure import/archive.infrastructure.runner import shared as/'
  by_both 'archive/infrastructure/k8s/runner.py' '
8s/\.\.\.domain\.validation\.model/....domain.validation.model/;
9s/\.\.\.domain\.validation\.port\.runner/....domain.validation.port.runner/;
10s/\.\.runner_utils/..shared/'
  by_rules 'archive/infrastructure/oci/__init__.py'
  add_newline 'archive/infrastructure/oci/di.py'
  by_lines 'archive/infrastructure/oci/di.py' '
5s/\.\.\.domain\.ingest\.port\.runner/....domain.ingest.port.runner/;
6s/\.\.\.domain\.validation\.port\.runner/....domain.validation.port.runner/'
  drop_newline
  by_lines 'archive/infrastructure/oci/ingester_runner.py' '8s/\.\.runner_utils/..shared/'
  by_both 'archive/infrastructure/oci/runner.py' '13s/\.parents\[3]/.parents[4]/'
  by_lines 'archive/infrastructure/persistence/__init__.py' '
6s/from \. import/from .query import/;
7s/\.database/.setup.database/'
  by_lines 'archive/infrastructure/persistence/adapter/feature_reader.py' '
9s/from \.\. import/from ..tables import/;
10s/\.\.database/..setup.database/'
  by_lines 'archive/infrastructure/persistence/adapter/readers.py' '7s/\.\.database/..setup.database/'
  by_lines 'archive/infrastructure/persistence/adapter/spreadsheet.py' '
12s/os\.path\.dirname(/os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))/;
13,14d'
  by_rules 'archive/infrastructure/persistence/adapter/storage.py'
  by_rules 'archive/infrastructure/persistence/api_naming.py'
  by_lines 'archive/infrastructure/persistence/di.py' '
17s/\.\.auth\.role_repository/..repository.role/;
18s/\.\.data\.postgres_catalog_read_store/..query.postgres_catalog_read_store/;
19s/\.\.data\.postgres_table_read_store/..query.postgres_table_read_store/;
21s/\.adapter\.feature_reader/..query.feature_reader/;
23s/\.feature_store/..store.feature_store/;
24s/\.metadata_store/..store.metadata_store/;
25s/\.repository\.auth/..repository.auth/;
26s/\.repository\.deposition/..repository.deposition/;
27s/\.repository\.event/..repository.event/;
28s/\.repository\.ingest/..repository.ingest/;
29s/\.repository\.record/..repository.record/;
30s/\.repository\.schema/..repository.schema/'
  by_lines 'archive/infrastructure/persistence/feature_store.py' '
15s/from \. import/from ..tables import/;
16s/\.database/..setup.database/'
  by_lines 'archive/infrastructure/persistence/feature_table.py' '7s/\.\.\.domain\.validation\.model/....domain.validation.model/'
  by_rules 'archive/infrastructure/persistence/keyset.py'
  by_lines 'archive/infrastructure/persistence/mappers/deposition.py' '7s/\.\.tables/...tables/'
  by_both 'archive/infrastructure/persistence/metadata_store.py' '
14s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.setup/;
17s/\.repository\.record/..repository.record/;
18s/\.repository\.schema/..repository.schema/'
  by_lines 'archive/infrastructure/persistence/metadata_table.py' '7s/\.\.\.domain\.schema\.model/....domain.schema.model/'
  by_lines 'archive/infrastructure/persistence/migrate.py' '9s/\.parent\.parent\.parent\.parent/.parent.parent.parent.parent.parent/'
  by_lines 'archive/infrastructure/persistence/repository/auth.py' '
15s/\.\.database/..setup.database/;
16s/\.\.mappers\.auth/.mappers.auth/'
  by_both 'archive/infrastructure/persistence/repository/deposition.py' '17s/\.\.database/..setup.database/'
  by_lines 'archive/infrastructure/persistence/repository/event.py' '12s/\.\.database/..setup.database/'
  by_lines 'archive/infrastructure/persistence/repository/ingest.py' '13s/\.\.database/..setup.database/'
  by_lines 'archive/infrastructure/persistence/repository/record.py' '
11s/\.\.database/..setup.database/;
12s/\.\.mappers\.record/.mappers.record/'
  by_lines 'archive/infrastructure/persistence/repository/schema.py' '
12s/\.\.database/..setup.database/;
13s/\.\.mappers/.mappers/'
  by_rules 'archive/infrastructure/persistence/repository/session_rows.py'
  by_rules 'archive/infrastructure/persistence/seed.py'
  by_lines 'archive/infrastructure/runner_utils.py' '8s/\.\.domain\.validation\.model/...domain.validation.model/'
  add_newline 'archive/infrastructure/s3/__init__.py'
  by_rules 'archive/infrastructure/s3/__init__.py'
  drop_newline
  by_rules 'archive/infrastructure/s3/ingest_storage.py'
  by_lines 'archive/infrastructure/s3/storage.py' '
7s/\.\.\.domain\.deposition\.model/....domain.deposition.model/;
8s/\.\.\.domain\.deposition\.port\.storage/....domain.deposition.port.storage/;
9s/\.\.\.domain\.shared\.errors/....domain.shared.errors/;
10s/\.\.storage\.layout/..layout/;
11s/\.\.storage\.paths/..keys/'
  by_rules 'config.toml'
  by_rules 'deploy/jobs.yaml'
  by_rules 'logging.ini'
  by_rules 'migrations/env.py'
  by_rules 'migrations/versions/0002_records.py'
  by_rules 'migrations/versions/0003_background.py'
  by_rules 'pyproject.toml'
  by_both 'tests/conftest.py' '11s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.setup/'
  by_rules 'tests/test_adapters.py'
  by_rules 'tests/test_application.py'
  by_both 'tests/test_database.py' '
21s/archive\.infrastructure\.persistence import keyset,/archive.infrastructure.postgres.query import keyset\
from archive.infrastructure.postgres.setup import/'
  by_both 'tests/traps/test_alembic_metadata.py' '12s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.setup/'
  by_rules 'tests/traps/test_bytes.py'
  by_rules 'tests/traps/test_dynamic_imports.py'
  by_both 'tests/traps/test_file_anchors.py' '
11s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.setup/;
12s/archive\.infrastructure\.persistence\.adapter/archive.infrastructure.spreadsheet/'
  by_both 'tests/traps/test_identity_by_name.py' '15s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.setup/'
  by_both 'tests/traps/test_import_forms.py' '
18s/archive\.infrastructure\.persistence import api_naming, column_mapper,/archive.infrastructure.postgres.tables import naming as api_naming, column_mapper\
from archive.infrastructure.postgres.query import/'
  by_both 'tests/traps/test_logging_config.py' '13s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.setup/'
  by_lines 'tests/traps/test_names_in_text.py' '14s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.store/'
  by_rules 'tests/traps/test_namespace_folders.py'
  by_both 'tests/traps/test_package_init.py' '
16s/archive\.infrastructure\.persistence import Database,/archive.infrastructure.postgres import Database\
from archive.infrastructure.postgres.query import/;
58s/persistence\.keyset\.encode/persistence.query.keyset.encode/;
59s/persistence\.keyset/persistence.query.keyset/'
  by_both 'tests/traps/test_patch_targets.py' '12s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.setup/'
  by_both 'tests/traps/test_renames.py' '
9s/Headers, client,/headers as Headers, transport as client, retry as/;
15s/keys,/paths as keys, keys as/'
}

# ------------------------------------------------------------------------------------- 4. New files

create_files() {
  # the new folder is a package
  new_file 'archive/infrastructure/postgres/query/__init__.py'
  new_file 'archive/infrastructure/postgres/repository/__init__.py'
  new_file 'archive/infrastructure/postgres/repository/mappers/__init__.py'
  new_file 'archive/infrastructure/postgres/setup/__init__.py'
  new_file 'archive/infrastructure/postgres/store/__init__.py'
  new_file 'archive/infrastructure/runner/__init__.py'
  new_file 'archive/infrastructure/spreadsheet/__init__.py'
  new_file 'archive/infrastructure/storage/fs/__init__.py'

  # says where a new module belongs, beside the modules that it speaks of
  new_document 'archive/infrastructure/CLAUDE.md' << 'TEXT'
<!-- reorg:placement -->
# Where a module of `archive.infrastructure` belongs

A top-level package here names an infrastructure concern: the external system that its
modules adapt, or, where several backends implement one port, that port, with a folder
for each backend. It is never named after a bounded context; a context's name is for a
file.
No folder is called auth, deposition, ingest, record, schema, validation.

| concern | what is adapted there |
|---|---|
| `http/` | http |
| `idp/` | IdentityProvider, over http |
| `postgres/` | postgres |
| `runner/` | HookRunner, IngesterRunner: k8s, oci are interchangeable |
| `runner/k8s/` | k8s |
| `runner/oci/` | oci |
| `spreadsheet/` | openpyxl |
| `storage/` | FileStorage, IngestStorage: fs, s3 are interchangeable |
| `storage/fs/` | filesystem |
| `storage/s3/` | s3 |
| `worker/` | apscheduler |

Inside the database, set-up, tables, write side and read side are kept apart:

| folder | what belongs there |
|---|---|
| `postgres/query/` | read side: read models and streams |
| `postgres/repository/` | write side: repositories that serve aggregates |
| `postgres/repository/mappers/` | rows to aggregates and back, for the repositories alone |
| `postgres/setup/` | life cycle and wiring |
| `postgres/store/` | dynamic tables: their DDL and bulk writes |
| `postgres/tables/` | the shapes of all tables, the one place where schemas live |

Before you add a module, ask what it adapts (which library it imports), not whom it
serves. A second backend of a port goes beside the first. What nothing here adapts yet
gets a package of its own, named after it.

```
infrastructure/
├── logging.py
├── http/
├── idp/              IdentityProvider, over http
├── postgres/
│   ├── query/        read side: read models and streams
│   ├── repository/   write side: repositories that serve aggregates
│   │   └── mappers/  rows to aggregates and back, for the repositories alone
│   ├── setup/        life cycle and wiring
│   ├── store/        dynamic tables: their DDL and bulk writes
│   └── tables/       the shapes of all tables, the one place where schemas live
├── runner/           HookRunner, IngesterRunner: k8s, oci are interchangeable
│   ├── k8s/
│   └── oci/
├── spreadsheet/      openpyxl
├── storage/          FileStorage, IngestStorage: fs, s3 are interchangeable
│   ├── fs/           filesystem
│   └── s3/
└── worker/           apscheduler
```
<!-- /reorg:placement -->
TEXT

  # fails with a sentence when a package is named after a bounded context, or a module imports what another concern adapts; needs nothing but Python
  new_document 'tests/test_layout_of_infrastructure.py' << 'TEXT'
"""Where a module of archive.infrastructure belongs: in the folder of what it adapts.

This file needs nothing but Python and imports nothing of the project. When the layout changes on
purpose, change the tables with it.
"""

import ast
import unittest
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "archive" / "infrastructure"

# No folder may have one of these names: a bounded context's name is for a file.
CONTEXTS = "auth deposition ingest record schema validation".split()

# A module that imports one of the libraries lies in the folder, or in another that lists it.
HOMES = {
    "http": (
        "aiohttp aiohttp_client_cache curl_cffi hishel httpcore httpx niquests pycurl "
        "requests requests_cache requests_toolbelt tls_client treq uplink urllib3"
    ).split(),
    "idp": (
        "aiohttp aiohttp_client_cache curl_cffi hishel httpcore httpx niquests pycurl "
        "requests requests_cache requests_toolbelt tls_client treq uplink urllib3"
    ).split(),
    "postgres": (
        "advanced_alchemy aerich aiopg alembic asyncpg asyncpgsa databases "
        "django.contrib.gis.db django.contrib.postgres django.db edgy flask_migrate "
        "flask_sqlalchemy geoalchemy2 gino orm ormar peewee pg8000 pgqueuer pgvector "
        "piccolo playhouse pony psycopg psycopg2 psycopg_pool saffier sqlalchemy "
        "sqlalchemy.dialects.postgresql sqlalchemy_utils sqlmodel supabase tortoise yoyo"
    ).split(),
    "runner/k8s": "kopf kr8s kubernetes kubernetes_asyncio lightkube pykube".split(),
    "runner/oci": "aiodocker docker podman python_on_whales".split(),
    "spreadsheet": "odf openpyxl pyexcel python_calamine pyxlsb xlrd xlsxwriter xlwt".split(),
    "storage/fs": "aiofile aiofiles anyio.Path django.core.files fs".split(),
    "storage/s3": (
        "aioboto3 aiobotocore aws_lambda_powertools boto boto3 botocore minio "
        "miniopy_async mypy_boto3 mypy_boto3_s3 obstore s3fs s3transfer "
        "storages.backends.s3 storages.backends.s3boto3 types_aiobotocore "
        "types_aiobotocore_s3"
    ).split(),
    "worker": "apscheduler".split(),
}

# Modules of these names tie adapters together and may import any of them.
WIRING = "di".split()

# What broke the rule when it was agreed on. Take lines away; do not add any.
ACCEPTED = []


def libraries_of(tree):
    """Yield line and dotted name of every import, but for those of type checkers alone."""
    if isinstance(tree, ast.If) and "TYPE_CHECKING" in ast.dump(tree.test):
        for child in tree.orelse:
            yield from libraries_of(child)
        return
    if isinstance(tree, ast.Import):
        yield from ((tree.lineno, alias.name) for alias in tree.names)
    elif isinstance(tree, ast.ImportFrom) and not tree.level:
        yield from ((tree.lineno, f"{tree.module}.{alias.name}") for alias in tree.names)
    for child in ast.iter_child_nodes(tree):
        yield from libraries_of(child)


def listed(name):
    """Return the longest beginning of a dotted name that a folder lists, or an empty text."""
    known = {library for libraries in HOMES.values() for library in libraries}
    while name and name not in known:
        name = name.rpartition(".")[0]
    return name


class LayoutTest(unittest.TestCase):
    def test_the_package_is_there(self):
        self.assertTrue(PACKAGE.is_dir(), f"{PACKAGE} is gone; say in {__file__} where it lies now")

    def test_no_package_is_named_after_a_bounded_context(self):
        for folder in sorted({path.parent for path in PACKAGE.rglob("*.py")}):
            parts = folder.relative_to(PACKAGE).parts
            for at, part in enumerate(parts, 1):
                path = "/".join(parts[:at])
                if part in CONTEXTS and (path, part) not in ACCEPTED:
                    self.fail(
                        f"{path}/ is named after the bounded context {part}: put its modules into "
                        f"the folders of what they adapt, and keep the name for a file"
                    )

    def test_each_module_lies_with_what_it_adapts(self):
        for file in sorted(PACKAGE.rglob("*.py")):
            path = file.relative_to(PACKAGE).as_posix()
            if file.stem in WIRING:
                continue
            try:
                tree = ast.parse(file.read_bytes())
            except (SyntaxError, ValueError):
                continue
            for line, name in libraries_of(tree):
                library = listed(name)
                homes = [folder for folder in sorted(HOMES) if library in HOMES[folder]]
                at_home = any(path.startswith(f"{folder}/") for folder in homes)
                if library and not at_home and (path, library) not in ACCEPTED:
                    self.fail(
                        f"{path}:{line} imports {library}, which is adapted in "
                        f"{' or '.join(homes)}: move it there"
                    )


if __name__ == "__main__":
    unittest.main()
TEXT
}

# ---------------------------------------------------------------------------------------- 5. Splits
#
# A module that has become the `__init__` of a package is cut, after all the moves and rewrites:
#
#   split_file FILE        begins with it (its name is the one before the moves)
#   part FILE              begins a new file; the `__init__` itself comes last
#   typed                  types what stands in the script: docstring and imports
#   typed_crlf             the same, with the line ends of Windows
#   typed_text TEXT        the same, for what cannot be seen
#   lines A,B C,D          takes lines of the module that is split, from A to B, then from C to D

split_files() {
  :
}

# ---------------------------------------------------------------------------------------- 6. Checks

summary() {
  cat << 'SUMMARY'
64 files move:
  to http/         3
  to idp/          4
  to postgres/     31
  to runner/       13
  to spreadsheet/  1
  to storage/      9
  to worker/       3
77 files are rewritten, 10 created, 4 deleted.
SUMMARY
}

commit_message() {
  cat << 'MESSAGE'
Give the modules of archive.infrastructure their new places

64 files move:
  to http/         3
  to idp/          4
  to postgres/     31
  to runner/       13
  to spreadsheet/  1
  to storage/      9
  to worker/       3
77 files are rewritten, 10 created, 4 deleted.

Only names change: imports, and texts that name a module or its path.
Made by reorganize.sh, which was reviewed at 3d7afb5e577b0bb410a5890d9ff8bcd3b7462150.
MESSAGE
}

split_message() {
  :
}

# What --format types, a command on each line: they are the project's own, and nothing of them was
# rehearsed or proved.
post_commands() {
  :
}

post_message() {
  :
}

# Old names of modules and paths, which must not stand in a file that nobody reviewed.
old_names() {
  cat << 'NAMES'
archive.infrastructure.auth
archive.infrastructure.data
archive.infrastructure.event
archive.infrastructure.http.Headers
archive.infrastructure.http.client
archive.infrastructure.http.transport
archive.infrastructure.ingest
archive.infrastructure.k8s
archive.infrastructure.oci
archive.infrastructure.persistence
archive.infrastructure.runner_utils
archive.infrastructure.s3
archive.infrastructure.storage.keys
archive.infrastructure.storage.paths
archive/infrastructure/auth/__init__.py
archive/infrastructure/auth/di.py
archive/infrastructure/auth/orcid.py
archive/infrastructure/auth/provider_registry.py
archive/infrastructure/auth/role_repository.py
archive/infrastructure/data
archive/infrastructure/event
archive/infrastructure/http/Headers.py
archive/infrastructure/http/client.py
archive/infrastructure/http/transport.py
archive/infrastructure/ingest
archive/infrastructure/k8s
archive/infrastructure/oci
archive/infrastructure/persistence/__init__.py
archive/infrastructure/persistence/adapter/feature_reader.py
archive/infrastructure/persistence/adapter/ingest_storage.py
archive/infrastructure/persistence/adapter/readers.py
archive/infrastructure/persistence/adapter/spreadsheet.py
archive/infrastructure/persistence/adapter/storage.py
archive/infrastructure/persistence/api_naming.py
archive/infrastructure/persistence/column_mapper.py
archive/infrastructure/persistence/database.py
archive/infrastructure/persistence/di.py
archive/infrastructure/persistence/feature_store.py
archive/infrastructure/persistence/feature_table.py
archive/infrastructure/persistence/fixtures.json
archive/infrastructure/persistence/keyset.py
archive/infrastructure/persistence/mappers
archive/infrastructure/persistence/metadata_store.py
archive/infrastructure/persistence/metadata_table.py
archive/infrastructure/persistence/migrate.py
archive/infrastructure/persistence/repository
archive/infrastructure/persistence/seed.py
archive/infrastructure/persistence/tables.py
archive/infrastructure/runner_utils.py
archive/infrastructure/s3
archive/infrastructure/storage/keys.py
archive/infrastructure/storage/paths.py
NAMES
}

# What no import may name any more, neither in full nor from its package, nor relatively: modules
# (with all that is in them), and packages that are gone.
old_modules() {
  cat << 'MODULES'
archive.infrastructure.auth
archive.infrastructure.auth.di
archive.infrastructure.auth.orcid
archive.infrastructure.auth.provider_registry
archive.infrastructure.auth.role_repository
archive.infrastructure.data
archive.infrastructure.data.postgres_catalog_read_store
archive.infrastructure.data.postgres_table_read_store
archive.infrastructure.data.schema_feature_reader
archive.infrastructure.event
archive.infrastructure.event.di
archive.infrastructure.event.worker
archive.infrastructure.http.Headers
archive.infrastructure.http.client
archive.infrastructure.http.transport
archive.infrastructure.ingest
archive.infrastructure.ingest.di
archive.infrastructure.k8s
archive.infrastructure.k8s.di
archive.infrastructure.k8s.errors
archive.infrastructure.k8s.health
archive.infrastructure.k8s.ingester_runner
archive.infrastructure.k8s.naming
archive.infrastructure.k8s.runner
archive.infrastructure.oci
archive.infrastructure.oci.di
archive.infrastructure.oci.ingester_runner
archive.infrastructure.oci.runner
archive.infrastructure.persistence
archive.infrastructure.persistence.adapter.feature_reader
archive.infrastructure.persistence.adapter.ingest_storage
archive.infrastructure.persistence.adapter.readers
archive.infrastructure.persistence.adapter.spreadsheet
archive.infrastructure.persistence.adapter.storage
archive.infrastructure.persistence.api_naming
archive.infrastructure.persistence.column_mapper
archive.infrastructure.persistence.database
archive.infrastructure.persistence.di
archive.infrastructure.persistence.feature_store
archive.infrastructure.persistence.feature_table
archive.infrastructure.persistence.keyset
archive.infrastructure.persistence.mappers
archive.infrastructure.persistence.mappers.auth
archive.infrastructure.persistence.mappers.deposition
archive.infrastructure.persistence.mappers.record
archive.infrastructure.persistence.mappers.schema
archive.infrastructure.persistence.metadata_store
archive.infrastructure.persistence.metadata_table
archive.infrastructure.persistence.migrate
archive.infrastructure.persistence.repository
archive.infrastructure.persistence.repository.auth
archive.infrastructure.persistence.repository.deposition
archive.infrastructure.persistence.repository.event
archive.infrastructure.persistence.repository.ingest
archive.infrastructure.persistence.repository.record
archive.infrastructure.persistence.repository.schema
archive.infrastructure.persistence.repository.session_rows
archive.infrastructure.persistence.seed
archive.infrastructure.persistence.tables
archive.infrastructure.runner_utils
archive.infrastructure.s3
archive.infrastructure.s3.client
archive.infrastructure.s3.ingest_storage
archive.infrastructure.s3.storage
archive.infrastructure.storage.keys
archive.infrastructure.storage.paths
MODULES
}

gone_packages() {
  cat << 'MODULES'
archive.infrastructure.auth
archive.infrastructure.data
archive.infrastructure.event
archive.infrastructure.ingest
archive.infrastructure.k8s
archive.infrastructure.messaging
archive.infrastructure.oci
archive.infrastructure.persistence
archive.infrastructure.persistence.adapter
archive.infrastructure.s3
MODULES
}

# The folders that moves and deletions leave, and those that new places need; inner ones first.
left_folders() {
  printf '%s\0' \
    'archive/infrastructure/s3' \
    'archive/infrastructure/persistence/repository' \
    'archive/infrastructure/persistence/mappers' \
    'archive/infrastructure/persistence/adapter' \
    'archive/infrastructure/persistence' \
    'archive/infrastructure/oci' \
    'archive/infrastructure/messaging' \
    'archive/infrastructure/k8s' \
    'archive/infrastructure/ingest' \
    'archive/infrastructure/event' \
    'archive/infrastructure/data' \
    'archive/infrastructure/auth'
}

needed_folders() {
  printf '%s\0' \
    'tests/traps' \
    'tests' \
    'migrations/versions' \
    'migrations' \
    'deploy' \
    'archive/infrastructure/worker' \
    'archive/infrastructure/storage/s3' \
    'archive/infrastructure/storage/fs' \
    'archive/infrastructure/storage' \
    'archive/infrastructure/spreadsheet' \
    'archive/infrastructure/runner/oci' \
    'archive/infrastructure/runner/k8s' \
    'archive/infrastructure/runner' \
    'archive/infrastructure/postgres/tables' \
    'archive/infrastructure/postgres/store' \
    'archive/infrastructure/postgres/setup' \
    'archive/infrastructure/postgres/repository/mappers' \
    'archive/infrastructure/postgres/repository' \
    'archive/infrastructure/postgres/query' \
    'archive/infrastructure/postgres' \
    'archive/infrastructure/idp' \
    'archive/infrastructure/http' \
    'archive/infrastructure' \
    'archive/application' \
    'archive' \
    '.github/workflows' \
    '.github'
}

# Whether a new name is only another way to write the old one, on a disk that ignores letter case.
is_same_file() {
  case $1 in
    'archive/infrastructure/http/headers.py') [ 'archive/infrastructure/http/headers.py' -ef 'archive/infrastructure/http/Headers.py' ] ;;
    *) false ;;
  esac
}

# For --rewrite-only: the old names as sed renames them in files that were not reviewed, where each
# stands alone; and what must then be left of none.
stale_rules() {
  cat << 'SED'
s/^/ /
s/$/ /
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/repository/session_rows\.py\([^A-Za-z0-9_-]\),\1{{reorganize-0}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/repository/session_rows\.py\([^A-Za-z0-9_-]\),\1{{reorganize-0}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/adapter/feature_reader\.py\([^A-Za-z0-9_-]\),\1{{reorganize-1}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/adapter/feature_reader\.py\([^A-Za-z0-9_-]\),\1{{reorganize-1}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/adapter/ingest_storage\.py\([^A-Za-z0-9_-]\),\1{{reorganize-2}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/adapter/ingest_storage\.py\([^A-Za-z0-9_-]\),\1{{reorganize-2}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/repository/deposition\.py\([^A-Za-z0-9_-]\),\1{{reorganize-3}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/repository/deposition\.py\([^A-Za-z0-9_-]\),\1{{reorganize-3}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.repository\.session_rows\([^A-Za-z0-9_-]\),\1{{reorganize-4}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.repository\.session_rows\([^A-Za-z0-9_-]\),\1{{reorganize-4}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/data/postgres_catalog_read_store\.py\([^A-Za-z0-9_-]\),\1{{reorganize-5}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/data/postgres_catalog_read_store\.py\([^A-Za-z0-9_-]\),\1{{reorganize-5}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.adapter\.feature_reader\([^A-Za-z0-9_-]\),\1{{reorganize-6}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.adapter\.feature_reader\([^A-Za-z0-9_-]\),\1{{reorganize-6}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.adapter\.ingest_storage\([^A-Za-z0-9_-]\),\1{{reorganize-7}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.adapter\.ingest_storage\([^A-Za-z0-9_-]\),\1{{reorganize-7}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/adapter/spreadsheet\.py\([^A-Za-z0-9_-]\),\1{{reorganize-8}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/adapter/spreadsheet\.py\([^A-Za-z0-9_-]\),\1{{reorganize-8}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.repository\.deposition\([^A-Za-z0-9_-]\),\1{{reorganize-9}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.repository\.deposition\([^A-Za-z0-9_-]\),\1{{reorganize-9}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/data/postgres_table_read_store\.py\([^A-Za-z0-9_-]\),\1{{reorganize-10}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/data/postgres_table_read_store\.py\([^A-Za-z0-9_-]\),\1{{reorganize-10}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/mappers/deposition\.py\([^A-Za-z0-9_-]\),\1{{reorganize-11}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/mappers/deposition\.py\([^A-Za-z0-9_-]\),\1{{reorganize-11}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.data\.postgres_catalog_read_store\([^A-Za-z0-9_-]\),\1{{reorganize-12}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.data\.postgres_catalog_read_store\([^A-Za-z0-9_-]\),\1{{reorganize-12}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/repository/ingest\.py\([^A-Za-z0-9_-]\),\1{{reorganize-13}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/repository/ingest\.py\([^A-Za-z0-9_-]\),\1{{reorganize-13}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/repository/record\.py\([^A-Za-z0-9_-]\),\1{{reorganize-14}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/repository/record\.py\([^A-Za-z0-9_-]\),\1{{reorganize-14}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/repository/schema\.py\([^A-Za-z0-9_-]\),\1{{reorganize-15}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/repository/schema\.py\([^A-Za-z0-9_-]\),\1{{reorganize-15}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.adapter\.spreadsheet\([^A-Za-z0-9_-]\),\1{{reorganize-16}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.adapter\.spreadsheet\([^A-Za-z0-9_-]\),\1{{reorganize-16}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/repository/event\.py\([^A-Za-z0-9_-]\),\1{{reorganize-17}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/repository/event\.py\([^A-Za-z0-9_-]\),\1{{reorganize-17}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.data\.postgres_table_read_store\([^A-Za-z0-9_-]\),\1{{reorganize-18}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.data\.postgres_table_read_store\([^A-Za-z0-9_-]\),\1{{reorganize-18}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.mappers\.deposition\([^A-Za-z0-9_-]\),\1{{reorganize-19}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.mappers\.deposition\([^A-Za-z0-9_-]\),\1{{reorganize-19}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/adapter/readers\.py\([^A-Za-z0-9_-]\),\1{{reorganize-20}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/adapter/readers\.py\([^A-Za-z0-9_-]\),\1{{reorganize-20}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/adapter/storage\.py\([^A-Za-z0-9_-]\),\1{{reorganize-21}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/adapter/storage\.py\([^A-Za-z0-9_-]\),\1{{reorganize-21}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/repository/auth\.py\([^A-Za-z0-9_-]\),\1{{reorganize-22}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/repository/auth\.py\([^A-Za-z0-9_-]\),\1{{reorganize-22}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.repository\.ingest\([^A-Za-z0-9_-]\),\1{{reorganize-23}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.repository\.ingest\([^A-Za-z0-9_-]\),\1{{reorganize-23}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.repository\.record\([^A-Za-z0-9_-]\),\1{{reorganize-24}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.repository\.record\([^A-Za-z0-9_-]\),\1{{reorganize-24}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.repository\.schema\([^A-Za-z0-9_-]\),\1{{reorganize-25}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.repository\.schema\([^A-Za-z0-9_-]\),\1{{reorganize-25}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/data/schema_feature_reader\.py\([^A-Za-z0-9_-]\),\1{{reorganize-26}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/data/schema_feature_reader\.py\([^A-Za-z0-9_-]\),\1{{reorganize-26}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/mappers/record\.py\([^A-Za-z0-9_-]\),\1{{reorganize-27}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/mappers/record\.py\([^A-Za-z0-9_-]\),\1{{reorganize-27}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/mappers/schema\.py\([^A-Za-z0-9_-]\),\1{{reorganize-28}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/mappers/schema\.py\([^A-Za-z0-9_-]\),\1{{reorganize-28}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/metadata_store\.py\([^A-Za-z0-9_-]\),\1{{reorganize-29}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/metadata_store\.py\([^A-Za-z0-9_-]\),\1{{reorganize-29}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/metadata_table\.py\([^A-Za-z0-9_-]\),\1{{reorganize-30}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/metadata_table\.py\([^A-Za-z0-9_-]\),\1{{reorganize-30}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.repository\.event\([^A-Za-z0-9_-]\),\1{{reorganize-31}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.repository\.event\([^A-Za-z0-9_-]\),\1{{reorganize-31}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/column_mapper\.py\([^A-Za-z0-9_-]\),\1{{reorganize-32}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/column_mapper\.py\([^A-Za-z0-9_-]\),\1{{reorganize-32}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/feature_store\.py\([^A-Za-z0-9_-]\),\1{{reorganize-33}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/feature_store\.py\([^A-Za-z0-9_-]\),\1{{reorganize-33}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/feature_table\.py\([^A-Za-z0-9_-]\),\1{{reorganize-34}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/feature_table\.py\([^A-Za-z0-9_-]\),\1{{reorganize-34}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.adapter\.readers\([^A-Za-z0-9_-]\),\1{{reorganize-35}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.adapter\.readers\([^A-Za-z0-9_-]\),\1{{reorganize-35}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.adapter\.storage\([^A-Za-z0-9_-]\),\1{{reorganize-36}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.adapter\.storage\([^A-Za-z0-9_-]\),\1{{reorganize-36}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.repository\.auth\([^A-Za-z0-9_-]\),\1{{reorganize-37}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.repository\.auth\([^A-Za-z0-9_-]\),\1{{reorganize-37}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/mappers/auth\.py\([^A-Za-z0-9_-]\),\1{{reorganize-38}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/mappers/auth\.py\([^A-Za-z0-9_-]\),\1{{reorganize-38}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.data\.schema_feature_reader\([^A-Za-z0-9_-]\),\1{{reorganize-39}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.data\.schema_feature_reader\([^A-Za-z0-9_-]\),\1{{reorganize-39}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.mappers\.record\([^A-Za-z0-9_-]\),\1{{reorganize-40}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.mappers\.record\([^A-Za-z0-9_-]\),\1{{reorganize-40}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.mappers\.schema\([^A-Za-z0-9_-]\),\1{{reorganize-41}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.mappers\.schema\([^A-Za-z0-9_-]\),\1{{reorganize-41}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.metadata_store\([^A-Za-z0-9_-]\),\1{{reorganize-42}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.metadata_store\([^A-Za-z0-9_-]\),\1{{reorganize-42}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.metadata_table\([^A-Za-z0-9_-]\),\1{{reorganize-43}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.metadata_table\([^A-Za-z0-9_-]\),\1{{reorganize-43}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.column_mapper\([^A-Za-z0-9_-]\),\1{{reorganize-44}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.column_mapper\([^A-Za-z0-9_-]\),\1{{reorganize-44}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.feature_store\([^A-Za-z0-9_-]\),\1{{reorganize-45}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.feature_store\([^A-Za-z0-9_-]\),\1{{reorganize-45}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.feature_table\([^A-Za-z0-9_-]\),\1{{reorganize-46}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.feature_table\([^A-Za-z0-9_-]\),\1{{reorganize-46}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/auth/provider_registry\.py\([^A-Za-z0-9_-]\),\1{{reorganize-47}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/auth/provider_registry\.py\([^A-Za-z0-9_-]\),\1{{reorganize-47}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/api_naming\.py\([^A-Za-z0-9_-]\),\1{{reorganize-48}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/api_naming\.py\([^A-Za-z0-9_-]\),\1{{reorganize-48}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/fixtures\.json\([^A-Za-z0-9_-]\),\1{{reorganize-49}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/fixtures\.json\([^A-Za-z0-9_-]\),\1{{reorganize-49}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.mappers\.auth\([^A-Za-z0-9_-]\),\1{{reorganize-50}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.mappers\.auth\([^A-Za-z0-9_-]\),\1{{reorganize-50}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/auth/role_repository\.py\([^A-Za-z0-9_-]\),\1{{reorganize-51}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/auth/role_repository\.py\([^A-Za-z0-9_-]\),\1{{reorganize-51}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/__init__\.py\([^A-Za-z0-9_-]\),\1{{reorganize-52}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/__init__\.py\([^A-Za-z0-9_-]\),\1{{reorganize-52}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/database\.py\([^A-Za-z0-9_-]\),\1{{reorganize-53}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/database\.py\([^A-Za-z0-9_-]\),\1{{reorganize-53}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.auth\.provider_registry\([^A-Za-z0-9_-]\),\1{{reorganize-54}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.auth\.provider_registry\([^A-Za-z0-9_-]\),\1{{reorganize-54}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.api_naming\([^A-Za-z0-9_-]\),\1{{reorganize-55}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.api_naming\([^A-Za-z0-9_-]\),\1{{reorganize-55}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.repository\([^A-Za-z0-9_-]\),\1{{reorganize-56}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.repository\([^A-Za-z0-9_-]\),\1{{reorganize-56}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/k8s/ingester_runner\.py\([^A-Za-z0-9_-]\),\1{{reorganize-57}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/k8s/ingester_runner\.py\([^A-Za-z0-9_-]\),\1{{reorganize-57}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/oci/ingester_runner\.py\([^A-Za-z0-9_-]\),\1{{reorganize-58}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/oci/ingester_runner\.py\([^A-Za-z0-9_-]\),\1{{reorganize-58}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/migrate\.py\([^A-Za-z0-9_-]\),\1{{reorganize-59}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/migrate\.py\([^A-Za-z0-9_-]\),\1{{reorganize-59}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/repository\([^A-Za-z0-9_-]\),\1{{reorganize-60}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/repository\([^A-Za-z0-9_-]\),\1{{reorganize-60}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/k8s/job_template\.json\([^A-Za-z0-9_-]\),\1{{reorganize-61}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/k8s/job_template\.json\([^A-Za-z0-9_-]\),\1{{reorganize-61}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/keyset\.py\([^A-Za-z0-9_-]\),\1{{reorganize-62}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/keyset\.py\([^A-Za-z0-9_-]\),\1{{reorganize-62}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/tables\.py\([^A-Za-z0-9_-]\),\1{{reorganize-63}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/tables\.py\([^A-Za-z0-9_-]\),\1{{reorganize-63}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.auth\.role_repository\([^A-Za-z0-9_-]\),\1{{reorganize-64}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.auth\.role_repository\([^A-Za-z0-9_-]\),\1{{reorganize-64}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.database\([^A-Za-z0-9_-]\),\1{{reorganize-65}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.database\([^A-Za-z0-9_-]\),\1{{reorganize-65}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/s3/ingest_storage\.py\([^A-Za-z0-9_-]\),\1{{reorganize-66}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/s3/ingest_storage\.py\([^A-Za-z0-9_-]\),\1{{reorganize-66}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.k8s\.ingester_runner\([^A-Za-z0-9_-]\),\1{{reorganize-67}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.k8s\.ingester_runner\([^A-Za-z0-9_-]\),\1{{reorganize-67}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.oci\.ingester_runner\([^A-Za-z0-9_-]\),\1{{reorganize-68}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.oci\.ingester_runner\([^A-Za-z0-9_-]\),\1{{reorganize-68}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.mappers\([^A-Za-z0-9_-]\),\1{{reorganize-69}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.mappers\([^A-Za-z0-9_-]\),\1{{reorganize-69}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.migrate\([^A-Za-z0-9_-]\),\1{{reorganize-70}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.migrate\([^A-Za-z0-9_-]\),\1{{reorganize-70}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/mappers\([^A-Za-z0-9_-]\),\1{{reorganize-71}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/mappers\([^A-Za-z0-9_-]\),\1{{reorganize-71}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/seed\.py\([^A-Za-z0-9_-]\),\1{{reorganize-72}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/seed\.py\([^A-Za-z0-9_-]\),\1{{reorganize-72}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.keyset\([^A-Za-z0-9_-]\),\1{{reorganize-73}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.keyset\([^A-Za-z0-9_-]\),\1{{reorganize-73}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.tables\([^A-Za-z0-9_-]\),\1{{reorganize-74}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.tables\([^A-Za-z0-9_-]\),\1{{reorganize-74}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.s3\.ingest_storage\([^A-Za-z0-9_-]\),\1{{reorganize-75}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.s3\.ingest_storage\([^A-Za-z0-9_-]\),\1{{reorganize-75}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/event/__init__\.py\([^A-Za-z0-9_-]\),\1{{reorganize-76}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/event/__init__\.py\([^A-Za-z0-9_-]\),\1{{reorganize-76}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/di\.py\([^A-Za-z0-9_-]\),\1{{reorganize-77}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/persistence/di\.py\([^A-Za-z0-9_-]\),\1{{reorganize-77}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.seed\([^A-Za-z0-9_-]\),\1{{reorganize-78}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.seed\([^A-Za-z0-9_-]\),\1{{reorganize-78}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/auth/__init__\.py\([^A-Za-z0-9_-]\),\1{{reorganize-79}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/auth/__init__\.py\([^A-Za-z0-9_-]\),\1{{reorganize-79}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/event/worker\.py\([^A-Za-z0-9_-]\),\1{{reorganize-80}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/event/worker\.py\([^A-Za-z0-9_-]\),\1{{reorganize-80}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/http/Headers\.py\([^A-Za-z0-9_-]\),\1{{reorganize-81}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/http/Headers\.py\([^A-Za-z0-9_-]\),\1{{reorganize-81}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/k8s/__init__\.py\([^A-Za-z0-9_-]\),\1{{reorganize-82}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/k8s/__init__\.py\([^A-Za-z0-9_-]\),\1{{reorganize-82}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/oci/__init__\.py\([^A-Za-z0-9_-]\),\1{{reorganize-83}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/oci/__init__\.py\([^A-Za-z0-9_-]\),\1{{reorganize-83}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/runner_utils\.py\([^A-Za-z0-9_-]\),\1{{reorganize-84}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/runner_utils\.py\([^A-Za-z0-9_-]\),\1{{reorganize-84}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.di\([^A-Za-z0-9_-]\),\1{{reorganize-85}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\.di\([^A-Za-z0-9_-]\),\1{{reorganize-85}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/http/client\.py\([^A-Za-z0-9_-]\),\1{{reorganize-86}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/http/client\.py\([^A-Za-z0-9_-]\),\1{{reorganize-86}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/s3/__init__\.py\([^A-Za-z0-9_-]\),\1{{reorganize-87}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/s3/__init__\.py\([^A-Za-z0-9_-]\),\1{{reorganize-87}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/auth/orcid\.py\([^A-Za-z0-9_-]\),\1{{reorganize-88}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/auth/orcid\.py\([^A-Za-z0-9_-]\),\1{{reorganize-88}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/k8s/errors\.py\([^A-Za-z0-9_-]\),\1{{reorganize-89}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/k8s/errors\.py\([^A-Za-z0-9_-]\),\1{{reorganize-89}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/k8s/health\.py\([^A-Za-z0-9_-]\),\1{{reorganize-90}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/k8s/health\.py\([^A-Za-z0-9_-]\),\1{{reorganize-90}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/k8s/naming\.py\([^A-Za-z0-9_-]\),\1{{reorganize-91}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/k8s/naming\.py\([^A-Za-z0-9_-]\),\1{{reorganize-91}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/k8s/runner\.py\([^A-Za-z0-9_-]\),\1{{reorganize-92}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/k8s/runner\.py\([^A-Za-z0-9_-]\),\1{{reorganize-92}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/oci/runner\.py\([^A-Za-z0-9_-]\),\1{{reorganize-93}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/oci/runner\.py\([^A-Za-z0-9_-]\),\1{{reorganize-93}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/s3/storage\.py\([^A-Za-z0-9_-]\),\1{{reorganize-94}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/s3/storage\.py\([^A-Za-z0-9_-]\),\1{{reorganize-94}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.event\.worker\([^A-Za-z0-9_-]\),\1{{reorganize-95}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.event\.worker\([^A-Za-z0-9_-]\),\1{{reorganize-95}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.http\.Headers\([^A-Za-z0-9_-]\),\1{{reorganize-96}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.http\.Headers\([^A-Za-z0-9_-]\),\1{{reorganize-96}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.runner_utils\([^A-Za-z0-9_-]\),\1{{reorganize-97}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.runner_utils\([^A-Za-z0-9_-]\),\1{{reorganize-97}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/ingest/di\.py\([^A-Za-z0-9_-]\),\1{{reorganize-98}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/ingest/di\.py\([^A-Za-z0-9_-]\),\1{{reorganize-98}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/s3/client\.py\([^A-Za-z0-9_-]\),\1{{reorganize-99}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/s3/client\.py\([^A-Za-z0-9_-]\),\1{{reorganize-99}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.http\.client\([^A-Za-z0-9_-]\),\1{{reorganize-100}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.http\.client\([^A-Za-z0-9_-]\),\1{{reorganize-100}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\([^A-Za-z0-9_-]\),\1{{reorganize-101}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.persistence\([^A-Za-z0-9_-]\),\1{{reorganize-101}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/event/di\.py\([^A-Za-z0-9_-]\),\1{{reorganize-102}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/event/di\.py\([^A-Za-z0-9_-]\),\1{{reorganize-102}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.auth\.orcid\([^A-Za-z0-9_-]\),\1{{reorganize-103}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.auth\.orcid\([^A-Za-z0-9_-]\),\1{{reorganize-103}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.k8s\.errors\([^A-Za-z0-9_-]\),\1{{reorganize-104}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.k8s\.errors\([^A-Za-z0-9_-]\),\1{{reorganize-104}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.k8s\.health\([^A-Za-z0-9_-]\),\1{{reorganize-105}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.k8s\.health\([^A-Za-z0-9_-]\),\1{{reorganize-105}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.k8s\.naming\([^A-Za-z0-9_-]\),\1{{reorganize-106}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.k8s\.naming\([^A-Za-z0-9_-]\),\1{{reorganize-106}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.k8s\.runner\([^A-Za-z0-9_-]\),\1{{reorganize-107}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.k8s\.runner\([^A-Za-z0-9_-]\),\1{{reorganize-107}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.oci\.runner\([^A-Za-z0-9_-]\),\1{{reorganize-108}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.oci\.runner\([^A-Za-z0-9_-]\),\1{{reorganize-108}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.s3\.storage\([^A-Za-z0-9_-]\),\1{{reorganize-109}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.s3\.storage\([^A-Za-z0-9_-]\),\1{{reorganize-109}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/auth/di\.py\([^A-Za-z0-9_-]\),\1{{reorganize-110}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/auth/di\.py\([^A-Za-z0-9_-]\),\1{{reorganize-110}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.ingest\.di\([^A-Za-z0-9_-]\),\1{{reorganize-111}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.ingest\.di\([^A-Za-z0-9_-]\),\1{{reorganize-111}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.s3\.client\([^A-Za-z0-9_-]\),\1{{reorganize-112}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.s3\.client\([^A-Za-z0-9_-]\),\1{{reorganize-112}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/k8s/di\.py\([^A-Za-z0-9_-]\),\1{{reorganize-113}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/k8s/di\.py\([^A-Za-z0-9_-]\),\1{{reorganize-113}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/oci/di\.py\([^A-Za-z0-9_-]\),\1{{reorganize-114}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/oci/di\.py\([^A-Za-z0-9_-]\),\1{{reorganize-114}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.event\.di\([^A-Za-z0-9_-]\),\1{{reorganize-115}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.event\.di\([^A-Za-z0-9_-]\),\1{{reorganize-115}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.auth\.di\([^A-Za-z0-9_-]\),\1{{reorganize-116}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.auth\.di\([^A-Za-z0-9_-]\),\1{{reorganize-116}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.ingest\([^A-Za-z0-9_-]\),\1{{reorganize-117}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.ingest\([^A-Za-z0-9_-]\),\1{{reorganize-117}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.k8s\.di\([^A-Za-z0-9_-]\),\1{{reorganize-118}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.k8s\.di\([^A-Za-z0-9_-]\),\1{{reorganize-118}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.oci\.di\([^A-Za-z0-9_-]\),\1{{reorganize-119}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.oci\.di\([^A-Za-z0-9_-]\),\1{{reorganize-119}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/ingest\([^A-Za-z0-9_-]\),\1{{reorganize-120}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/ingest\([^A-Za-z0-9_-]\),\1{{reorganize-120}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.event\([^A-Za-z0-9_-]\),\1{{reorganize-121}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.event\([^A-Za-z0-9_-]\),\1{{reorganize-121}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/event\([^A-Za-z0-9_-]\),\1{{reorganize-122}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/event\([^A-Za-z0-9_-]\),\1{{reorganize-122}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.auth\([^A-Za-z0-9_-]\),\1{{reorganize-123}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.auth\([^A-Za-z0-9_-]\),\1{{reorganize-123}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.data\([^A-Za-z0-9_-]\),\1{{reorganize-124}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.data\([^A-Za-z0-9_-]\),\1{{reorganize-124}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/data\([^A-Za-z0-9_-]\),\1{{reorganize-125}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/data\([^A-Za-z0-9_-]\),\1{{reorganize-125}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.k8s\([^A-Za-z0-9_-]\),\1{{reorganize-126}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.k8s\([^A-Za-z0-9_-]\),\1{{reorganize-126}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.oci\([^A-Za-z0-9_-]\),\1{{reorganize-127}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.oci\([^A-Za-z0-9_-]\),\1{{reorganize-127}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/k8s\([^A-Za-z0-9_-]\),\1{{reorganize-128}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/k8s\([^A-Za-z0-9_-]\),\1{{reorganize-128}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/oci\([^A-Za-z0-9_-]\),\1{{reorganize-129}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/oci\([^A-Za-z0-9_-]\),\1{{reorganize-129}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.s3\([^A-Za-z0-9_-]\),\1{{reorganize-130}}\2,g
s,\([^A-Za-z0-9_./-]\)archive\.infrastructure\.s3\([^A-Za-z0-9_-]\),\1{{reorganize-130}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/s3\([^A-Za-z0-9_-]\),\1{{reorganize-131}}\2,g
s,\([^A-Za-z0-9_/-]\)archive/infrastructure/s3\([^A-Za-z0-9_-]\),\1{{reorganize-131}}\2,g
s,{{reorganize-0}},archive/infrastructure/postgres/repository/session_rows.py,g
s,{{reorganize-1}},archive/infrastructure/postgres/query/feature_reader.py,g
s,{{reorganize-2}},archive/infrastructure/storage/fs/ingest_storage.py,g
s,{{reorganize-3}},archive/infrastructure/postgres/repository/deposition.py,g
s,{{reorganize-4}},archive.infrastructure.postgres.repository.session_rows,g
s,{{reorganize-5}},archive/infrastructure/postgres/query/postgres_catalog_read_store.py,g
s,{{reorganize-6}},archive.infrastructure.postgres.query.feature_reader,g
s,{{reorganize-7}},archive.infrastructure.storage.fs.ingest_storage,g
s,{{reorganize-8}},archive/infrastructure/spreadsheet/spreadsheet.py,g
s,{{reorganize-9}},archive.infrastructure.postgres.repository.deposition,g
s,{{reorganize-10}},archive/infrastructure/postgres/query/postgres_table_read_store.py,g
s,{{reorganize-11}},archive/infrastructure/postgres/repository/mappers/deposition.py,g
s,{{reorganize-12}},archive.infrastructure.postgres.query.postgres_catalog_read_store,g
s,{{reorganize-13}},archive/infrastructure/postgres/repository/ingest.py,g
s,{{reorganize-14}},archive/infrastructure/postgres/repository/record.py,g
s,{{reorganize-15}},archive/infrastructure/postgres/repository/schema.py,g
s,{{reorganize-16}},archive.infrastructure.spreadsheet.spreadsheet,g
s,{{reorganize-17}},archive/infrastructure/postgres/repository/event.py,g
s,{{reorganize-18}},archive.infrastructure.postgres.query.postgres_table_read_store,g
s,{{reorganize-19}},archive.infrastructure.postgres.repository.mappers.deposition,g
s,{{reorganize-20}},archive/infrastructure/postgres/query/readers.py,g
s,{{reorganize-21}},archive/infrastructure/storage/fs/storage.py,g
s,{{reorganize-22}},archive/infrastructure/postgres/repository/auth.py,g
s,{{reorganize-23}},archive.infrastructure.postgres.repository.ingest,g
s,{{reorganize-24}},archive.infrastructure.postgres.repository.record,g
s,{{reorganize-25}},archive.infrastructure.postgres.repository.schema,g
s,{{reorganize-26}},archive/infrastructure/postgres/query/schema_feature_reader.py,g
s,{{reorganize-27}},archive/infrastructure/postgres/repository/mappers/record.py,g
s,{{reorganize-28}},archive/infrastructure/postgres/repository/mappers/schema.py,g
s,{{reorganize-29}},archive/infrastructure/postgres/store/metadata_store.py,g
s,{{reorganize-30}},archive/infrastructure/postgres/tables/metadata_table.py,g
s,{{reorganize-31}},archive.infrastructure.postgres.repository.event,g
s,{{reorganize-32}},archive/infrastructure/postgres/tables/column_mapper.py,g
s,{{reorganize-33}},archive/infrastructure/postgres/store/feature_store.py,g
s,{{reorganize-34}},archive/infrastructure/postgres/tables/feature_table.py,g
s,{{reorganize-35}},archive.infrastructure.postgres.query.readers,g
s,{{reorganize-36}},archive.infrastructure.storage.fs.storage,g
s,{{reorganize-37}},archive.infrastructure.postgres.repository.auth,g
s,{{reorganize-38}},archive/infrastructure/postgres/repository/mappers/auth.py,g
s,{{reorganize-39}},archive.infrastructure.postgres.query.schema_feature_reader,g
s,{{reorganize-40}},archive.infrastructure.postgres.repository.mappers.record,g
s,{{reorganize-41}},archive.infrastructure.postgres.repository.mappers.schema,g
s,{{reorganize-42}},archive.infrastructure.postgres.store.metadata_store,g
s,{{reorganize-43}},archive.infrastructure.postgres.tables.metadata_table,g
s,{{reorganize-44}},archive.infrastructure.postgres.tables.column_mapper,g
s,{{reorganize-45}},archive.infrastructure.postgres.store.feature_store,g
s,{{reorganize-46}},archive.infrastructure.postgres.tables.feature_table,g
s,{{reorganize-47}},archive/infrastructure/idp/provider_registry.py,g
s,{{reorganize-48}},archive/infrastructure/postgres/tables/naming.py,g
s,{{reorganize-49}},archive/infrastructure/postgres/setup/fixtures.json,g
s,{{reorganize-50}},archive.infrastructure.postgres.repository.mappers.auth,g
s,{{reorganize-51}},archive/infrastructure/postgres/repository/role.py,g
s,{{reorganize-52}},archive/infrastructure/postgres/__init__.py,g
s,{{reorganize-53}},archive/infrastructure/postgres/setup/database.py,g
s,{{reorganize-54}},archive.infrastructure.idp.provider_registry,g
s,{{reorganize-55}},archive.infrastructure.postgres.tables.naming,g
s,{{reorganize-56}},archive.infrastructure.postgres.repository,g
s,{{reorganize-57}},archive/infrastructure/runner/k8s/ingester_runner.py,g
s,{{reorganize-58}},archive/infrastructure/runner/oci/ingester_runner.py,g
s,{{reorganize-59}},archive/infrastructure/postgres/setup/migrate.py,g
s,{{reorganize-60}},archive/infrastructure/postgres/repository,g
s,{{reorganize-61}},archive/infrastructure/runner/k8s/job_template.json,g
s,{{reorganize-62}},archive/infrastructure/postgres/query/keyset.py,g
s,{{reorganize-63}},archive/infrastructure/postgres/tables/__init__.py,g
s,{{reorganize-64}},archive.infrastructure.postgres.repository.role,g
s,{{reorganize-65}},archive.infrastructure.postgres.setup.database,g
s,{{reorganize-66}},archive/infrastructure/storage/s3/ingest_storage.py,g
s,{{reorganize-67}},archive.infrastructure.runner.k8s.ingester_runner,g
s,{{reorganize-68}},archive.infrastructure.runner.oci.ingester_runner,g
s,{{reorganize-69}},archive.infrastructure.postgres.repository.mappers,g
s,{{reorganize-70}},archive.infrastructure.postgres.setup.migrate,g
s,{{reorganize-71}},archive/infrastructure/postgres/repository/mappers,g
s,{{reorganize-72}},archive/infrastructure/postgres/setup/seed.py,g
s,{{reorganize-73}},archive.infrastructure.postgres.query.keyset,g
s,{{reorganize-74}},archive.infrastructure.postgres.tables,g
s,{{reorganize-75}},archive.infrastructure.storage.s3.ingest_storage,g
s,{{reorganize-76}},archive/infrastructure/worker/__init__.py,g
s,{{reorganize-77}},archive/infrastructure/postgres/setup/di.py,g
s,{{reorganize-78}},archive.infrastructure.postgres.setup.seed,g
s,{{reorganize-79}},archive/infrastructure/idp/__init__.py,g
s,{{reorganize-80}},archive/infrastructure/worker/worker.py,g
s,{{reorganize-81}},archive/infrastructure/http/headers.py,g
s,{{reorganize-82}},archive/infrastructure/runner/k8s/__init__.py,g
s,{{reorganize-83}},archive/infrastructure/runner/oci/__init__.py,g
s,{{reorganize-84}},archive/infrastructure/runner/shared.py,g
s,{{reorganize-85}},archive.infrastructure.postgres.setup.di,g
s,{{reorganize-86}},archive/infrastructure/http/transport.py,g
s,{{reorganize-87}},archive/infrastructure/storage/s3/__init__.py,g
s,{{reorganize-88}},archive/infrastructure/idp/orcid.py,g
s,{{reorganize-89}},archive/infrastructure/runner/k8s/errors.py,g
s,{{reorganize-90}},archive/infrastructure/runner/k8s/health.py,g
s,{{reorganize-91}},archive/infrastructure/runner/k8s/naming.py,g
s,{{reorganize-92}},archive/infrastructure/runner/k8s/runner.py,g
s,{{reorganize-93}},archive/infrastructure/runner/oci/runner.py,g
s,{{reorganize-94}},archive/infrastructure/storage/s3/storage.py,g
s,{{reorganize-95}},archive.infrastructure.worker.worker,g
s,{{reorganize-96}},archive.infrastructure.http.headers,g
s,{{reorganize-97}},archive.infrastructure.runner.shared,g
s,{{reorganize-98}},archive/infrastructure/storage/di.py,g
s,{{reorganize-99}},archive/infrastructure/storage/s3/client.py,g
s,{{reorganize-100}},archive.infrastructure.http.transport,g
s,{{reorganize-101}},archive.infrastructure.postgres,g
s,{{reorganize-102}},archive/infrastructure/worker/di.py,g
s,{{reorganize-103}},archive.infrastructure.idp.orcid,g
s,{{reorganize-104}},archive.infrastructure.runner.k8s.errors,g
s,{{reorganize-105}},archive.infrastructure.runner.k8s.health,g
s,{{reorganize-106}},archive.infrastructure.runner.k8s.naming,g
s,{{reorganize-107}},archive.infrastructure.runner.k8s.runner,g
s,{{reorganize-108}},archive.infrastructure.runner.oci.runner,g
s,{{reorganize-109}},archive.infrastructure.storage.s3.storage,g
s,{{reorganize-110}},archive/infrastructure/idp/di.py,g
s,{{reorganize-111}},archive.infrastructure.storage.di,g
s,{{reorganize-112}},archive.infrastructure.storage.s3.client,g
s,{{reorganize-113}},archive/infrastructure/runner/k8s/di.py,g
s,{{reorganize-114}},archive/infrastructure/runner/oci/di.py,g
s,{{reorganize-115}},archive.infrastructure.worker.di,g
s,{{reorganize-116}},archive.infrastructure.idp.di,g
s,{{reorganize-117}},archive.infrastructure.storage,g
s,{{reorganize-118}},archive.infrastructure.runner.k8s.di,g
s,{{reorganize-119}},archive.infrastructure.runner.oci.di,g
s,{{reorganize-120}},archive/infrastructure/storage,g
s,{{reorganize-121}},archive.infrastructure.worker,g
s,{{reorganize-122}},archive/infrastructure/worker,g
s,{{reorganize-123}},archive.infrastructure.idp,g
s,{{reorganize-124}},archive.infrastructure.postgres.query,g
s,{{reorganize-125}},archive/infrastructure/postgres/query,g
s,{{reorganize-126}},archive.infrastructure.runner.k8s,g
s,{{reorganize-127}},archive.infrastructure.runner.oci,g
s,{{reorganize-128}},archive/infrastructure/runner/k8s,g
s,{{reorganize-129}},archive/infrastructure/runner/oci,g
s,{{reorganize-130}},archive.infrastructure.storage.s3,g
s,{{reorganize-131}},archive/infrastructure/storage/s3,g
s/^ //
s/ $//
SED
}

stale_names() {
  cat << 'NAMES'
archive.infrastructure.auth
archive.infrastructure.data
archive.infrastructure.event
archive.infrastructure.http.Headers
archive.infrastructure.http.client
archive.infrastructure.ingest
archive.infrastructure.k8s
archive.infrastructure.oci
archive.infrastructure.persistence
archive.infrastructure.runner_utils
archive.infrastructure.s3
archive/infrastructure/auth/__init__.py
archive/infrastructure/auth/di.py
archive/infrastructure/auth/orcid.py
archive/infrastructure/auth/provider_registry.py
archive/infrastructure/auth/role_repository.py
archive/infrastructure/data
archive/infrastructure/event
archive/infrastructure/http/Headers.py
archive/infrastructure/http/client.py
archive/infrastructure/ingest
archive/infrastructure/k8s
archive/infrastructure/oci
archive/infrastructure/persistence/__init__.py
archive/infrastructure/persistence/adapter/feature_reader.py
archive/infrastructure/persistence/adapter/ingest_storage.py
archive/infrastructure/persistence/adapter/readers.py
archive/infrastructure/persistence/adapter/spreadsheet.py
archive/infrastructure/persistence/adapter/storage.py
archive/infrastructure/persistence/api_naming.py
archive/infrastructure/persistence/column_mapper.py
archive/infrastructure/persistence/database.py
archive/infrastructure/persistence/di.py
archive/infrastructure/persistence/feature_store.py
archive/infrastructure/persistence/feature_table.py
archive/infrastructure/persistence/fixtures.json
archive/infrastructure/persistence/keyset.py
archive/infrastructure/persistence/mappers
archive/infrastructure/persistence/metadata_store.py
archive/infrastructure/persistence/metadata_table.py
archive/infrastructure/persistence/migrate.py
archive/infrastructure/persistence/repository
archive/infrastructure/persistence/seed.py
archive/infrastructure/persistence/tables.py
archive/infrastructure/runner_utils.py
archive/infrastructure/s3
NAMES
}

stale_modules() {
  cat << 'MODULES'
archive.infrastructure.auth
archive.infrastructure.auth.di
archive.infrastructure.auth.orcid
archive.infrastructure.auth.provider_registry
archive.infrastructure.auth.role_repository
archive.infrastructure.data
archive.infrastructure.data.postgres_catalog_read_store
archive.infrastructure.data.postgres_table_read_store
archive.infrastructure.data.schema_feature_reader
archive.infrastructure.event
archive.infrastructure.event.di
archive.infrastructure.event.worker
archive.infrastructure.http.Headers
archive.infrastructure.http.client
archive.infrastructure.ingest
archive.infrastructure.ingest.di
archive.infrastructure.k8s
archive.infrastructure.k8s.di
archive.infrastructure.k8s.errors
archive.infrastructure.k8s.health
archive.infrastructure.k8s.ingester_runner
archive.infrastructure.k8s.naming
archive.infrastructure.k8s.runner
archive.infrastructure.oci
archive.infrastructure.oci.di
archive.infrastructure.oci.ingester_runner
archive.infrastructure.oci.runner
archive.infrastructure.persistence
archive.infrastructure.persistence.adapter.feature_reader
archive.infrastructure.persistence.adapter.ingest_storage
archive.infrastructure.persistence.adapter.readers
archive.infrastructure.persistence.adapter.spreadsheet
archive.infrastructure.persistence.adapter.storage
archive.infrastructure.persistence.api_naming
archive.infrastructure.persistence.column_mapper
archive.infrastructure.persistence.database
archive.infrastructure.persistence.di
archive.infrastructure.persistence.feature_store
archive.infrastructure.persistence.feature_table
archive.infrastructure.persistence.keyset
archive.infrastructure.persistence.mappers
archive.infrastructure.persistence.mappers.auth
archive.infrastructure.persistence.mappers.deposition
archive.infrastructure.persistence.mappers.record
archive.infrastructure.persistence.mappers.schema
archive.infrastructure.persistence.metadata_store
archive.infrastructure.persistence.metadata_table
archive.infrastructure.persistence.migrate
archive.infrastructure.persistence.repository
archive.infrastructure.persistence.repository.auth
archive.infrastructure.persistence.repository.deposition
archive.infrastructure.persistence.repository.event
archive.infrastructure.persistence.repository.ingest
archive.infrastructure.persistence.repository.record
archive.infrastructure.persistence.repository.schema
archive.infrastructure.persistence.repository.session_rows
archive.infrastructure.persistence.seed
archive.infrastructure.persistence.tables
archive.infrastructure.runner_utils
archive.infrastructure.s3
archive.infrastructure.s3.client
archive.infrastructure.s3.ingest_storage
archive.infrastructure.s3.storage
MODULES
}

# Old names that mean something after the moves as well (files change places, a module becomes a
# package of its name): which of the two is meant, only a person can tell. And, as an exception, the
# new names that begin with one of them.
double_names() {
  cat << 'NAMES'
archive.infrastructure.http.transport
archive.infrastructure.storage.keys
archive.infrastructure.storage.paths
archive/infrastructure/http/transport.py
archive/infrastructure/storage/keys.py
archive/infrastructure/storage/paths.py
NAMES
}

double_modules() {
  cat << 'MODULES'
archive.infrastructure.http.transport
archive.infrastructure.storage.keys
archive.infrastructure.storage.paths
MODULES
}

plain_names() {
  :
}

lines_with_double_names() {
  sed -n 'h
s/$/ /
s,from[[:space:]][[:space:]]*archive\.infrastructure\.http\.transport[[:space:]][[:space:]]*import,,
s,from[[:space:]][[:space:]]*archive\.infrastructure\.storage\.keys[[:space:]][[:space:]]*import,,
s,from[[:space:]][[:space:]]*archive\.infrastructure\.storage\.paths[[:space:]][[:space:]]*import,,
\,archive\.infrastructure\.http\.transport[^A-Za-z0-9_],b keep
\,archive\.infrastructure\.storage\.keys[^A-Za-z0-9_],b keep
\,archive\.infrastructure\.storage\.paths[^A-Za-z0-9_],b keep
\,archive/infrastructure/http/transport\.py[^A-Za-z0-9_],b keep
\,archive/infrastructure/storage/keys\.py[^A-Za-z0-9_],b keep
\,archive/infrastructure/storage/paths\.py[^A-Za-z0-9_],b keep
d
:keep
g
p'
}

# Test every precondition. Writes to $work only.
check() {
  local file
  if [ "$verb" = --commit ]; then check_the_identity; fi
  check_the_checkout

  # The ledger against the commit: what was reviewed must be there, and the new places free.
  clear_list
  scratch read-tree HEAD
  reviewed_state | add_to_list
  scratch diff-index --cached --name-only --diff-filter=AMT HEAD > "$work/names"
  refuse_names "these files are not the ones that were reviewed; make a new script from this commit"
  scratch diff-index --cached --name-only --diff-filter=D HEAD > "$work/names"
  refuse_names "files are to go to these places, but there are others; make a new script"

  # The ledger against the disk: git can be told to overlook a change or not to check a file out.
  clear_list
  reviewed | add_to_list
  differing | show_names > "$work/names"
  refuse_names "on disk these are not what git has (sparse checkout? assume-unchanged?); restore them"
  clear_list
  { underway; produced; } | add_to_list
  reviewed | as_absent | add_to_list
  scratch ls-files -z | while IFS= read -r -d '' file; do
    if exists "$file" && ! is_same_file "$file"; then printf '%s\0' "$file"; fi
  done | show_names > "$work/names"
  refuse_names "files are to go to these places, but something is there; move it away first"
  needed_folders | while IFS= read -r -d '' file; do
    if [ -L "$file" ] || { [ -e "$file" ] && [ ! -d "$file" ]; }; then printf '%s\0' "$file"; fi
  done | show_names > "$work/names"
  refuse_names "these must be folders and are something else; move them away first"

  check_the_unreviewed
  type_texts
}

check_the_identity() {
  local file
  for file in AUTHOR COMMITTER; do
    if ! git -c user.useConfigOnly=true var "GIT_${file}_IDENT" > "$work/ident" 2>&1; then
      refuse "git does not know who commits; set user.name and user.email with git config"
    fi
  done
}

check_the_checkout() {
  local file
  for file in MERGE_HEAD CHERRY_PICK_HEAD REVERT_HEAD rebase-merge rebase-apply; do
    if [ -e "$git_dir/$file" ]; then
      refuse "a merge, rebase, cherry-pick or revert is in progress; finish or abort it first"
    fi
  done
  if [ -e "$git_dir/index.lock" ]; then
    refuse "another git process is at work ($git_dir/index.lock exists); wait until it has ended"
  fi
  git status --porcelain --untracked-files=no --ignore-submodules=dirty > "$work/names"
  refuse_names "tracked files have uncommitted changes; commit or stash them first"
}

# Files that came or changed since the review, and that this script does not touch, must not use an
# old name, nor lie in a folder that all reviewed Python files leave.
check_the_unreviewed() {
  local base=$COMMIT path id mode number
  clear_list
  scratch read-tree HEAD
  reviewed | as_absent | add_to_list
  number=0
  left_folders > "$work/folders"
  while IFS= read -r -d '' path; do
    number=$((number + 1))
    python_files_in "$path" > "$work/staying.$number"
  done < "$work/folders"

  # Without the reviewed commit (a shallow clone) every untouched file counts as new, but for those
  # that are known to keep an old name.
  git cat-file -e "$COMMIT^{commit}" 2> /dev/null || base=$(git hash-object -t tree /dev/null)
  git diff-tree -r -z --no-renames --diff-filter=AMT "$base" HEAD > "$work/changed"
  while IFS=' ' read -r -d '' _ mode _ id _ && IFS= read -r -d '' path; do
    printf '%s %s\t%s\0' "$mode" "$id" "$path"
  done < "$work/changed" > "$work/entries"
  clear_list
  scratch update-index -z --index-info < "$work/entries"
  reviewed | as_absent | add_to_list
  if [ "$base" != "$COMMIT" ]; then left_on_purpose | as_absent | add_to_list; fi

  : > "$work/names"
  find_lines old_names -w -F >> "$work/names"
  find_imports old_modules gone_packages >> "$work/names"
  sort_lines "$work/names" | lines_since "$base" > "$work/found"
  mv -f -- "$work/found" "$work/names"
  refuse_names "these lines were not reviewed and use an old name; make a new script from this commit"
  number=0
  while IFS= read -r -d '' path; do
    number=$((number + 1))
    python_files_in "$path" > "$work/newcomers"
    if cmp -s "$work/newcomers" "$work/staying.$number"; then cat "$work/newcomers"; fi
  done < "$work/folders" | sort -u > "$work/names"
  refuse_names "these files were not reviewed and lie where all others leave; make a new script"
}

python_files_in() {
  scratch ls-files -- "$1/" | sed -n -e '/\.py$/p' -e '/\.py"$/p'
}

# Print the lines of the list's files that hold one of some names, as FILE:LINE:TEXT.
find_lines() {
  "$1" > "$work/patterns"
  shift
  if [ -s "$work/patterns" ]; then
    scratch grep --no-color --no-column --cached -I -n "$@" -f "$work/patterns" || [ "$?" = 1 ]
  fi
}

sort_lines() {
  sort -u -t : -k 1,1 -k 2,2n -k 3 < "$1"
}

# Print the lines of the list's files that import one of some modules (but for those in a third
# list) or exactly one of some packages: in full, from their package, or relatively; on one line or
# in brackets over several.
find_imports() {
  local modules=$1 path package old gone plain
  if [ -z "$("$1" && "$2")" ]; then return; fi
  old="|$("$1" | tr '\n' '|')"
  gone="|$("$2" | tr '\n' '|')"
  plain="|$(${3-:} | tr '\n' '|')"
  {
    printf '%s\n' 'from[[:space:]]*[.]'
    { "$1"; "$2"; } | sed -e 's/[.][^.]*$//' -e 's/[.]/[.]/g' | sort -u
  } > "$work/patterns"
  scratch grep --no-color --no-column --cached -I -l -z -E -f "$work/patterns" > "$work/importers" || [ "$?" = 1 ]
  while IFS= read -r -d '' path; do
    scratch cat-file blob ":0:$path" > "$work/text"
    case /$path in
      "$ROOT"/*/*) package=${path#"${ROOT#/}"} package=${package#/} package=${package%/*} ;;
      "$ROOT"/*) package= ;;
      *) package=- ;; # no package of ours: its relative imports cannot mean one
    esac
    imports_in "$path" "${package//\//.}" < "$work/text"
  done < "$work/importers"
}

imports_in() {
  local path=$1 package=$2 before='' line dots base='' rest number=0 open=no found
  local from='(^|[^A-Za-z0-9_.])from[[:space:]]*([.]*)([^][:space:](),;#]*)[[:space:]]*import([[:space:](].*)$'
  local import='(^|[^A-Za-z0-9_.])import[[:space:]]+(.*)$'
  while IFS= read -r line || [ -n "$line" ]; do
    number=$((number + 1))
    rest=$before${line%$'\r'}
    case $rest in *\\) before="${rest%\\} " && continue ;; esac
    before=
    found=no
    if [ "$open" = no ]; then
      if [[ $rest =~ $from ]]; then
        dots=${BASH_REMATCH[2]} base=${BASH_REMATCH[3]} rest=${BASH_REMATCH[4]}
        if [ -n "$dots" ]; then base=$(from_package "$package" "$dots" "$base"); fi
        if is_gone "$base"; then found=yes; fi
        base=$base.
      elif [[ $rest =~ $import ]]; then
        dots='' base='' rest=${BASH_REMATCH[2]}
      else
        continue
      fi
    fi
    rest=${rest%%#*}
    case $rest in
      *')'*) open=no rest=${rest%%')'*} ;;
      *'('*) open=yes ;;
    esac
    if [ "$found" = yes ] || names_old_ones "$base" "$rest" "$dots"; then
      printf '%s:%s:%s\n' "$path" "$number" "$line"
    fi
  done
}

# What a relative import means in a package.
from_package() {
  local package=$1 dots=$2
  while [ "${#dots}" -gt 1 ]; do
    case $package in *.*) package=${package%.*} ;; *) package= ;; esac
    dots=${dots#.}
  done
  printf '%s' "${package:+$package${3:+.}}$3"
}

names_old_ones() {
  local base=$1 rest="${2//(/ }," name
  while [ -n "$rest" ]; do
    name=${rest%%,*}
    rest=${rest#*,}
    name=${name#"${name%%[![:space:]]*}"}
    name=${name%%[[:space:];\"\'\`]*}
    if [ -z "$name" ]; then continue; fi
    if is_gone "$base$name" || is_old "$base$name"; then return 0; fi
    if [ -n "$3" ] && is_missing "$base" "$name"; then return 0; fi
  done
  return 1
}

is_gone() {
  case $gone in *"|$1|"*) ;; *) return 1 ;; esac
}

is_old() {
  local name=$1
  while :; do
    case $plain in *"|$name|"*) return 1 ;; esac
    case $old in *"|$name|"*) return 0 ;; esac
    case $name in *.*) name=${name%.*} ;; *) return 1 ;; esac
  done
}

# After the moves, whether a relative import in a file that moved leads nowhere.
is_missing() {
  local place=.$ROOT/${1//.//}
  if [ "$modules" != stale_modules ] || [ "${1:0:1}" = - ]; then return 1; fi
  if [ ! -d "$place" ]; then
    if exists "${place%/}.py"; then return 1; else return 0; fi
  fi
  if [ "$2" = '*' ] || exists "$place$2.py" || exists "$place$2"; then return 1; fi
  ! grep -w -F -e "$2" -- "${place}__init__.py" > /dev/null 2>&1
}

# Leave out the lines that stood in their file at the review, when they were looked at.
lines_since() {
  local line path
  while IFS= read -r line; do
    path=${line%%:*}
    if ! git cat-file blob "$1:$path" 2> /dev/null |
      grep -x -F -e "${line#*:*:}" > /dev/null; then
      printf '%s\n' "$line"
    fi
  done
}

# Type every new text, and compare the ids of what was typed with those that are expected.
type_texts() {
  local typed id path
  clear_list
  reviewed | add_to_list
  begin_texts
  rules > "$work/rules.sed"
  rewrite_files
  type_waiting
  create_files
  split_files
  git hash-object --no-filters --stdin-paths < "$work/texts" > "$work/ids"
  { written; cut; } > "$work/expected"
  while read -r typed <&3 && read -r _ id path <&4; do
    if [ "$typed" != "$id" ]; then printf '%s\n' "$path"; fi
  done 3< "$work/ids" 4< "$work/expected" > "$work/names"
  refuse_names "the sed of this machine types something else than expected here; try another sed"
}

# Lay the files of the list out as git has them, to type new texts from.
begin_texts() {
  local objects
  objects=$(git rev-parse --git-path objects)
  case $objects in /*) ;; *) objects=$top/$objects ;; esac
  mkdir -- "$work/old" "$work/new" "$work/git" "$work/git/refs"
  : > "$work/texts"
  texts=0
  waiting=()
  waited=0
  # An empty work tree and a git folder of its own, where no attributes lie, so that git writes its
  # bytes without converting line ends. Only the objects are those of the checkout.
  printf 'ref: refs/heads/none\n' > "$work/git/HEAD"
  cp -- "$(git rev-parse --git-path config)" "$work/git/config"
  GIT_OBJECT_DIRECTORY=$objects GIT_ATTR_NOSYSTEM=1 \
    scratch -c core.autocrlf=false -c core.attributesFile=/dev/null \
    --git-dir="$work/git" --work-tree="$work/old" checkout-index -q -a
}

next_text() {
  texts=$((texts + 1))
  text=$work/new/$texts
  printf '%s\n' "$text" >> "$work/texts"
}

by_rules() {
  if types_in_place "$1"; then
    let_wait "$1"
  else
    next_text
    sed -f "$work/rules.sed" < "$work/old/$1" > "$text"
  fi
}

# The copy that sed keeps beside the file must find a place there, and the name be one line.
types_in_place() {
  local name=${1##*/}
  case $1 in *$'\n'* | *$'\r') return 1 ;; esac
  [ "${#name}" -le 200 ] && [ ! -e "$work/old/$1.reviewed" ]
}

let_wait() {
  text=$work/old/$1
  printf '%s\n' "$text" >> "$work/texts"
  waiting[waited]=$text
  waited=$((waited + 1))
  if [ "$waited" -ge 500 ]; then type_waiting; fi
}

# One sed types many files, which is most of the time where thousands change. It types in place, in
# the copy of the reviewed text: with a suffix, -i means the same to every sed.
type_waiting() {
  if [ "$waited" -gt 0 ]; then sed -i.reviewed -f "$work/rules.sed" "${waiting[@]}"; fi
  waiting=()
  waited=0
}

by_lines() {
  next_text
  sed -e "$2" < "$work/old/$1" > "$text"
}

by_both() {
  if types_in_place "$1"; then
    sed -i.reviewed -e "$2" "$work/old/$1"
    let_wait "$1"
  else
    by_most "$@"
  fi
}

by_most() {
  next_text
  sed -e "$2" -f "$work/rules.sed" < "$work/old/$1" > "$text"
}

new_file() {
  next_text
  printf '%s' "${2-}" > "$text"
}

new_document() {
  next_text
  cat > "$text"
}

keep_for_split() {
  type_waiting
  if [ "$text" != "$work/old/$1" ]; then cat "$text" > "$work/old/$1"; fi
}

split_file() {
  whole=$work/whole
  cat "$work/old/$1" > "$whole"
}

end_last_line() {
  printf '\n' >> "$whole"
}

part() {
  next_text
  : > "$text"
}

typed() {
  cat >> "$text"
}

typed_crlf() {
  sed "s/\$/$(printf '\r')/" >> "$text"
}

typed_text() {
  printf '%s' "$1" >> "$text"
}

lines() {
  local range
  for range in "$@"; do sed -n "${range}p" < "$whole" >> "$text"; done
}

# Not every sed keeps a last line without a line feed as it is: it is given one, and loses it again.
add_newline() {
  printf '\n' >> "$work/old/$1"
}

drop_newline() {
  local content
  type_waiting
  content=$(cat "$text")
  printf '%s' "$content" > "$text"
}

# --------------------------------------------------------------------------------- 7. Apply and undo
#
# The journal in git's own folder says what was begun. `unfinished` is there from before the first
# change until after the last, so a run that was killed at any moment can be undone.

apply() {
  local folder
  rm -rf -- "$journal"
  mkdir -- "$journal"
  printf '%s\n' "$LEDGER" > "$journal/ledger"
  if [ "$verb" = --rewrite-only ]; then
    cp -- "$work/before" "$work/after" "$work/left" "$journal"
  fi
  printf '%s\n' "$$" > "$journal/process"
  : > "$journal/git"
  git rev-parse HEAD > "$journal/base"
  needed_folders | while IFS= read -r -d '' folder; do
    if [ ! -d "$folder" ]; then printf '%s\0' "$folder"; fi
  done > "$journal/folders"
  git hash-object -w --no-filters --stdin-paths < "$work/texts" > "$work/ids"
  : > "$journal/unfinished"

  while IFS= read -r -d '' folder; do
    mkdir -p -- "$folder"
  done < "$journal/folders"
  delete_files
  move_files
  left_folders > "$work/folders"
  if [ "$verb" = --commit ]; then
    complete moved
    remove_if_empty < "$work/folders"
    commit_message | commit
  fi
  if [ "$verb" != --commit ] || [ -n "$(cut)" ]; then
    complete produced
    remove_if_empty < "$work/folders"
    if [ "$verb" = --commit ]; then split_message | commit; fi
  fi
  mv -- "$journal/unfinished" "$journal/finished"
}

format_files() {
  local command
  if [ -z "$(post_commands)" ]; then
    say "There is nothing to format: the plan names no command for it."
    return
  fi
  check_the_checkout
  if ! is_applied; then
    refuse "the files are not as --commit leaves them; run it with --commit first, then format"
  fi
  post_commands > "$work/commands"
  while IFS= read -r command <&3; do
    say "+ $command"
    if ! (
      unset LC_ALL GIT_LITERAL_PATHSPECS
      if [ -n "$given_locale" ]; then export LC_ALL="$given_locale"; fi
      bash -c "$command" < /dev/null 3<&-
    ); then
      git checkout -q -- .
      refuse "that command failed, see above; the tracked files are as they were before --format"
    fi
  done 3< "$work/commands"
  git add -u
  if git diff-index --cached --quiet HEAD; then
    say "The commands changed nothing, so there is nothing to commit."
    return
  fi
  post_message > "$work/message"
  if ! (
    unset LC_ALL GIT_LITERAL_PATHSPECS
    if [ -n "$given_locale" ]; then export LC_ALL="$given_locale"; fi
    command git commit -q --cleanup=whitespace -F "$work/message"
  ); then
    refuse "git commit failed, see above; what was formatted is staged"
  fi
  say "Done, and committed. This can go into .git-blame-ignore-revs:"
  git rev-parse HEAD
}

# Files that neither were reviewed nor came out of the review can use old names, after a merge or
# rebase. They get new texts in a list of git's own, which is brought to disk in the same way as the
# rest. What no rule can tell is listed at the end, and then the end is not a good one (exit 1).
rewrite_only() {
  local path tree
  if is_rewritten; then
    say "This is done already: the rewrites are staged; commit them, or --undo."
    say_what_is_left "$journal/left"
    return
  fi
  check_the_checkout
  check_the_moves_are_there
  list_what_the_branch_brought
  scratch ls-files -s -z > "$work/entries"

  stale_names > "$work/patterns"
  : > "$work/users"
  if [ -s "$work/patterns" ]; then
    left_on_purpose | as_absent | add_to_list
    scratch grep --no-color --no-column --cached -I -l -z -w -F -f "$work/patterns" > "$work/users" || [ "$?" = 1 ]
  fi
  while IFS= read -r -d '' path; do
    scratch ls-files -s -- "$path"
  done < "$work/users" > "$work/before"
  type_stale_texts

  find_what_is_left > "$work/left"
  if [ ! -s "$work/after" ]; then
    say "There is nothing to rewrite: no old name stands where a rule can rename it."
    say_what_is_left "$work/left"
    return
  fi
  take_lists
  started=yes
  apply
  say "These files used old names. They are rewritten and staged; commit that, or --undo:"
  sed 's/^[^	]*	/  /' "$work/after"
  say_what_is_left "$work/left"
}

# Whether an earlier --rewrite-only has staged its texts, and nothing was changed since.
is_rewritten() {
  if [ ! -e "$journal/finished" ] || [ ! -e "$journal/after" ]; then return 1; fi
  if [ "$(cat "$journal/ledger")" != "$LEDGER --rewrite-only" ]; then return 1; fi
  if git diff-index --cached --quiet HEAD; then return 1; fi
  clear_list
  scratch read-tree HEAD
  add_to_list < "$journal/after"
  git diff-index --cached --quiet "$(scratch write-tree)" &&
    git diff-files --quiet --ignore-submodules=dirty
}

check_the_moves_are_there() {
  local path
  clear_list
  reviewed | add_to_list
  produced | as_absent | add_to_list
  scratch ls-files -z > "$work/old-places"
  while IFS= read -r -d '' path; do git ls-files -- "$path"; done \
    < "$work/old-places" > "$work/names"
  refuse_names "the moves are not there yet (these are at their old places); merge or rebase first"
  clear_list
  produced | add_to_list
  reviewed | as_absent | add_to_list
  scratch ls-files -z > "$work/new-places"
  while IFS= read -r -d '' path; do git ls-files -- "$path"; done \
    < "$work/new-places" > "$work/names"
  if [ -s "$work/new-places" ] && [ ! -s "$work/names" ]; then
    refuse "the moves are not there yet (nothing is at its new place); merge or rebase first"
  fi
}

# Make a list of the files that are neither as they were reviewed nor as the review left them.
list_what_the_branch_brought() {
  local path mode id base=$COMMIT
  git cat-file -e "$COMMIT^{commit}" 2> /dev/null || base=$(git hash-object -t tree /dev/null)
  clear_list
  if [ "$base" = "$COMMIT" ]; then scratch read-tree "$base"; fi
  produced_state | add_to_list
  tree=$(scratch write-tree --missing-ok)
  git diff-tree -r -z --no-renames --diff-filter=AMT "$tree" HEAD > "$work/changed"
  while IFS=' ' read -r -d '' _ mode _ id _ && IFS= read -r -d '' path; do
    printf '%s %s\t%s\0' "$mode" "$id" "$path"
  done < "$work/changed" > "$work/entries"
  clear_list
  scratch update-index -z --index-info < "$work/entries"
  if [ "$base" != "$COMMIT" ]; then left_on_purpose | as_absent | add_to_list; fi
}

# From the files in $work/before to those in $work/after.
type_stale_texts() {
  local path entry id
  clear_list
  add_to_list < "$work/before"
  begin_texts
  stale_rules > "$work/rules.sed"
  while IFS= read -r -d '' path; do
    if [ -n "$(tail -c 1 "$work/old/$path")" ]; then
      add_newline "$path"
      by_rules "$path"
      drop_newline
    else
      by_rules "$path"
    fi
  done < "$work/users"
  type_waiting
  git hash-object -w --no-filters --stdin-paths < "$work/texts" > "$work/ids"
  while IFS= read -r entry <&3 && read -r id <&4; do
    case $entry in *" $id 0	"*) continue ;; esac
    printf '%s\n' "$entry" >&5
    printf '%s %s 0\t%s\n' "${entry%% *}" "$id" "${entry#*	}"
  done 3< "$work/before" 4< "$work/ids" 5> "$work/changed" > "$work/after"
  mv -f -- "$work/changed" "$work/before"
}

# Print what only a person can change, each line with the reason.
find_what_is_left() {
  # Names that are both old and new are looked for in what the branch brought, not in what a rule
  # has typed.
  clear_list
  scratch update-index -z --index-info < "$work/entries"
  find_lines double_names -w -F | lines_with_double_names > "$work/found"
  find_imports double_modules : plain_names >> "$work/found"
  sort_lines "$work/found" | lines_since "$tree" | sed 's/^/old or new name?  /'

  add_to_list < "$work/after"
  find_lines stale_names -w -F > "$work/found"
  find_imports stale_modules gone_packages >> "$work/found"
  sort_lines "$work/found" | lines_since "$tree" | sed 's/^/not there any more: /'
  left_folders | while IFS= read -r -d '' path; do python_files_in "$path"; done |
    sort -u | sed 's/^/others moved away: /'
}

say_what_is_left() {
  cat "$1" > "$work/names"
  refuse_names "this is not all; what follows a person must look at, and change where it is old" 10000
}

# From here on the ledger is that of --rewrite-only: two lists, before and after.
take_lists() {
  LEDGER="$LEDGER --rewrite-only"
  reviewed() { cat "$work/before"; }
  produced() { cat "$work/after"; }
  moved() { :; }
  underway() { :; }
  needed_folders() { :; }
  left_folders() { :; }
  delete_files() { :; }
  move_files() { :; }
}

# Bring the disk and the index to a state of the ledger, and look whether they are there.
complete() {
  put_on_disk "$1"
  stage "$1_state"
  verify "$1_state"
}

# What --apply has staged is committed step by step like the rest: it is taken back, and done again.
take_back_what_is_staged() {
  check_the_identity
  if [ ! -e "$journal/finished" ]; then
    refuse "all of it is staged, but not by --apply in this checkout; commit it with git commit"
  fi
  verify produced_state "these were changed after --apply; commit with git commit, or take them back"
  undo > "$work/said"
}

# Commit what is staged, as the user would: with the hooks and the signing that are set up.
commit() {
  local expected
  cat > "$journal/message"
  expected=$(git write-tree)
  printf '%s\n' "$expected" >> "$journal/trees"
  printf 'commit\n' > "$journal/git"
  if ! (
    unset LC_ALL GIT_LITERAL_PATHSPECS
    if [ -n "$given_locale" ]; then export LC_ALL="$given_locale"; fi
    sh -c 'echo "$PPID"' >> "$journal/process"
    exec git commit -q --cleanup=whitespace -F "$journal/message"
  ); then
    refuse "git commit failed, see above; use --apply to commit in a way of your own"
  fi
  : > "$journal/git"
  if [ "$(git rev-parse 'HEAD^{tree}')" != "$expected" ]; then
    git rev-parse 'HEAD^{tree}' >> "$journal/trees"
    refuse "a hook changed what was committed; use --apply to commit in a way of your own"
  fi
  git rev-parse HEAD >> "$journal/commits"
}

# A --commit that did not come to its end may have committed: take that from the branch again.
take_back_commits() {
  local base head commit first
  if [ ! -e "$journal/unfinished" ] || [ ! -s "$journal/trees" ]; then return; fi
  base=$(cat "$journal/base")
  head=$(git rev-parse HEAD)
  if [ "$head" = "$base" ]; then return; fi
  git rev-list --first-parent "$base..HEAD" > "$work/commits"
  first=
  while read -r commit; do
    first=$commit
    if ! grep -q -x -F -e "$(git rev-parse "$commit^{tree}")" "$journal/trees"; then
      refuse "there are commits since --commit began that are not its own; use git reset or git revert"
    fi
  done < "$work/commits"
  if [ -z "$first" ] || [ "$(git rev-parse "$first^")" != "$base" ]; then
    refuse "the branch is not where --commit found it; check it out again, then undo"
  fi
  git update-ref -m "reorganize.sh --undo" HEAD "$base" "$head"
}

# Compare all that is there now with the commit plus the changes that are expected.
verify() {
  local expected
  clear_list
  scratch read-tree HEAD
  "$1" | add_to_list
  expected=$(scratch write-tree)
  {
    git diff-index --cached --name-only "$expected"
    git diff-files --name-only --ignore-submodules=dirty
  } > "$work/names"
  refuse_names "${2-these files did not become what was expected}"
}

undo() {
  local file list
  if [ ! -e "$journal/unfinished" ] && [ ! -e "$journal/finished" ]; then
    rm -rf -- "$journal"
    say "There is nothing to undo: no --apply was started in this checkout."
    return
  fi
  if [ -e "$journal/after" ] && [ "$verb" = --undo ]; then
    cp -- "$journal/before" "$journal/after" "$work"
    take_lists
  fi
  if [ "$(cat "$journal/ledger")" != "$LEDGER" ]; then
    refuse "the --apply to undo was that of another reorganize.sh; undo it with that one"
  fi
  wait_for_others
  take_back_commits
  clear_list
  scratch read-tree HEAD
  reviewed_state | add_to_list
  scratch diff-index --cached --name-only HEAD > "$work/names"
  refuse_names "these are committed otherwise than --apply found them; use git revert or git reset"

  # Each file that is to be replaced or removed must be one that can be had again: as it was
  # reviewed, as it was produced, or on its way from one to the other.
  clear_list
  { underway; produced; reviewed; } | add_to_list
  scratch ls-files -z | while IFS= read -r -d '' file; do
    if ! exists "$file"; then printf '%s\0' "$file"; fi
  done > "$work/missing"
  drop_from_list < "$work/missing"
  scratch ls-files -s -z > "$work/unknown"
  for list in reviewed produced moved underway; do
    clear_list
    "$list" | add_to_list
    differing > "$work/differing"
    drop_from_list < "$work/differing"
    scratch ls-files -z > "$work/known"
    clear_list
    scratch update-index -z --index-info < "$work/unknown"
    drop_from_list < "$work/known"
    scratch ls-files -s -z > "$work/unknown"
  done
  scratch ls-files > "$work/names"
  refuse_names "these were changed after --apply; move what you need elsewhere, then undo again"

  if [ -e "$journal/finished" ]; then mv -- "$journal/finished" "$journal/unfinished"; fi
  printf '%s\n' "$$" > "$journal/process"
  clear_list
  { underway; produced; } | add_to_list
  reviewed | as_absent | add_to_list
  scratch ls-files -z > "$work/added"
  remove_files < "$work/added"
  put_on_disk reviewed
  stage reviewed_state
  remove_if_empty < "$journal/folders"
  rm -f -- "$journal/unfinished"
  rm -rf -- "$journal"
  say "Everything is back to where --apply started."
}

# Bring the files of a list to disk. Each is written beside git's own files and then renamed into
# place, so that at any moment a file is either the old one or the new one.
put_on_disk() {
  local file folder place
  clear_list
  "$1" | add_to_list
  differing > "$journal/todo"
  rm -rf -- "$journal/files"
  scratch checkout-index -q -z --stdin --prefix="$journal/files/" < "$journal/todo"
  arriving=()
  arrived=0
  place=.
  while IFS= read -r -d '' file; do
    folder=.
    case $file in */*) folder=${file%/*} ;; esac
    if [ "$folder" != "$place" ] || [ "$arrived" -ge 500 ]; then put_into "$place"; fi
    place=$folder
    arriving[arrived]=$journal/files/$file
    arrived=$((arrived + 1))
  done < "$journal/todo"
  put_into "$place"
}

put_into() {
  if [ "$arrived" -gt 0 ]; then
    if [ ! -d "$1" ]; then mkdir -p -- "$1"; fi
    mv -f -- "${arriving[@]}" "$1/"
  fi
  arriving=()
  arrived=0
}

# Bring git's index to a state of the ledger.
stage() {
  "$1" > "$journal/todo"
  git update-index --index-info < "$journal/todo"
  git update-index -q --refresh > /dev/null || :
}

# Git does not know folders: those without any file go, those with untracked files stay.
remove_files() {
  local file gone=() count=0
  while IFS= read -r -d '' file; do
    if exists "$file"; then
      gone[count]=$file
      count=$((count + 1))
    fi
    if [ "$count" -ge 500 ]; then
      rm -f -- "${gone[@]}"
      count=0
      gone=()
    fi
  done
  if [ "$count" -gt 0 ]; then rm -f -- "${gone[@]}"; fi
}

remove_if_empty() {
  local folder
  while IFS= read -r -d '' folder; do
    if [ -d "$folder" ]; then rmdir -- "$folder" 2> /dev/null || :; fi
  done
}

# Wait for a git that a killed run has left behind, and clear away its locks if it died as well.
wait_for_others() {
  local process seconds lock
  while read -r process; do
    if [ ! -e "$journal/unfinished" ] || [ "$process" = "$$" ]; then continue; fi
    for seconds in 1 1 1; do
      if kill -0 "$process" 2> /dev/null; then sleep "$seconds"; fi
    done
    if kill -0 "$process" 2> /dev/null; then
      refuse "process $process is still at work on it; wait until it has ended (if it is something \
else, remove $journal/process)"
    fi
  done < <(cat "$journal/process" 2> /dev/null)
  for lock in index HEAD "$(command git symbolic-ref -q HEAD || echo HEAD)"; do
    lock=$(command git rev-parse --git-path "$lock").lock
    for seconds in 1 1 1; do
      if [ -e "$lock" ]; then sleep "$seconds"; fi
    done
    if [ ! -e "$lock" ]; then continue; fi
    if [ ! -e "$journal/unfinished" ] || [ ! -s "$journal/git" ]; then
      refuse "another git process is at work ($lock exists); wait until it has ended"
    fi
    rm -f -- "$lock"
  done
}

# ----------------------------------------------------------------------------------------- 8. Tools

# Git without hooks and file system monitors. While --apply or --undo change the index, the journal
# says so, that a lock can be told to be ours.
git() {
  local status=0 options="-c core.hooksPath=/dev/null -c core.fsmonitor=false -c core.safecrlf=false"
  if [ "$verb" = --check ] || [ -n "${GIT_INDEX_FILE-}" ] || [ ! -d "$journal" ]; then
    # shellcheck disable=SC2086 # one word for each option
    command git $options -c core.quotePath=false "$@"
    return
  fi
  printf '%s\n' "$1" > "$journal/git"
  # shellcheck disable=SC2086
  command git $options -c core.quotePath=false "$@" || status=$?
  : > "$journal/git"
  return "$status"
}

# A list of files as an index of git's own that is not the real one: so git itself compares the
# ledger with the commit and with the disk, whatever the files are called.
scratch() {
  GIT_INDEX_FILE=$work/index git "$@"
}

clear_list() {
  rm -f -- "$work/index"
}

add_to_list() {
  scratch update-index --index-info
}

drop_from_list() {
  scratch update-index -z --force-remove --stdin
}

# Print the files of the list that are not on disk, or not as the list says.
differing() {
  scratch update-index -q --refresh > /dev/null || :
  scratch diff-files -z --name-only
}

exists() {
  [ -e "$1" ] || [ -L "$1" ]
}

say() {
  printf '%s\n' "$1"
}

refuse() {
  printf 'reorganize.sh: %s.\n' "$1" >&2
  refused=yes
  exit 1
}

# Refuse if there are names in $work/names, and show them, the first twenty.
refuse_names() {
  local count
  if [ ! -s "$work/names" ]; then return; fi
  count=$(sed -n '$=' "$work/names")
  printf 'reorganize.sh: %s:\n' "$1" >&2
  tr '\t' ' ' < "$work/names" | sed -n -e 's/[[:cntrl:]]/?/g' -e "1,${2-20}s/^/  /p" >&2
  if [ "$count" -gt "${2-20}" ]; then printf '  and %s more\n' "$((count - ${2-20}))" >&2; fi
  refused=yes
  exit 1
}

# Turn names that end with NUL into lines that are safe to look at.
show_names() {
  local name
  while IFS= read -r -d '' name; do
    printf '%s\n' "${name//[[:cntrl:]]/?}"
  done
}

# ---------------------------------------------------------------------------------------- 9. Ledger
#
# Every file that this script touches, as git lists it (git ls-files -s, but for the stage): the
# mode, the id of the content, the path.

reviewed() {
  cat << 'FILES'
100644 f7ee829d25cd665aa5ff812c829358d7fbce28ac	.github/workflows/ci.yml
100644 6972dcffeeae89aa94ed9e7ec85687b007c909d2	CLAUDE.md
100644 12e11a58895c77c32fad729dbf7c5ded0009f97e	Dockerfile
100644 59fbaf0c4af24609fd2afb8a4a59419e91e4cff3	Makefile
100644 039b225d44df93d38b18e099b9761176f8d59895	README.md
100644 5dec4650079195bee963794d039ccb266303e5a9	alembic.ini
100644 7d6867cceb29035f2bed85268bd58e42c453da71	archive/application/api.py
100644 e9db462508d592dc5415300776cb0798a3b790fc	archive/application/backends.py
100644 eb00fdd927e34dad23a137b79a90b0a82aa33844	archive/application/cli.py
100644 07429b7d08d7687427c0841c95399141dfb647ad	archive/application/container.py
100644 f234f87ce44b96c4eeccf056a6886d6f4660d1b1	archive/application/health.py
100644 9fed0298ac231820545fb06cb56f6b4a3a9b1e2f	archive/application/jobs.py
100644 43373487cb155426065c0e1a3058d1d58aad7a47	archive/application/search.py
100644 10f99adeddfb4e1fa013db6990b5de5ea495063c	archive/application/shell.py
100644 83f686de4a8e9f383807f274f49b307cb42f738f	archive/infrastructure/auth/__init__.py
100644 ecd62d03c45e1c70d02a3d85365b59bc2d5f6871	archive/infrastructure/auth/di.py
100644 550cd6e1aa4937c7a8fd6683ae4f514e4b4d4ff3	archive/infrastructure/auth/orcid.py
100644 98500442ee97e13782a3b6ce3d9a5ce97b5f0ac2	archive/infrastructure/auth/provider_registry.py
100644 80d67a1081082e24358b63726c65b9de6798fd04	archive/infrastructure/auth/role_repository.py
100644 e69de29bb2d1d6434b8b29ae775ad8c2e48c5391	archive/infrastructure/data/__init__.py
100644 7590c9504e16fbeac8b29d86d88ce322b813468c	archive/infrastructure/data/postgres_catalog_read_store.py
100644 6e77b1dda84a91aa573b93a1ef47653d2dbc594f	archive/infrastructure/data/postgres_table_read_store.py
100644 2cecb91e56acc889df7d96b9736bddeedb2c3f52	archive/infrastructure/data/schema_feature_reader.py
100644 26320808a33933ec351ecf04811785414f2edfcf	archive/infrastructure/event/__init__.py
100644 41698654a24be5786bbd1da176b8456f1229a1e1	archive/infrastructure/event/di.py
100644 3b6ebaeed38f48518c7dd54608a812393fa1f19a	archive/infrastructure/event/worker.py
100644 bdb5f54c971261d3ea883ce249091721987b8271	archive/infrastructure/http/Headers.py
100644 4c1dbe81916896f4f1c9bb980ea7baed47f2f12b	archive/infrastructure/http/client.py
100644 5aa74471abd545bde307b07e4979478498856340	archive/infrastructure/http/ontology_fetcher.py
100644 b33a9b57ad95ad428840028a5ce5c36392715cd3	archive/infrastructure/http/transport.py
100644 e69de29bb2d1d6434b8b29ae775ad8c2e48c5391	archive/infrastructure/ingest/__init__.py
100644 9be1793baf34321bf9e772d0e0b1bb73f61fe5b3	archive/infrastructure/ingest/di.py
100644 b87d778dca3a8f2f533cf3d82964ac85c0cc2fa3	archive/infrastructure/k8s/__init__.py
100644 fe5f0961937f04ecbe513557bf713b451c2aad95	archive/infrastructure/k8s/di.py
100644 7324f149547b6c1cdde3658ccc00c9bdf1c7cf28	archive/infrastructure/k8s/errors.py
100644 d0808c2f8449bcddd8ba9290757613bda84866ff	archive/infrastructure/k8s/health.py
100644 4233b573e2d9c731524d572b91b880dec75bad9a	archive/infrastructure/k8s/ingester_runner.py
100644 1dc61e9067daee5953e4584152c8ec1b6bf276f5	archive/infrastructure/k8s/job_template.json
100644 ece8c1208ec6b7372e9bcfe6fc18303c61aaeb1a	archive/infrastructure/k8s/naming.py
100644 71bc8bfbe39b5f3357ceeac4a8158e1007461e50	archive/infrastructure/k8s/runner.py
100644 e69de29bb2d1d6434b8b29ae775ad8c2e48c5391	archive/infrastructure/messaging/__init__.py
100644 8eca146166b193e60a2de4a6c4dfa27159e692ae	archive/infrastructure/oci/__init__.py
100644 e7e88774f7abeff1d4e033ef10dbd311a0f8a5af	archive/infrastructure/oci/di.py
100644 3bea71f1b73fd5cafb96ed74e21099c7be805770	archive/infrastructure/oci/ingester_runner.py
100644 a5109932e3ceeeb2362c2abe046a13d77240de87	archive/infrastructure/oci/runner.py
100644 da39453bfa51aeb7028147aec979695b624f6aa6	archive/infrastructure/persistence/__init__.py
100644 e69de29bb2d1d6434b8b29ae775ad8c2e48c5391	archive/infrastructure/persistence/adapter/__init__.py
100644 8dbbf1519846d5c45e804a78aac73a87a54c9ab3	archive/infrastructure/persistence/adapter/feature_reader.py
100644 7edb8f0282a66ab46dc03bc265d8eb13ed075ac5	archive/infrastructure/persistence/adapter/ingest_storage.py
100644 5eaec2f726486500e9fd343136868b3725404df5	archive/infrastructure/persistence/adapter/readers.py
100644 44fe49df96f1e03861c54f03e28b01f96d05c7ed	archive/infrastructure/persistence/adapter/spreadsheet.py
100644 d38b019a4d01cdb750dbe975ff4438e5b65cb3ef	archive/infrastructure/persistence/adapter/storage.py
100644 68d487886315289b5d578810d6587abce1ea530b	archive/infrastructure/persistence/api_naming.py
100644 c17a5a13f4f45134ad300d997e16e27095e1bda5	archive/infrastructure/persistence/column_mapper.py
100644 0ba86a6b77af15871e6249a19490db3ba6f9fd9f	archive/infrastructure/persistence/database.py
100644 804d96a9328cefa8cfa7fd8bd63ad08f6ba171d0	archive/infrastructure/persistence/di.py
100644 f6bc397bd1db747813d0875c50134be827434b35	archive/infrastructure/persistence/feature_store.py
100644 1bef1a36bd1a909ac68cf550bbf200e6ceed37dc	archive/infrastructure/persistence/feature_table.py
100644 0c00249a0fc3451b963d3b3eb901c4dfb9a52d36	archive/infrastructure/persistence/fixtures.json
100644 86fe9bcfea531e68cd17a9021284cb1c649e5933	archive/infrastructure/persistence/keyset.py
100644 05642761e05bdea4840666fb0249fa51a9e10e3a	archive/infrastructure/persistence/mappers/auth.py
100644 d98d3528f9bee6fbddde1917f7b462053416af7e	archive/infrastructure/persistence/mappers/deposition.py
100644 94199a61fac913ffb1515c39ebc9aa90120c8804	archive/infrastructure/persistence/mappers/record.py
100644 b6b8fb1ca8424a922ecf01b3d2b6e3211e50395a	archive/infrastructure/persistence/mappers/schema.py
100644 832b7b5d64dcb9234a8a51b07f2020dee60f735a	archive/infrastructure/persistence/metadata_store.py
100644 3111e26e77c313425abb7d7e3540f3cbe69915be	archive/infrastructure/persistence/metadata_table.py
100644 ad794a91ba1a891b31acd8b9c9f77d903636db4e	archive/infrastructure/persistence/migrate.py
100644 381c4cdfbd369072a9bb33ff96fb4fc8b918bfe4	archive/infrastructure/persistence/repository/auth.py
100644 b4895165859f3cd4562356bc70af678630edb78d	archive/infrastructure/persistence/repository/deposition.py
100644 0e8fa80fbab48fc6540dec0737fd96c95915661d	archive/infrastructure/persistence/repository/event.py
100644 83968e9a03df7654d7d9b72e896ef358ebf5b618	archive/infrastructure/persistence/repository/ingest.py
100644 0cc7401d42a5e607cb23a21dee42f56c143e1c83	archive/infrastructure/persistence/repository/record.py
100644 f5869d6bffa287e709dc05b600e67745e1023a75	archive/infrastructure/persistence/repository/schema.py
100644 31ac1113370468ec1d3216dae4fae40aafd1e902	archive/infrastructure/persistence/repository/session_rows.py
100644 0b31729604f62e5abdd2d92ea0c743add772bec7	archive/infrastructure/persistence/seed.py
100644 912ce1a925be2d2cfc89b0edb26c5b8e913bc6a9	archive/infrastructure/persistence/tables.py
100644 687488c185e4b56905e16bb4af6bf74d5b7b7d04	archive/infrastructure/runner_utils.py
100644 f01349b8db8e038311a306ec12d12d9df4521791	archive/infrastructure/s3/__init__.py
100644 e645e61273b6cf0b60625bef1250d1791ac1e5a3	archive/infrastructure/s3/client.py
100644 4554aa3482602a9954b15d9726a2591f3c43396d	archive/infrastructure/s3/ingest_storage.py
100644 33664197ddc9d9e4ceb9d195d111f7c78e68c467	archive/infrastructure/s3/storage.py
100644 fe3dfe1f0b0bf5e775f0e39976476672ca96276d	archive/infrastructure/storage/keys.py
100644 61d1b2722b9efa4937471e3ae24bfd21921cc26e	archive/infrastructure/storage/paths.py
100644 9ab5b687a472c7623dc0f214a65a95e6d7c34e62	config.toml
100644 bedef9b0f50388227a83b79fb324920f17187ac6	deploy/jobs.yaml
100644 f3889ed53e489a424ef77f5dd2db902d98e22b36	logging.ini
100644 85d2c6eecbd23f7506be1d1536b72dcb85f78322	migrations/env.py
100644 bab6fc073910e90b90f15e61ef82d7a8b29cf27f	migrations/versions/0002_records.py
100644 5c0469852691ec53e18af5d262e02c5a5f0d67f6	migrations/versions/0003_background.py
100644 4fe93a7f0eaf8b60b942bd10c24243f21ef2b326	pyproject.toml
100644 7b9e34a6730d09d713eacb2ec74a863f7f81f79f	tests/conftest.py
100644 b492ff37795047f1814e29d35b4899f4a7646e5e	tests/test_adapters.py
100644 0ef572d641657b8cd56040d2e246445e61faa71c	tests/test_application.py
100644 56cff1d26c95165450f0d175ada5b8114f116e24	tests/test_database.py
100644 ff076e2cd661d211f8fbaa2aede4e16ac4572633	tests/traps/test_alembic_metadata.py
100644 7d9ce574c427e7a664a87f5d6dece3ba1b049f6c	tests/traps/test_bytes.py
100644 e47c60a1357f376c0f94b00fbefd069f0bac9f4c	tests/traps/test_dynamic_imports.py
100644 a44fecc124b7eb8b999c3ba60de2673e44d45d97	tests/traps/test_file_anchors.py
100644 c879d7dcd0cf3e00c181722ff4ac3867e9bf17f9	tests/traps/test_identity_by_name.py
100644 33302b2c3649760b3d611bf808671654e6d01b43	tests/traps/test_import_forms.py
100644 2fd6218334e357c1d020af0c7b9f5c73c0b25a65	tests/traps/test_logging_config.py
100644 2cbc2add8d4c76de3fa53f53f61854ef80a492f0	tests/traps/test_names_in_text.py
100644 bb2e2452b9c55b4c843849b64f63aa2cefcc3fb8	tests/traps/test_namespace_folders.py
100644 2e673428255ea848f61230f0e9b418ea921f026f	tests/traps/test_package_init.py
100644 ff6e725c5a3e3e338d26e105198c10ba290a08a6	tests/traps/test_patch_targets.py
100644 3e94e76f0ee7a090ecf22813cb1e509e347faee9	tests/traps/test_renames.py
FILES
}

# What the rewrites and the new files above become, in their order.
written() {
  cat << 'FILES'
100644 8592c068afd84721d33e7456895954e82669db27	.github/workflows/ci.yml
100644 83bafde40f875d1ca73ad25ef4fbfa363c0b96ff	CLAUDE.md
100644 ee9ff26bf4ec748eebbc9b982ec1e84146a6fe4c	Dockerfile
100644 a693b38ed48b913a5a7155ce82d819456ca6ca9d	Makefile
100644 9246eebe97aa953705c90f991d9c30fe45247160	README.md
100644 471f1df7ffdd37df664a4f20f7b89a5e984e6425	alembic.ini
100644 a42155e125e82ce1dbbfbcfc13db109c6a7fc4ef	archive/application/api.py
100644 3cd63b5281bb3505d57d77ba13103efd1f52f241	archive/application/backends.py
100644 371606a87c1d1ed9a368d2c5d236f9a7547b53bf	archive/application/cli.py
100644 1370bade885426b3dc4453f3dd90f733cd1b15ca	archive/application/container.py
100644 f363e6c4e1a0191202f6cc5b9ac573d8d04a1f7e	archive/application/health.py
100644 9c24fb9dd38abb5ba8dae371872e662796585534	archive/application/jobs.py
100644 4223e73f16efb7347c6d204e19731cbb3124ff4f	archive/application/search.py
100644 478424ff6a0fef36aec0f87c9279a31332b359a4	archive/application/shell.py
100644 8e1bd873ea846060882f27b2d8227d86298a81a2	archive/infrastructure/postgres/repository/role.py
100644 047b910146e84ac9c59d08c8302cd1782ec2fdfc	archive/infrastructure/postgres/query/postgres_catalog_read_store.py
100644 01de71b8feb334111d491467fdb52cf12bdf257e	archive/infrastructure/postgres/query/postgres_table_read_store.py
100644 605c1f876fbee83fa3a20e4bec1c3dec843f28a4	archive/infrastructure/postgres/query/schema_feature_reader.py
100644 443b9ff9ad55b6536a5939b6b7a482a07f2a8112	archive/infrastructure/worker/di.py
100644 3a1d033f95b163541dc766b486612450c141d734	archive/infrastructure/http/transport.py
100644 3a8a0e71497ed35dfaecf5ad4a14ea5f788b5bae	archive/infrastructure/http/ontology_fetcher.py
100644 71704c267e3e5a14c5b7e822e5765797cbc5880c	archive/infrastructure/storage/di.py
100644 e37a674adf010885d3d90aa3d42655852169c7c1	archive/infrastructure/runner/k8s/ingester_runner.py
100644 a114a8e9e2523b6517212cecb691ecfbdf223589	archive/infrastructure/runner/k8s/runner.py
100644 44a2735568bd1bb09f9da07a4216841c4d6ba37e	archive/infrastructure/runner/oci/__init__.py
100644 15093dd7f68ad8a0f372e192356f159ff9f2f58f	archive/infrastructure/runner/oci/di.py
100644 c0d47e5d0e51882736a72a4fa959139c7db1dcfe	archive/infrastructure/runner/oci/ingester_runner.py
100644 92007c723bd32fa30b63bb74c9107f57d9b473ee	archive/infrastructure/runner/oci/runner.py
100644 50496662e613ad22cbba293e2256d0ba4880dd5f	archive/infrastructure/postgres/__init__.py
100644 a19d4f502696103d789aafa32048b403fdc86aa2	archive/infrastructure/postgres/query/feature_reader.py
100644 38f5129ef89c072f1aeb3eaeef43423463f0bc58	archive/infrastructure/postgres/query/readers.py
100644 d356d493cd8542ff048281f2d7707ff3167cd929	archive/infrastructure/spreadsheet/spreadsheet.py
100644 789fd4b6fef303f7b62865c41c76ac03f6dbfc15	archive/infrastructure/storage/fs/storage.py
100644 d0371227386518a1554b1f4469875e38db35d06d	archive/infrastructure/postgres/tables/naming.py
100644 ba6a891b0802556c5f1664352dc53fddbd09564f	archive/infrastructure/postgres/setup/di.py
100644 7713e44d872c4fbbc351c7276fca41426013642d	archive/infrastructure/postgres/store/feature_store.py
100644 e8a1be69d32a65e1d5c31a4bc82901520b1c2bb5	archive/infrastructure/postgres/tables/feature_table.py
100644 0cdca36a5ca3aad6c28b164698fa9f72d5fb569d	archive/infrastructure/postgres/query/keyset.py
100644 7c2a1907e40d19241387ca36dc2e5e37ee9baa1f	archive/infrastructure/postgres/repository/mappers/deposition.py
100644 3c5a08e5792700db1d44b2a89f8441c35b9572af	archive/infrastructure/postgres/store/metadata_store.py
100644 733dcda33b1cdf28ee39c76e1dfd573d9594b92d	archive/infrastructure/postgres/tables/metadata_table.py
100644 73a52c8465584cd8d7aa8a556a1cfeb0f35d1891	archive/infrastructure/postgres/setup/migrate.py
100644 2e9382bc5fb048d5ccfa8ccdcec4db3d889e0a6d	archive/infrastructure/postgres/repository/auth.py
100644 2177e263a6a342bf288c0fe06dfa6e143c206089	archive/infrastructure/postgres/repository/deposition.py
100644 40e14c054ad3e9ea1d78bdaa5d6e7992efce9e51	archive/infrastructure/postgres/repository/event.py
100644 96e1422c58023deaf16f9a01c60ed0349583c67f	archive/infrastructure/postgres/repository/ingest.py
100644 60ad86088958831acc5abc8d11d14894f6a642c1	archive/infrastructure/postgres/repository/record.py
100644 833d8acd130632de891976df1509f3d229d1bc25	archive/infrastructure/postgres/repository/schema.py
100644 4e01f849ec900fd4ee0935a2a1aa4ac4dd0b9824	archive/infrastructure/postgres/repository/session_rows.py
100644 9a762c77c34995a4c0524ab6d242186d027ce29a	archive/infrastructure/postgres/setup/seed.py
100644 bea5bb0853cd21bd935cb451bea2a0daaee617b1	archive/infrastructure/runner/shared.py
100644 7ad3772a820ffab8f7b03d70c6b88e15c3fbcfb2	archive/infrastructure/storage/s3/__init__.py
100644 318d131d7bb9dfc504ef125c6b67a6d682101443	archive/infrastructure/storage/s3/ingest_storage.py
100644 ecf292a52d9bcccce2da2eb7c080cfa5fd1db8f1	archive/infrastructure/storage/s3/storage.py
100644 bec5299abe06014b5476bba38afa59fa5d9d5091	config.toml
100644 4c2a2a6ffc9f840467285dfcec244d646b6f4f70	deploy/jobs.yaml
100644 45dce90a8b67e7893ec48d52a235141b430f1c87	logging.ini
100644 b143d406a657984d49d3daae2ba7ad4f0333414b	migrations/env.py
100644 5b17bb0cc2e083357f4a99c5408449b7aa367dcd	migrations/versions/0002_records.py
100644 91e804d911abcbc75de2fa56b75119c470a507f0	migrations/versions/0003_background.py
100644 aec71b13db892336359cf1155f682d283a7c95d6	pyproject.toml
100644 c328385bc2853ff06c81bf69e9b47fdc02d87429	tests/conftest.py
100644 c2f27a9ff3b559d5c33e8a7865fc9c38936d37f9	tests/test_adapters.py
100644 dcaf0c3d0c613889f7b9702d3ce81b6ea651cfe6	tests/test_application.py
100644 d9007b41b4f589084a961474891b30d09829b2ca	tests/test_database.py
100644 cf9bf442b98ec65ec082144d487d4ba635aac98f	tests/traps/test_alembic_metadata.py
100644 562cd77e12bb93ec922a97e57b9de28c57ca0375	tests/traps/test_bytes.py
100644 725ec15a6c7a376d8b3dfacebd3d3d6daa90aaf0	tests/traps/test_dynamic_imports.py
100644 911d0bd844702691cd6dcb310870d4ae959bacf7	tests/traps/test_file_anchors.py
100644 493db4a2f2ec549ce119ace82406ad7c49f9586b	tests/traps/test_identity_by_name.py
100644 961160acab0b483f16bc4d637508cb540bb73d54	tests/traps/test_import_forms.py
100644 e51dc7835ae58e45115fe749c97264ba9bf2d95c	tests/traps/test_logging_config.py
100644 0ace6c8007e6c57597df6d6863e343ab6914c23f	tests/traps/test_names_in_text.py
100644 9ceae0e67c41f9269e5a907dd69e1cbcf543397b	tests/traps/test_namespace_folders.py
100644 39487da714b42a0aadaf9271aaf5883e8773cac9	tests/traps/test_package_init.py
100644 f9ab61e384868e4fd8117d48bb6e9a85aa465d49	tests/traps/test_patch_targets.py
100644 c7276fd3d58642aa776c6a67d0c7054fcadf8c31	tests/traps/test_renames.py
100644 e69de29bb2d1d6434b8b29ae775ad8c2e48c5391	archive/infrastructure/postgres/query/__init__.py
100644 e69de29bb2d1d6434b8b29ae775ad8c2e48c5391	archive/infrastructure/postgres/repository/__init__.py
100644 e69de29bb2d1d6434b8b29ae775ad8c2e48c5391	archive/infrastructure/postgres/repository/mappers/__init__.py
100644 e69de29bb2d1d6434b8b29ae775ad8c2e48c5391	archive/infrastructure/postgres/setup/__init__.py
100644 e69de29bb2d1d6434b8b29ae775ad8c2e48c5391	archive/infrastructure/postgres/store/__init__.py
100644 e69de29bb2d1d6434b8b29ae775ad8c2e48c5391	archive/infrastructure/runner/__init__.py
100644 e69de29bb2d1d6434b8b29ae775ad8c2e48c5391	archive/infrastructure/spreadsheet/__init__.py
100644 e69de29bb2d1d6434b8b29ae775ad8c2e48c5391	archive/infrastructure/storage/fs/__init__.py
100644 41beefa9f5eb4b5e80e14e44dd389f7b34d29750	archive/infrastructure/CLAUDE.md
100644 7a030cd6e5e1d80a65273775e460116bc690d31a	tests/test_layout_of_infrastructure.py
FILES
}

# What the splits above become, in their order.
cut() {
  :
}

# What is moved as it is.
moved_unchanged() {
  cat << 'FILES'
100644 83f686de4a8e9f383807f274f49b307cb42f738f	archive/infrastructure/idp/__init__.py
100644 ecd62d03c45e1c70d02a3d85365b59bc2d5f6871	archive/infrastructure/idp/di.py
100644 550cd6e1aa4937c7a8fd6683ae4f514e4b4d4ff3	archive/infrastructure/idp/orcid.py
100644 98500442ee97e13782a3b6ce3d9a5ce97b5f0ac2	archive/infrastructure/idp/provider_registry.py
100644 26320808a33933ec351ecf04811785414f2edfcf	archive/infrastructure/worker/__init__.py
100644 3b6ebaeed38f48518c7dd54608a812393fa1f19a	archive/infrastructure/worker/worker.py
100644 bdb5f54c971261d3ea883ce249091721987b8271	archive/infrastructure/http/headers.py
100644 b33a9b57ad95ad428840028a5ce5c36392715cd3	archive/infrastructure/http/retry.py
100644 b87d778dca3a8f2f533cf3d82964ac85c0cc2fa3	archive/infrastructure/runner/k8s/__init__.py
100644 fe5f0961937f04ecbe513557bf713b451c2aad95	archive/infrastructure/runner/k8s/di.py
100644 7324f149547b6c1cdde3658ccc00c9bdf1c7cf28	archive/infrastructure/runner/k8s/errors.py
100644 d0808c2f8449bcddd8ba9290757613bda84866ff	archive/infrastructure/runner/k8s/health.py
100644 1dc61e9067daee5953e4584152c8ec1b6bf276f5	archive/infrastructure/runner/k8s/job_template.json
100644 ece8c1208ec6b7372e9bcfe6fc18303c61aaeb1a	archive/infrastructure/runner/k8s/naming.py
100644 7edb8f0282a66ab46dc03bc265d8eb13ed075ac5	archive/infrastructure/storage/fs/ingest_storage.py
100644 c17a5a13f4f45134ad300d997e16e27095e1bda5	archive/infrastructure/postgres/tables/column_mapper.py
100644 0ba86a6b77af15871e6249a19490db3ba6f9fd9f	archive/infrastructure/postgres/setup/database.py
100644 0c00249a0fc3451b963d3b3eb901c4dfb9a52d36	archive/infrastructure/postgres/setup/fixtures.json
100644 05642761e05bdea4840666fb0249fa51a9e10e3a	archive/infrastructure/postgres/repository/mappers/auth.py
100644 94199a61fac913ffb1515c39ebc9aa90120c8804	archive/infrastructure/postgres/repository/mappers/record.py
100644 b6b8fb1ca8424a922ecf01b3d2b6e3211e50395a	archive/infrastructure/postgres/repository/mappers/schema.py
100644 912ce1a925be2d2cfc89b0edb26c5b8e913bc6a9	archive/infrastructure/postgres/tables/__init__.py
100644 e645e61273b6cf0b60625bef1250d1791ac1e5a3	archive/infrastructure/storage/s3/client.py
100644 fe3dfe1f0b0bf5e775f0e39976476672ca96276d	archive/infrastructure/storage/paths.py
100644 61d1b2722b9efa4937471e3ae24bfd21921cc26e	archive/infrastructure/storage/keys.py
FILES
}

# What lies in between, after a move and before its text is put in place.
underway() {
  cat << 'FILES'
100644 bdb5f54c971261d3ea883ce249091721987b8271	archive/infrastructure/http/Headers.py.moving-1
100644 fe3dfe1f0b0bf5e775f0e39976476672ca96276d	archive/infrastructure/storage/keys.py.moving-1
100644 80d67a1081082e24358b63726c65b9de6798fd04	archive/infrastructure/postgres/repository/role.py
100644 7590c9504e16fbeac8b29d86d88ce322b813468c	archive/infrastructure/postgres/query/postgres_catalog_read_store.py
100644 6e77b1dda84a91aa573b93a1ef47653d2dbc594f	archive/infrastructure/postgres/query/postgres_table_read_store.py
100644 2cecb91e56acc889df7d96b9736bddeedb2c3f52	archive/infrastructure/postgres/query/schema_feature_reader.py
100644 41698654a24be5786bbd1da176b8456f1229a1e1	archive/infrastructure/worker/di.py
100644 4c1dbe81916896f4f1c9bb980ea7baed47f2f12b	archive/infrastructure/http/transport.py
100644 9be1793baf34321bf9e772d0e0b1bb73f61fe5b3	archive/infrastructure/storage/di.py
100644 4233b573e2d9c731524d572b91b880dec75bad9a	archive/infrastructure/runner/k8s/ingester_runner.py
100644 71bc8bfbe39b5f3357ceeac4a8158e1007461e50	archive/infrastructure/runner/k8s/runner.py
100644 8eca146166b193e60a2de4a6c4dfa27159e692ae	archive/infrastructure/runner/oci/__init__.py
100644 e7e88774f7abeff1d4e033ef10dbd311a0f8a5af	archive/infrastructure/runner/oci/di.py
100644 3bea71f1b73fd5cafb96ed74e21099c7be805770	archive/infrastructure/runner/oci/ingester_runner.py
100644 a5109932e3ceeeb2362c2abe046a13d77240de87	archive/infrastructure/runner/oci/runner.py
100644 da39453bfa51aeb7028147aec979695b624f6aa6	archive/infrastructure/postgres/__init__.py
100644 8dbbf1519846d5c45e804a78aac73a87a54c9ab3	archive/infrastructure/postgres/query/feature_reader.py
100644 5eaec2f726486500e9fd343136868b3725404df5	archive/infrastructure/postgres/query/readers.py
100644 44fe49df96f1e03861c54f03e28b01f96d05c7ed	archive/infrastructure/spreadsheet/spreadsheet.py
100644 d38b019a4d01cdb750dbe975ff4438e5b65cb3ef	archive/infrastructure/storage/fs/storage.py
100644 68d487886315289b5d578810d6587abce1ea530b	archive/infrastructure/postgres/tables/naming.py
100644 804d96a9328cefa8cfa7fd8bd63ad08f6ba171d0	archive/infrastructure/postgres/setup/di.py
100644 f6bc397bd1db747813d0875c50134be827434b35	archive/infrastructure/postgres/store/feature_store.py
100644 1bef1a36bd1a909ac68cf550bbf200e6ceed37dc	archive/infrastructure/postgres/tables/feature_table.py
100644 86fe9bcfea531e68cd17a9021284cb1c649e5933	archive/infrastructure/postgres/query/keyset.py
100644 d98d3528f9bee6fbddde1917f7b462053416af7e	archive/infrastructure/postgres/repository/mappers/deposition.py
100644 832b7b5d64dcb9234a8a51b07f2020dee60f735a	archive/infrastructure/postgres/store/metadata_store.py
100644 3111e26e77c313425abb7d7e3540f3cbe69915be	archive/infrastructure/postgres/tables/metadata_table.py
100644 ad794a91ba1a891b31acd8b9c9f77d903636db4e	archive/infrastructure/postgres/setup/migrate.py
100644 381c4cdfbd369072a9bb33ff96fb4fc8b918bfe4	archive/infrastructure/postgres/repository/auth.py
100644 b4895165859f3cd4562356bc70af678630edb78d	archive/infrastructure/postgres/repository/deposition.py
100644 0e8fa80fbab48fc6540dec0737fd96c95915661d	archive/infrastructure/postgres/repository/event.py
100644 83968e9a03df7654d7d9b72e896ef358ebf5b618	archive/infrastructure/postgres/repository/ingest.py
100644 0cc7401d42a5e607cb23a21dee42f56c143e1c83	archive/infrastructure/postgres/repository/record.py
100644 f5869d6bffa287e709dc05b600e67745e1023a75	archive/infrastructure/postgres/repository/schema.py
100644 31ac1113370468ec1d3216dae4fae40aafd1e902	archive/infrastructure/postgres/repository/session_rows.py
100644 0b31729604f62e5abdd2d92ea0c743add772bec7	archive/infrastructure/postgres/setup/seed.py
100644 687488c185e4b56905e16bb4af6bf74d5b7b7d04	archive/infrastructure/runner/shared.py
100644 f01349b8db8e038311a306ec12d12d9df4521791	archive/infrastructure/storage/s3/__init__.py
100644 4554aa3482602a9954b15d9726a2591f3c43396d	archive/infrastructure/storage/s3/ingest_storage.py
100644 33664197ddc9d9e4ceb9d195d111f7c78e68c467	archive/infrastructure/storage/s3/storage.py
FILES
}

# Files that keep an old name on purpose.
left_on_purpose() {
  :
}

# After the moves and rewrites, and after the splits.
moved() {
  written
  moved_unchanged
}

produced() {
  moved
  cut
}

reviewed_state() {
  { underway; produced; } | as_absent
  reviewed
}

moved_state() {
  { underway; reviewed; cut; } | as_absent
  moved
}

produced_state() {
  { underway; reviewed; } | as_absent
  produced
}

as_absent() {
  sed 's/^[^	]*/0 0000000000000000000000000000000000000000/'
}

# Whether the index already is what --apply would make of it.
is_applied() {
  git ls-files -s -z > "$work/is"
  clear_list
  scratch update-index -z --index-info < "$work/is"
  produced_state | add_to_list
  scratch ls-files -s -z > "$work/would-be"
  cmp -s "$work/is" "$work/would-be"
}

# ----------------------------------------------------------------------------------------- 10. Main

usage() {
  cat << 'USAGE'
bash reorganize.sh [--check]   test every precondition and say what would happen; change nothing
bash reorganize.sh --apply     move and rewrite; everything is staged, nothing is committed
bash reorganize.sh --commit    the same (also after --apply), and commit it, with your name and
                               your hooks: the moves and rewrites first, splits after them
bash reorganize.sh --undo      go back to where --apply started, also when it was interrupted
bash reorganize.sh --rewrite-only
                               on a branch that was cut before the move and is merged with it or
                               rebased onto it: rewrite the old names that it brought along,
                               and list those that a person must look at
bash reorganize.sh --format    after --commit, where the plan names commands for it (a formatter):
                               type them, and commit what they change
bash reorganize.sh --help      show this
USAGE
}

check_the_git() {
  local version major minor
  version=$(git version)
  version=${version#git version }
  major=${version%%.*}
  minor=${version#*.}
  minor=${minor%%.*}
  case $major$minor in
    *[!0-9]* | '') ;; # not a version that can be told
    *) if [ "$major" -lt 2 ] || { [ "$major" -eq 2 ] && [ "$minor" -lt 30 ]; }; then
      refuse "git $version is too old; put git 2.30 or newer first on the PATH"
    fi ;;
  esac
}

at_exit() {
  local status=$?
  trap - EXIT
  trap '' INT TERM HUP
  set +e
  if [ "$started" = yes ] && [ -e "$journal/unfinished" ]; then
    printf 'reorganize.sh: %s stopped half-way; everything is being put back.\n' "$verb" >&2
    (set -e && undo >&2)
    if [ -e "$journal/unfinished" ]; then
      printf 'reorganize.sh: that failed; see above, then run it again with --undo.\n' >&2
    fi
  elif [ "$status" -ne 0 ] && [ "$refused" = no ]; then
    printf 'reorganize.sh: stopped by an error, see above; run it again with --check.\n' >&2
  fi
  rm -rf -- "$work"
  exit "$status"
}

main() {
  verb=${1---check}
  case $#$verb in
    [01]--check | 1--apply | 1--commit | 1--undo | 1--rewrite-only | 1--format) ;;
    1--help) usage && exit 0 ;;
    *) usage >&2 && exit 2 ;;
  esac
  refused=no
  started=no
  journal=
  check_the_git
  top=$(git rev-parse --show-toplevel) ||
    refuse "git cannot open a checkout here, see above; cd into the one to change"
  cd -- "$top"
  git rev-parse -q --verify 'HEAD^{commit}' > /dev/null ||
    refuse "this repository has no commit yet; it is not the one that was reviewed"
  git_dir=$(git rev-parse --absolute-git-dir)
  journal=$git_dir/reorganize
  work=$(mktemp -d "${TMPDIR:-/tmp}/reorganize.XXXXXX")
  trap at_exit EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP

  if [ "$verb" = --undo ]; then
    undo
    return
  fi
  if [ -e "$journal/unfinished" ]; then
    refuse "an earlier run did not come to its end; run this script with --undo first"
  fi
  if [ "$verb" = --rewrite-only ]; then
    rewrite_only
    return
  fi
  if [ "$verb" = --format ]; then
    format_files
    return
  fi
  if is_applied; then
    if [ "$verb" != --commit ] || git diff-index --cached --quiet HEAD; then
      say "This is done already: every file is where it belongs and has its new text."
      return
    fi
    take_back_what_is_staged
  fi
  check
  summary
  if [ "$verb" = --check ]; then
    say "Nothing is in the way and nothing was changed. Run it with --apply to do this."
    return
  fi
  started=yes
  apply
  if [ "$verb" = --commit ]; then
    say "Done, and committed. These can go into .git-blame-ignore-revs:"
    cat "$journal/commits"
    if [ -n "$(post_commands)" ]; then say "Run it with --format now, as the plan has it."; fi
    return
  fi
  say "Done, and staged. Look at it with git status and git diff --cached -M; commit it, or --undo."
}

main ${1+"$@"}
exit
