#!/usr/bin/env bash
#
# reorganize.sh: give the modules of archive.infrastructure their new places
#
#   bash reorganize.sh            dry run: work in a scratch copy only, change nothing
#   bash reorganize.sh --apply    move and rewrite; staged, not committed
#   bash reorganize.sh --commit   the same, committed
#   bash reorganize.sh --undo     back to where --apply started, also after a crash
#
# 64 files move; 77 are rewritten; 10 are new; 4 are deleted.
# Only names change: imports, and texts that name a module or its path. Names outside
# the repository (queued jobs, deployed settings) are not updated.
# Also new: archive/infrastructure/CLAUDE.md, tests/test_layout_of_infrastructure.py.
# It needs bash, git and sed; no code of the repository runs (but git hooks at --commit).
#
# Everything is done in a scratch copy first. Your checkout changes only at the end, and
# only if the result is, byte for byte, what was tested when this script was generated.

set -euo pipefail
REVIEWED=3d7afb5e577b0bb410a5890d9ff8bcd3b7462150 # the commit that was reviewed
RESULT=3f211b4fbdda8d4ca95960defe9e7b0d3a3e6820 # hash over path, mode and content of all changes
MESSAGE='Give the modules of archive.infrastructure their new places

64 files move; 77 are rewritten; 10 are new; 4 are deleted. Only names
change, no logic.
Files moved to http/ 3, to idp/ 4, to postgres/ 31, to runner/ 13, to
spreadsheet/ 1, to storage/ 9, to worker/ 3.
Made by reorganize.sh, reviewed at 3d7afb5e577b0bb410a5890d9ff8bcd3b7462150.'
DONE='done; git status, git diff --cached -M or git log show it'
REUSED_NAMES='archive.infrastructure.http.transport archive.infrastructure.storage.keys archive.infrastructure.storage.paths archive/infrastructure/http/transport.py archive/infrastructure/storage/keys.py archive/infrastructure/storage/paths.py' # old names that another module has afterwards

# ---- 1. moves: from, to, why

