"""The cycles of a directed graph."""

from __future__ import annotations

from collections.abc import Mapping


def cycles(graph: Mapping[str, frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Return the sets of two or more nodes that all reach one another, sorted.

    `graph` is node → its successors.

    Tarjan's strongly connected components (SIAM J. Comput. 1, 1972), without recursion.
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: list[str] = []
    is_open: set[str] = set()
    found: list[frozenset[str]] = []
    for start in sorted(graph):
        if start in index:
            continue
        work = [(start, iter(sorted(graph[start])))]
        index[start] = low[start] = len(index)
        open_.append(start)
        is_open.add(start)
        while work:
            node, followers = work[-1]
            for follower in followers:
                if follower not in index:
                    index[follower] = low[follower] = len(index)
                    open_.append(follower)
                    is_open.add(follower)
                    work.append((follower, iter(sorted(graph.get(follower, frozenset())))))
                    break
                if follower in is_open:
                    low[node] = min(low[node], index[follower])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    at = open_.index(node)
                    found.append(frozenset(open_[at:]))
                    is_open -= found[-1]
                    del open_[at:]
    return tuple(sorted((c for c in found if len(c) > 1), key=sorted))
