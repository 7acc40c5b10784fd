"""Execution as Kubernetes jobs."""