moves() {
  cd archive/infrastructure
  mkdir -p -- idp postgres/query postgres/repository/mappers postgres/setup postgres/store postgres/tables
  mkdir -p -- runner/k8s runner/oci spreadsheet storage/fs storage/s3 worker

  # first, names that other moves need become free
  git mv http/Headers.py                                        http/Headers.py.moving-1                      # module names are lower-case
  git mv http/transport.py                                      http/retry.py                                 # decides about another try; it gives its old name to the real transport
  git mv storage/keys.py                                        storage/keys.py.moving-1                      # builds paths for disks: the two modules are named the wrong way round and swap
  git mv storage/paths.py                                       storage/keys.py                               # builds keys for object stores: the two modules are named the wrong way round and swap

  # http/
  git mv http/Headers.py.moving-1                               http/headers.py                               # module names are lower-case
  git mv http/client.py                                         http/transport.py                             # sends one request: a transport

  # idp/
  git mv auth/__init__.py                                       idp/__init__.py                               # named after what is adapted: external identity providers
  git mv auth/di.py                                             idp/di.py                                     # wires the identity providers
  git mv auth/orcid.py                                          idp/orcid.py                                  # log-in through ORCID
  git mv auth/provider_registry.py                              idp/provider_registry.py                      # identity providers by name

  # postgres/
  git mv auth/role_repository.py                                postgres/repository/role.py                   # a database adapter that was filed under its bounded context
  git mv data/postgres_catalog_read_store.py                    postgres/query/postgres_catalog_read_store.py # pages through the catalogue: a read model on the database
  git mv data/postgres_table_read_store.py                      postgres/query/postgres_table_read_store.py   # pages through metadata tables: a read model on the database
  git mv data/schema_feature_reader.py                          postgres/query/schema_feature_reader.py       # a read model on top of the feature reader
  git mv persistence/__init__.py                                postgres/__init__.py                          # the package is named after the system that it adapts; what it re-exports stays the same
  git mv persistence/adapter/feature_reader.py                  postgres/query/feature_reader.py              # reads feature tables, changes nothing
  git mv persistence/adapter/readers.py                         postgres/query/readers.py                     # counts for the front page, changes nothing
  git mv persistence/api_naming.py                              postgres/tables/naming.py                     # names of columns belong to their shapes; inside tables/ the prefix says nothing
  git mv persistence/column_mapper.py                           postgres/tables/column_mapper.py              # column types, used by both builders
  git mv persistence/database.py                                postgres/setup/database.py                    # creates the engine and hands out transactions: life cycle
  git mv persistence/di.py                                      postgres/setup/di.py                          # wires the adapters of this concern
  git mv persistence/feature_store.py                           postgres/store/feature_store.py               # DDL and bulk writes of feature tables, driven by events
  git mv persistence/feature_table.py                           postgres/tables/feature_table.py              # builds the shape of a feature table
  git mv persistence/fixtures.json                              postgres/setup/fixtures.json                  # package data that seed.py reads from its own folder, so it must stay beside it
  git mv persistence/keyset.py                                  postgres/query/keyset.py                      # paging, used by the read stores only
  git mv persistence/mappers/{auth,deposition,record,schema}.py postgres/repository/mappers/                  # maps rows to domain values; used by repositories only
  git mv persistence/metadata_store.py                          postgres/store/metadata_store.py              # DDL and projection of metadata tables, driven by events
  git mv persistence/metadata_table.py                          postgres/tables/metadata_table.py             # builds the shape of a metadata table
  git mv persistence/migrate.py                                 postgres/setup/migrate.py                     # runs Alembic: life cycle
  git mv persistence/repository/auth.py                         postgres/repository/auth.py                   # users and sessions for command handlers
  git mv persistence/repository/deposition.py                   postgres/repository/deposition.py             # the deposition aggregate for command handlers
  git mv persistence/repository/event.py                        postgres/repository/event.py                  # appends to the outbox in the transaction of the change
  git mv persistence/repository/ingest.py                       postgres/repository/ingest.py                 # the ingest run aggregate for command handlers
  git mv persistence/repository/record.py                       postgres/repository/record.py                 # the record aggregate for command handlers
  git mv persistence/repository/schema.py                       postgres/repository/schema.py                 # the schema aggregate for command handlers
  git mv persistence/repository/session_rows.py                 postgres/repository/session_rows.py           # declarative rows that only the user repository needs
  git mv persistence/seed.py                                    postgres/setup/seed.py                        # fills a fresh database: life cycle
  git mv persistence/tables.py                                  postgres/tables/__init__.py                   # all static tables, moved whole so that the metadata stays in one module; splitting by domain is a follow-up

  # runner/
  git mv k8s/__init__.py                                        runner/k8s/__init__.py                        # Kubernetes is one backend of runner
  git mv k8s/di.py                                              runner/k8s/di.py                              # wires the Kubernetes backend
  git mv k8s/errors.py                                          runner/k8s/errors.py                          # errors of the cluster
  git mv k8s/health.py                                          runner/k8s/health.py                          # reachability of the cluster
  git mv k8s/ingester_runner.py                                 runner/k8s/ingester_runner.py                 # runs ingesters as jobs
  git mv k8s/job_template.json                                  runner/k8s/job_template.json                  # package data that the Kubernetes runner reads as a resource of its package
  git mv k8s/naming.py                                          runner/k8s/naming.py                          # names of jobs
  git mv k8s/runner.py                                          runner/k8s/runner.py                          # runs hooks as jobs
  git mv oci/__init__.py                                        runner/oci/__init__.py                        # the container engine is one backend of runner
  git mv oci/di.py                                              runner/oci/di.py                              # wires the container engine
  git mv oci/ingester_runner.py                                 runner/oci/ingester_runner.py                 # runs ingesters in the local container engine
  git mv oci/runner.py                                          runner/oci/runner.py                          # runs hooks in the local container engine
  git mv runner_utils.py                                        runner/shared.py                              # limits and results that both execution backends share

  # spreadsheet/
  git mv persistence/adapter/spreadsheet.py                     spreadsheet/spreadsheet.py                    # openpyxl templates have nothing to do with the database

  # storage/
  git mv ingest/di.py                                           storage/di.py                                 # provides StorageLayout and IngestStorage with both backends, nothing of a runner
  git mv persistence/adapter/ingest_storage.py                  storage/fs/ingest_storage.py                  # the filesystem backend of IngestStorage, beside its S3 twin
  git mv persistence/adapter/storage.py                         storage/fs/storage.py                         # the filesystem backend of FileStorage, beside its S3 twin
  git mv s3/__init__.py                                         storage/s3/__init__.py                        # S3 is here one backend of storage, not a concern of its own
  git mv s3/client.py                                           storage/s3/client.py                          # the client that both S3 adapters share
  git mv s3/ingest_storage.py                                   storage/s3/ingest_storage.py                  # the S3 backend of IngestStorage, beside its filesystem twin
  git mv s3/storage.py                                          storage/s3/storage.py                         # the S3 backend of FileStorage, beside its filesystem twin
  git mv storage/keys.py.moving-1                               storage/paths.py                              # builds paths for disks: the two modules are named the wrong way round and swap

  # worker/
  git mv event/__init__.py                                      worker/__init__.py                            # named after what runs there: the worker pool
  git mv event/di.py                                            worker/di.py                                  # wires the worker
  git mv event/worker.py                                        worker/worker.py                              # drains the outbox on APScheduler
  cd - > /dev/null
}

