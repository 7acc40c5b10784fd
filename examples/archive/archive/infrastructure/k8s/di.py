"""Wiring of the Kubernetes backend."""

from dishka import Provider, Scope, provide

from archive.domain.ingest.port.runner import IngesterRunner
from archive.domain.validation.port.runner import HookRunner

from . import ingester_runner, runner


class RunnerProvider(Provider):
    """Runs containers in the cluster."""

    scope = Scope.APP
    hooks = provide(runner.K8sHookRunner, provides=HookRunner)
    ingesters = provide(ingester_runner.K8sIngesterRunner, provides=IngesterRunner)
