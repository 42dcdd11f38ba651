"""Which question leads to which: what can be reached, in what order, and whether it goes round in a circle. Pure."""

from collections.abc import Iterator, Mapping, Sequence

Edges = Mapping[str, Sequence[str]]
"""The questions that each question can lead to."""


def reachable(edges: Edges, start: str) -> frozenset[str]:
    """What can come after ``start``, and ``start`` itself."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        key = waiting.pop()
        if key in edges and key not in found:
            found.add(key)
            waiting += edges[key]
    return frozenset(found)


def in_order(edges: Edges) -> tuple[str, ...]:
    """Every question before those that it leads to, and else in the order in which they are written.

    Where it goes round in a circle no order is right: then one that at least names each of them once.
    """
    seen: set[str] = set()
    backwards = [key for start in reversed(list(edges)) for key in _from_the_end(edges, start, seen)]
    return tuple(reversed(backwards))


def circle(edges: Edges) -> tuple[str, ...]:
    """The first circle there is, from a question back to itself; empty where there is none."""
    for start in edges:
        for follower in edges[start]:
            if back := way(edges, follower, start):
                return (start, *back)
    return ()


def way(edges: Edges, start: str, goal: str) -> tuple[str, ...]:
    """A shortest way, both ends included; empty where there is none."""
    came_from: dict[str, str] = {start: ""}
    waiting = [start] if start in edges else []
    for key in waiting:
        if key == goal:
            steps = [key]
            while came_from[steps[-1]]:
                steps.append(came_from[steps[-1]])
            return tuple(reversed(steps))
        for follower in edges[key]:
            if follower in edges and follower not in came_from:
                came_from[follower] = key
                waiting.append(follower)
    return ()


def longest(edges: Edges, start: str) -> int:
    """How many questions can still be asked at most, ``start`` included. Only where there is no circle."""
    length: dict[str, int] = {}
    for key in reversed(in_order(edges)):
        length[key] = 1 + max((length.get(follower, 0) for follower in edges[key]), default=0)
    return length.get(start, 0)


def _from_the_end(edges: Edges, start: str, seen: set[str]) -> Iterator[str]:
    """Depth first, each question after all that it leads to; ``seen`` are left out, and grow. Without recursion: a
    draft may be one long chain."""
    if start in seen:
        return
    seen.add(start)
    trail = [(start, iter(reversed(list(edges[start]))))]
    while trail:
        key, followers = trail[-1]
        for follower in followers:
            if follower in edges and follower not in seen:
                seen.add(follower)
                trail.append((follower, iter(reversed(list(edges[follower])))))
                break
        else:
            trail.pop()
            yield key