# ---- 2. deletions

deletions() {
  git rm -q -- archive/infrastructure/data/__init__.py                # absorbed into postgres/query
  git rm -q -- archive/infrastructure/ingest/__init__.py              # empty once its wiring has moved to storage
  git rm -q -- archive/infrastructure/messaging/__init__.py           # empty package, nothing imports it
  git rm -q -- archive/infrastructure/persistence/adapter/__init__.py # disbanded: its modules go to storage, postgres/query and spreadsheet
}

# ---- 3. rewrites: edits of one file by line number, then the rules that files share

rewrites() {
  local rules; rules=$(rules)
  edit CLAUDE.md '
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
  edit archive/application/api.py '68s/persistence\.keyset\.encode/persistence.query.keyset.encode/'
  edit archive/application/container.py '
24s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.setup/;
26s/$/\
)\
from archive.infrastructure.postgres.store import (  # noqa: I001  in the order of start-up/'
  edit archive/application/health.py '7s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.setup/'
  edit archive/application/search.py '
7s/archive\.infrastructure\.persistence import column_mapper,/archive.infrastructure.postgres.tables import column_mapper\
from archive.infrastructure.postgres.query import/'
  edit archive/application/shell.py '5s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.setup/'
  edit archive/infrastructure/postgres/repository/role.py '
10s/\.\.persistence\.database/..setup.database/;
11s/\.\.persistence\.mappers\.auth/.mappers.auth/;
12s/\.\.persistence\.tables/..tables/'
  edit archive/infrastructure/postgres/query/postgres_table_read_store.py '
10s/\.\.persistence import keyset,/. import keyset\
from ..tables import/;
11s/\.\.persistence\.api_naming/..tables.naming/;
12s/\.\.persistence\.database/..setup.database/'
  edit archive/infrastructure/postgres/query/schema_feature_reader.py '7s/\.\.persistence\.adapter\.feature_reader/.feature_reader/'
  edit archive/infrastructure/http/ontology_fetcher.py '
9s/\.client/.transport/;
10s/\.client/.transport/;
11s/\.transport/.retry/'
  edit archive/infrastructure/storage/di.py '12s/\.\.s3\.ingest_storage/.s3.ingest_storage/'
  edit archive/infrastructure/runner/k8s/ingester_runner.py '8s/archive\.infrastructure import/archive.infrastructure.runner import shared as/'
  edit archive/infrastructure/runner/k8s/runner.py '
8s/\.\.\.domain\.validation\.model/....domain.validation.model/;
9s/\.\.\.domain\.validation\.port\.runner/....domain.validation.port.runner/;
10s/\.\.runner_utils/..shared/'
  edit archive/infrastructure/runner/oci/di.py '
5s/\.\.\.domain\.ingest\.port\.runner/....domain.ingest.port.runner/;
6s/\.\.\.domain\.validation\.port\.runner/....domain.validation.port.runner/'
  edit archive/infrastructure/runner/oci/ingester_runner.py '8s/\.\.runner_utils/..shared/'
  edit archive/infrastructure/runner/oci/runner.py '13s/\.parents\[3]/.parents[4]/'
  edit archive/infrastructure/postgres/__init__.py '
6s/from \. import/from .query import/;
7s/\.database/.setup.database/'
  edit archive/infrastructure/postgres/query/feature_reader.py '
9s/from \.\. import/from ..tables import/;
10s/\.\.database/..setup.database/'
  edit archive/infrastructure/postgres/query/readers.py '7s/\.\.database/..setup.database/'
  edit archive/infrastructure/spreadsheet/spreadsheet.py '
12s/os\.path\.dirname(/os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))/;
13,14d'
  edit archive/infrastructure/postgres/setup/di.py '
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
  edit archive/infrastructure/postgres/store/feature_store.py '
