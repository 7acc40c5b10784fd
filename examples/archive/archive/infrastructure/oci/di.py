"""Wiring of the container engine."""

from dishka import Provider, Scope, provide

from ...domain.ingest.port.runner import IngesterRunner
from ...domain.validation.port.runner import HookRunner
from .ingester_runner import OciIngesterRunner
from .runner import OciHookRunner


class RunnerProvider(Provider):
    """Runs containers on this host."""

    scope = Scope.APP
    hooks = provide(OciHookRunner, provides=HookRunner)
    ingesters = provide(OciIngesterRunner, provides=IngesterRunner)