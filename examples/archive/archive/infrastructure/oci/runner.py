"""Runs hooks with Docker or Podman on this host."""

from __future__ import annotations

from pathlib import Path

from archive.domain.shared.errors import BackendFailed
from archive.domain.validation.model import Hook, HookResult
from archive.domain.validation.port.runner import HookRunner
from archive.infrastructure.runner_utils import container_env, parse_memory, parse_result

# hooks without an image of their own run in ours, built from the Dockerfile at the root
BUILD_CONTEXT = Path(__file__).resolve().parents[3]
OWN_IMAGE = "archive:local"


def engine():  # type: ignore[no-untyped-def]
    """Return the client of the local container engine."""
    import docker

    return docker.from_env()


class OciHookRunner(HookRunner):
    """One container per run."""

    def run(self, hook: Hook, deposition_id: str) -> HookResult:
        """Run to the end, then remove the container."""
        client = engine()
        if hook.image == OWN_IMAGE:
            client.images.build(path=str(BUILD_CONTEXT), tag=OWN_IMAGE)
        try:
            container = client.containers.run(
                hook.image,
                detach=True,
                network_mode="none",
                mem_limit=parse_memory(hook.memory),
                environment=container_env(deposition=deposition_id, hook=hook.name),
            )
        except Exception as error:
            raise BackendFailed(f"could not start {hook.image}") from error
        try:
            status = container.wait(timeout=hook.timeout)
            return parse_result(status["StatusCode"], container.logs().decode())
        finally:
            container.remove(force=True)