15s/from \. import/from ..tables import/;
16s/\.database/..setup.database/'
  edit archive/infrastructure/postgres/tables/feature_table.py '7s/\.\.\.domain\.validation\.model/....domain.validation.model/'
  edit archive/infrastructure/postgres/repository/mappers/deposition.py '7s/\.\.tables/...tables/'
  edit archive/infrastructure/postgres/store/metadata_store.py '
14s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.setup/;
17s/\.repository\.record/..repository.record/;
18s/\.repository\.schema/..repository.schema/'
  edit archive/infrastructure/postgres/tables/metadata_table.py '7s/\.\.\.domain\.schema\.model/....domain.schema.model/'
  edit archive/infrastructure/postgres/setup/migrate.py '9s/\.parent\.parent\.parent\.parent/.parent.parent.parent.parent.parent/'
  edit archive/infrastructure/postgres/repository/auth.py '
15s/\.\.database/..setup.database/;
16s/\.\.mappers\.auth/.mappers.auth/'
  edit archive/infrastructure/postgres/repository/deposition.py '17s/\.\.database/..setup.database/'
  edit archive/infrastructure/postgres/repository/event.py '12s/\.\.database/..setup.database/'
  edit archive/infrastructure/postgres/repository/ingest.py '13s/\.\.database/..setup.database/'
  edit archive/infrastructure/postgres/repository/record.py '
11s/\.\.database/..setup.database/;
12s/\.\.mappers\.record/.mappers.record/'
  edit archive/infrastructure/postgres/repository/schema.py '
12s/\.\.database/..setup.database/;
13s/\.\.mappers/.mappers/'
  edit archive/infrastructure/runner/shared.py '8s/\.\.domain\.validation\.model/...domain.validation.model/'
  edit archive/infrastructure/storage/s3/storage.py '
7s/\.\.\.domain\.deposition\.model/....domain.deposition.model/;
8s/\.\.\.domain\.deposition\.port\.storage/....domain.deposition.port.storage/;
9s/\.\.\.domain\.shared\.errors/....domain.shared.errors/;
10s/\.\.storage\.layout/..layout/;
11s/\.\.storage\.paths/..keys/'
  edit tests/conftest.py '11s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.setup/'
  edit tests/test_database.py '
21s/archive\.infrastructure\.persistence import keyset,/archive.infrastructure.postgres.query import keyset\
from archive.infrastructure.postgres.setup import/'
  edit tests/traps/test_alembic_metadata.py '12s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.setup/'
  edit tests/traps/test_file_anchors.py '
11s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.setup/;
12s/archive\.infrastructure\.persistence\.adapter/archive.infrastructure.spreadsheet/'
  edit tests/traps/test_identity_by_name.py '15s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.setup/'
  edit tests/traps/test_import_forms.py '
