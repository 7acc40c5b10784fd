"""Runs hooks as Kubernetes jobs."""

from __future__ import annotations

import json
from importlib.resources import files

from ...domain.validation.model import Hook, HookResult
from ...domain.validation.port.runner import HookRunner
from ..runner_utils import container_env, parse_memory, parse_result
from .errors import *  # noqa: F403
from .naming import job_name

NAMESPACE = "archive"


def cluster():  # type: ignore[no-untyped-def]
    """Return the clients for jobs and for pods."""
    from kubernetes import client, config

    config.load_incluster_config()
    return client.BatchV1Api(), client.CoreV1Api()


def manifest(name: str, image: str, memory: str, env: dict[str, str]) -> dict:
    """Fill in the job template."""
    template = files("archive.infrastructure.k8s").joinpath("job_template.json")
    job = json.loads(template.read_text(encoding="utf-8"))
    job["metadata"]["name"] = name
    job["spec"]["template"]["spec"]["containers"][0] |= {
        "image": image,
        "resources": {"limits": {"memory": parse_memory(memory)}},
        "env": [{"name": key, "value": value} for key, value in env.items()],
    }
    return job


def run_job(job: dict) -> HookResult:
    """Create the job, wait for its pod, collect the output."""
    jobs, pods = cluster()
    name = job["metadata"]["name"]
    try:
        jobs.create_namespaced_job(NAMESPACE, job)
        status = jobs.read_namespaced_job_status(name, NAMESPACE).status
        output = pods.read_namespaced_pod_log(name, NAMESPACE)
    except Exception as error:
        raise translate(error) from error  # noqa: F405
    return parse_result(0 if status.succeeded else 1, output)


class K8sHookRunner(HookRunner):
    """One job per run."""

    def run(self, hook: Hook, deposition_id: str) -> HookResult:
        """Run to the end."""
        env = container_env(deposition=deposition_id, hook=hook.name)
        return run_job(manifest(job_name("hook", hook.name, deposition_id), hook.image, hook.memory, env))
