"""Runs ingesters as Kubernetes jobs."""

from __future__ import annotations

import archive.infrastructure.k8s.runner as hooks
from archive.domain.ingest.model import IngestRun
from archive.domain.ingest.port.runner import IngesterRunner
from archive.infrastructure import runner_utils
from archive.infrastructure.k8s import naming


class K8sIngesterRunner(IngesterRunner):
    """One job per run."""

    def run(self, run: IngestRun) -> IngestRun:
        """Run to the end and close the run by its exit code."""
        env = runner_utils.container_env(run=run.id)
        job = hooks.manifest(naming.job_name("ingest", run.id), run.image, "2Gi", env)
        return run.finished(hooks.run_job(job).exit_code)