18s/archive\.infrastructure\.persistence import api_naming, column_mapper,/archive.infrastructure.postgres.tables import naming as api_naming, column_mapper\
from archive.infrastructure.postgres.query import/'
  edit tests/traps/test_logging_config.py '13s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.setup/'
  edit tests/traps/test_names_in_text.py '14s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.store/'
  edit tests/traps/test_package_init.py '
16s/archive\.infrastructure\.persistence import Database,/archive.infrastructure.postgres import Database\
from archive.infrastructure.postgres.query import/;
58s/persistence\.keyset\.encode/persistence.query.keyset.encode/;
59s/persistence\.keyset/persistence.query.keyset/'
  edit tests/traps/test_patch_targets.py '12s/archive\.infrastructure\.persistence/archive.infrastructure.postgres.setup/'
  edit tests/traps/test_renames.py '
9s/Headers, client,/headers as Headers, transport as client, retry as/;
15s/keys,/paths as keys, keys as/'

  sed -i.before -e "$rules" -- \
    .github/workflows/ci.yml CLAUDE.md Dockerfile Makefile README.md alembic.ini \
    archive/application/api.py archive/application/backends.py archive/application/cli.py \
    archive/application/container.py archive/application/health.py archive/application/jobs.py \
    archive/application/search.py archive/application/shell.py \
    archive/infrastructure/postgres/query/postgres_catalog_read_store.py \
    archive/infrastructure/worker/di.py archive/infrastructure/http/transport.py \
    archive/infrastructure/storage/di.py archive/infrastructure/runner/k8s/ingester_runner.py \
    archive/infrastructure/runner/k8s/runner.py archive/infrastructure/runner/oci/__init__.py \
    archive/infrastructure/runner/oci/runner.py archive/infrastructure/storage/fs/storage.py \
    archive/infrastructure/postgres/tables/naming.py archive/infrastructure/postgres/query/keyset.py \
    archive/infrastructure/postgres/store/metadata_store.py \
    archive/infrastructure/postgres/repository/deposition.py \
    archive/infrastructure/postgres/repository/session_rows.py \
    archive/infrastructure/postgres/setup/seed.py archive/infrastructure/storage/s3/__init__.py \
    archive/infrastructure/storage/s3/ingest_storage.py config.toml deploy/jobs.yaml logging.ini \
    migrations/env.py migrations/versions/0002_records.py migrations/versions/0003_background.py \
    pyproject.toml tests/conftest.py tests/test_adapters.py tests/test_application.py \
    tests/test_database.py tests/traps/test_alembic_metadata.py tests/traps/test_bytes.py \
    tests/traps/test_dynamic_imports.py tests/traps/test_file_anchors.py \
    tests/traps/test_identity_by_name.py tests/traps/test_import_forms.py \
    tests/traps/test_logging_config.py tests/traps/test_namespace_folders.py \
    tests/traps/test_package_init.py tests/traps/test_patch_targets.py tests/traps/test_renames.py
  text=$(cat archive/infrastructure/runner/oci/di.py); printf '%s' "$text" > archive/infrastructure/runner/oci/di.py # its last line
  text=$(cat archive/infrastructure/storage/s3/__init__.py); printf '%s' "$text" > archive/infrastructure/storage/s3/__init__.py # its last line
}

rules() {
  cat << 'SED'
# skip lines without this word
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

# ---- 4. new files

new_files() {
  local file
  for file in \
    archive/infrastructure/postgres/query/__init__.py \
    archive/infrastructure/postgres/repository/__init__.py \
    archive/infrastructure/postgres/repository/mappers/__init__.py \
    archive/infrastructure/postgres/setup/__init__.py \
    archive/infrastructure/postgres/store/__init__.py archive/infrastructure/runner/__init__.py \
    archive/infrastructure/spreadsheet/__init__.py archive/infrastructure/storage/fs/__init__.py
  do create "$file" < /dev/null; done

  # says where a new module belongs, beside the modules that it speaks of
  create archive/infrastructure/CLAUDE.md << 'TEXT'
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
serves. A second backend of a port goes beside the first. A system that nothing here
adapts yet gets a new package that is named after it.

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
  create tests/test_layout_of_infrastructure.py << 'TEXT'
"""Where a module of archive.infrastructure belongs: in the folder of what it adapts.

This file needs only Python and imports nothing of the project. When you change the layout on
purpose, change the tables, too.
"""

import ast
import unittest
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "archive" / "infrastructure"

# No folder may have one of these names: a bounded context's name is for a file.
CONTEXTS = "auth deposition ingest record schema validation".split()

# A module that imports one of the libraries must be in its folder, or in another that lists it.
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

# Modules with these names connect adapters and may import any library.
WIRING = "di".split()

# Places that broke the rule when it was introduced. Remove lines; do not add any.
ACCEPTED = ()


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

reorganize() {
  deletions
  moves
  rewrites
  new_files
}
split() {
  :
}

# ---- the frame, the same in every reorganize.sh: all is made in a scratch copy; once that is the tested result,
# one command (git read-tree) brings it over, which overwrites no change of yours.
git() { command git -c core.hooksPath=/dev/null -c core.fsmonitor=false -c core.quotePath=false "$@"; }
say() { printf 'reorganize.sh: %s.\n' "$1"; }
quoted() { sed -e 's/[\\"]/\\&/g' -e '1s/^/"/' -e '$s/$/"/' <<< "$1"; } # as git reads a path in a variable
die() { say "$1" >&2; exit 1; }
die_of() { # SENTENCE: fail with it if there is anything on standard input; show the first twenty lines
  sed -e 's/^/  /' -e 20q > "$work/lines"
  [ ! -s "$work/lines" ] || { cat "$work/lines" >&2; die "$1"; }
}
edit() { sed -i.before -e "$2" -- "$1"; } # FILE SED: what sed leaves beside the file stays in the copy
create() { case $1 in */*) mkdir -p -- "${1%/*}" ;; esac; cat > "$1"; printf '%s\0' "$1" >> "$work/new"; } # FILE < TEXT
carry_out() { # ID STEP: run STEP in the copy; ID is the expected hash over path, mode and content of all changes
  "$2"
  git add -u; [ ! -e "$work/new" ] || git update-index --add -z --stdin < "$work/new"
  [ "$(git diff-index --cached --no-renames --no-abbrev -z "$start" | git hash-object --stdin)" != "$1" ] || return 0
  comm -12 <(git diff --name-only --no-renames "$REVIEWED" "$start") <(git diff --name-only --no-renames --cached "$start") |
    die_of "these files changed after the review; generate the script again for this commit"
  die "the result is not the tested one; the sed of this machine may behave differently"
}
# Lines that name what is gone, in files that changed after the review: by its path, by its dotted name, or in an
# import from where it was. A relative import counts if its last word fits, so this may report too much.
old_names() {
  local files=() file modules
  while IFS= read -r -d '' file; do files+=("$file"); done \
    < <(git diff --name-only --no-renames --diff-filter=d -z "$REVIEWED" "$start"); [ "${#files[@]}" -gt 0 ] || return 0
  git diff-tree -r -t --no-renames --diff-filter=D --name-only "$start" "$tree" | sed "s|^${ROOT-}||" > "$work/gone"
  modules=$(sed -e 's|\(/__init__\)*\.py$||' -e 's|/|.|g' "$work/gone" && tr ' ' '\n' <<< "${REUSED_NAMES-}")
  sed -n '/[.\/]/p' "$work/gone" - <<< "$modules" | found -w -F
  sed -nE -e 's#^(.*[.])?([^.]+)[.]([^.]+)$#from +(\1\2|[.]+([A-Za-z0-9_]+[.])*(\2|\3)?) +(import|[\\]$)#p' \
    -e 's#^[^.]+$#^ *(import|from) +&([ .,]|$)#p' <<< "$modules" | found -E
  printf '%s\n' "${files[@]}" | grep -F -f <(sed -n 's|/__init__\.py$|/|p' "$work/gone") || [ "$?" = 1 ] # in a package that is gone
}
found() { git grep --cached -I -n "$@" -f - -- "${files[@]}" || [ "$?" = 1 ]; }
in_the_way() { # FROM TO: what would be overwritten, also where git was told to ignore it
  local path; git diff-tree -r -z --no-renames --diff-filter=A --name-only "$@" | while IFS= read -r -d '' path; do
    [ ! -d "$path" ] || echo "$path" # below, a name that differs from a tracked one by letter case alone is that file
    until [ -d "$path" ]; do
      if [ -e "$path" ] || [ -L "$path" ]; then GIT_LITERAL_PATHSPECS=0 git --icase-pathspecs ls-files -- "$path" | grep -q . || echo "$path"; fi
      case $path in */*) path=${path%/*} ;; *) break ;; esac
    done
  done
}
make() { # $moved and $tree, the results before and after splits; the copy's files are what git has, byte for byte
  local -x LC_ALL=C GIT_LITERAL_PATHSPECS=1 GIT_ALTERNATE_OBJECT_DIRECTORIES; [ "$verb" = --check ] || local -x GIT_OBJECT_DIRECTORY=$objects
  case $(git version) in *" "1.* | *" "2.[0-9].* | *" "2.[12][0-9].*) die "$(git version) is too old; put 2.30 or newer first on the PATH" ;; esac
  git status --long -uno | { grep -E 'in progress|You are currently|still merging' || :; } | die_of "finish or abort that first"
  git status --porcelain -uno --ignore-submodules=dirty | die_of "commit or stash these changes first"
  git cat-file -e "$REVIEWED^{commit}" 2> /dev/null || die "the reviewed commit is not here; type: git fetch origin $REVIEWED"
  GIT_ALTERNATE_OBJECT_DIRECTORIES=$(quoted "$objects")
  git init -q --template= --object-format=sha1 "$work/copy"; cd "$work/copy"; mkdir -p .git/info .git/objects
  echo '* -text -filter -ident -working-tree-encoding' > .git/info/attributes; git update-ref HEAD "$start"
  git read-tree --reset -u "$start"
  carry_out "${MOVED-$RESULT}" reorganize; moved=$(git write-tree)
  carry_out "$RESULT" split; tree=$(git write-tree)
  old_names | sort -u | die_of "these lines came after the review and use old names; generate the script again for this commit"
  cd "$top"; GIT_ALTERNATE_OBJECT_DIRECTORIES=$(quoted "$work/copy/.git/objects")
  in_the_way "$start" "$tree" | die_of "these are in the way; move them away first"
  git read-tree -m -u -n "$start" "$tree"
}
recorded() { sh -c 'echo "$$" > "$0"; exec git "$@"' "$state/process" "$@"; } # so that --undo can tell whether it still runs
bring() { recorded -c core.hooksPath=/dev/null -c core.fsmonitor=false read-tree -m -u "$@"; }
commit() { # TREE MESSAGE, as you would, with your hooks and signature
  bring HEAD "$1"
  recorded -c user.useConfigOnly=true commit -q --cleanup=whitespace -m "$2" || die "git commit failed, see above; or use --apply and commit yourself"
  git rev-parse 'HEAD^{tree}' >> "$state/trees"
  [ "$(tail -n 1 "$state/trees")" = "$1" ] || die "a hook changed what was committed; use --apply and commit yourself"
  git rev-parse HEAD
}
undo() { # from where --apply ended, or from anywhere half-way
  local lock head; head=$(git rev-parse HEAD)
  [ "$(git symbolic-ref -q HEAD)" = "$(cat "$state/branch")" ] || die "it ran on another branch: $(cat "$state/branch")"
  if [ -e "$state/done" ]; then
    [ "$head" = "$start" ] || die "there are commits since; use git revert"
    in_the_way "$tree" "$start" | die_of "these are in the way of what comes back; move them away first"
    git read-tree -m -u -n "$tree" "$start" || die "not undone, see above; git diff $tree shows what changed since --apply"
    rm -f -- "$state/done"; bring "$tree" "$start"
  else
    case $(ps -o stat= -p "$(cat "$state/process")" 2> /dev/null) in [!Z]*) die "git is still at work; wait, or remove $state/process" ;; esac
    git log --format='%T %h %s' "$start.." | { grep -v -F -f "$state/trees" || :; } | die_of "there are commits since; remove $state when all is well"
    for lock in index HEAD "$(git symbolic-ref -q HEAD)"; do rm -f -- "$(git rev-parse --git-path "$lock").lock"; done
    git diff-tree -r -z --no-renames --diff-filter=A --name-only "$start" "$tree" | git update-index --add --remove -z --stdin
    git diff --quiet || say "what lay here half-way is kept for two weeks; to restore a file: git checkout $(git stash create) -- FILE"
    git read-tree --reset -u "$start"
    [ "$head" = "$start" ] || git update-ref -m "reorganize.sh --undo" HEAD "$start" "$head"
  fi; rm -rf -- "$state"
}
ended() {
  local status=$? undone; trap '' EXIT INT TERM HUP; set +e; cd -- "$top"
  if [ "$begun" = yes ] && [ ! -e "$state/done" ]; then
    (set -e; undo); undone=$?; say "it stopped half-way; $([ "$undone" = 0 ] && echo everything is put back || echo type --undo)" >&2
  elif [ "$status" -gt 1 ] && [ "$status" -lt 130 ]; then say "stopped by the error above; nothing was changed" >&2; fi
  rm -rf -- "$work"; exit "$((status > 1 && status < 130 ? 1 : status))"
}
usage() { sed -n '3,/^$/s/^# \{0,1\}//p' "$0"; }
verb=${1---check} begun=no
case $#$verb in [01]--check | 1--apply | 1--commit | 1--undo) ;; 1--help) usage; exit ;; *) usage >&2; exit 2 ;; esac
unset CDPATH GIT_DIR GIT_COMMON_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_ICASE_PATHSPECS
top=$(git rev-parse --show-toplevel) || die "cd into the checkout to change"; cd -- "$top"
state=$(git rev-parse --absolute-git-dir)/reorganize objects=$(cd "$(git rev-parse --git-path objects)" && pwd -P)
start=$(git rev-parse -q --verify HEAD) || die "this repository has no commit yet"
work=$(cd -- "$(mktemp -d "${TMPDIR:-/tmp}/reorganize.XXXXXX")" && pwd -P) && trap ended EXIT && trap 'exit 130' INT && trap 'exit 143' TERM HUP
if [ -e "$state" ]; then
  start=$(cat "$state/start") tree=$(cat "$state/tree")
  if [ "$verb" = --undo ]; then undo; say "the reorganization is undone"; exit; fi
  [ -e "$state/done" ] || die "an earlier run was cut off; run it with --undo first"
  if [ "$(git write-tree)" = "$tree" ]; then
    if [ "$verb" != --commit ] || git diff --cached --quiet; then say "this is done already"; exit; fi
    git diff --name-only | die_of "commit or stash what changed since --apply first"; undo # and made again, commit by commit
  fi
fi
if [ "$verb" = --undo ]; then say "there is nothing to undo"; exit; fi
start=$(git rev-parse HEAD); make
if [ "$verb" = --check ]; then say "nothing is in the way, and nothing was changed"; exit; fi
rm -rf -- "$state" "$state.new"; mkdir -- "$state.new"; : > "$state.new/process"; printf '%s\n' "$moved" "$tree" > "$state.new/trees"
echo "$start" > "$state.new/start"; echo "$tree" > "$state.new/tree"; git symbolic-ref -q HEAD > "$state.new/branch" || :
mv -- "$state.new" "$state"; begun=yes
[ "$verb" = --commit ] || bring HEAD "$tree"
[ "$verb" = --apply ] || { commit "$moved" "$MESSAGE"; [ "$moved" = "$tree" ] || commit "$tree" "$SPLIT_MESSAGE"; }
: > "$state/done" && say "$DONE"
