"""Where each module and each package is drawn; modules that did not move keep their place.

Modules are rows of nested boxes, packed into columns of one width. Graphviz is not used, because
one more edge makes it compute a new layout of the whole graph; here the places follow from the
names and from the previous layout.

Packages are named by their path below the root, with a slash at the end (`postgres/query/`); the
root is "". All lengths are in the units of the drawing, which are pixels at a zoom of 1.

It is longer than 300 lines because packing and keeping places work on the same boxes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count, islice, product
from math import ceil, inf, sqrt

Places = Mapping[str, str]
"""Module → path of its file, below the root."""

_ROW = 19.0
_HEIGHT = 16.0
_HEAD = 19.0
_PAD = 5.0
_GAP = 9.0
_LETTER = 5.9
_NARROWEST, _WIDEST = 90.0, 174.0
# The size of one of two panels in a notebook on a projector of 1280 pixels.
_PANEL = (500.0, 590.0)
_SHARES = (0.5, 0.65, 0.8, 1.0, 1.2)
_NAMES_ARE_NICER = 1.04
# With more modules than can be read at once, only the most promising packings are tried.
_MANY = 1000
# Every round moves something down or is the last; two are usual.
_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `x` and `y` are its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Area:
    """The area of a package in its parent: its first column, how many, and how far down."""

    column: int
    span: int
    y: float


@dataclass(frozen=True, slots=True)
class Style:
    """How a layout is packed.

    `columns` of the width `column`; no package gets higher than `highest` while it can grow
    sideways. Packages come by name, or the large ones first; modules come by name. The packages and
    modules `first` come before the others.
    """

    columns: int
    column: float
    highest: float = inf
    by_size: bool = False
    first: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class GraphLayout:
    """The places of one picture, and what the next picture needs to keep them.

    `modules` and `packages` are absolute boxes. `slots` says which place of which package's grid
    each module has, `areas` where each package is in its parent, `tops` where the inner packages of
    each begin.
    """

    style: Style
    width: float
    height: float
    modules: Mapping[str, Box]
    packages: Mapping[str, Box]
    slots: Mapping[str, tuple[str, int]]
    areas: Mapping[str, Area]
    tops: Mapping[str, float]

    @property
    def zoom(self) -> float:
        """How large it is drawn if all of it is visible."""
        return min(_PANEL[0] / self.width, _PANEL[1] / self.height)


def lay_out_both(before: Places, after: Places) -> tuple[GraphLayout, GraphLayout]:
    """Return the places before and after the plan when they are drawn for the first time.

    A module that stays in its package has the same place in both. Of several packings, the one that
    is largest on the screen is used.
    """
    stay = {
        name
        for module in before.keys() & after.keys()
        if _folder(before[module]) == _folder(after[module])
        for name in (module, *_packages_above(before[module]))
    }
    labels = map(_label_width, (*before.values(), *after.values()))
    column = min(_WIDEST, max((_NARROWEST, *labels)))
    whole = _ROW * max(_rows(before), _rows(after))
    likely = max(1, round(sqrt(whole / (column + _GAP) * _PANEL[0] / _PANEL[1])))
    tried = []
    ways = product(range(likely, likely + 3), _SHARES, (False, True))
    for columns, share, by_size in islice(ways, 2 if len(before) > _MANY else None):
        style = Style(columns, column, share * whole / columns, by_size, frozenset(stay))
        later = lay_out(after, style)
        tried.append((lay_out(before, style, keep=later), later))

    def worth(pair: tuple[GraphLayout, GraphLayout]) -> float:
        nicer = 1 if pair[0].style.by_size else _NAMES_ARE_NICER
        return min(layout.zoom for layout in pair) * nicer

    return _agreed(before, after, max(tried, key=worth))


def _agreed(
    before: Places, after: Places, pair: tuple[GraphLayout, GraphLayout]
) -> tuple[GraphLayout, GraphLayout]:
    """Move boxes down until everything that stays has the same place in both."""
    earlier, later = pair
    for _ in range(_ROUNDS):
        again = lay_out(after, later.style, keep=earlier)
        if again == later:
            break
        earlier, later = lay_out(before, later.style, keep=again), again
    return earlier, later


def lay_out(there: Places, style: Style, keep: GraphLayout | None = None) -> GraphLayout:
    """Return the places of modules.

    With `keep`, a module that stays in its package keeps its place in it, and a package that stays
    keeps its own, pushed down only where something above it grew. Newcomers fill what is free.
    """
    root = _tree(there)
    packed = _Packer(style, keep).pack(root, style.columns)
    width = style.columns * (style.column + _GAP) - _GAP + 2 * _PAD
    modules: dict[str, Box] = {}
    packages: dict[str, Box] = {}
    slots: dict[str, tuple[str, int]] = {}
    areas: dict[str, Area] = {}
    tops: dict[str, float] = {}

    def place(path: str, packed: _Packed, box: Box, span: int) -> None:
        packages[path], tops[path] = box, packed.top
        step = (box.width - 2 * _PAD + _GAP) / span
        for module, slot in packed.slots.items():
            row, column = divmod(slot, span)
            x, y = box.x + _PAD + column * step, box.y + _HEAD + row * _ROW
            modules[module], slots[module] = Box(x, y, step - _GAP, _HEIGHT), (path, slot)
        for inside, (area, child) in packed.inner.items():
            x, y = box.x + _PAD + area.column * step, box.y + packed.top + area.y
            areas[inside] = area
            place(inside, child, Box(x, y, area.span * step - _GAP, child.height), area.span)

    place("", packed, Box(0, 0, width, packed.height), style.columns)
    return GraphLayout(style, width, packed.height, modules, packages, slots, areas, tops)


@dataclass
class _Package:
    """A package during the layout: its modules in order, and the packages in it."""

    path: str
    modules: list[str] = field(default_factory=list)
    inner: dict[str, _Package] = field(default_factory=dict)

    @cached_property
    def size(self) -> int:
        """The number of modules and packages, itself included."""
        return 1 + len(self.modules) + sum(child.size for child in self.inner.values())

    @cached_property
    def all_modules(self) -> int:
        """The number of modules in it and below."""
        return len(self.modules) + sum(child.all_modules for child in self.inner.values())


@dataclass(frozen=True, slots=True)
class _Packed:
    """A package packed into some columns: the slots of its modules, the areas of its packages."""

    height: float
    top: float
    slots: Mapping[str, int]
    inner: Mapping[str, tuple[Area, _Packed]]


class _Packer:
    """Packs packages in one style, if possible where they were in `keep`."""

    def __init__(self, style: Style, keep: GraphLayout | None) -> None:
        self._style = style
        self._slots = keep.slots if keep else {}
        self._areas = keep.areas if keep else {}
        self._tops = keep.tops if keep else {}
        self._done: dict[tuple[str, int], _Packed] = {}

    def pack(self, package: _Package, span: int) -> _Packed:
        """Return how a package is packed into `span` columns, computed once."""
        key = package.path, span
        if key not in self._done:
            self._done[key] = self._pack(package, span)
        return self._done[key]

    def _pack(self, package: _Package, span: int) -> _Packed:
        slots = self._fill(package)
        rows = max((slot // span + 1 for slot in slots.values()), default=0)
        top = max(
            _HEAD + rows * _ROW + (_ROW - _HEIGHT if rows else 0), self._tops.get(package.path, 0)
        )
        inner: dict[str, tuple[Area, _Packed]] = {}
        room = _Room(span)
        for child in sorted(package.inner.values(), key=self._order):
            area, packed = self._find(child, span, room)
            inner[child.path] = area, packed
            room.take(area, packed.height)
        return _Packed(top + room.bottom + _PAD, top, slots, inner)

    def _fill(self, package: _Package) -> Mapping[str, int]:
        """Return the slot of each module of a package: its old one, or the first that is free."""
        old = {m: self._slots[m] for m in package.modules if m in self._slots}
        slots = {module: slot for module, (path, slot) in old.items() if path == package.path}
        taken = set(slots.values())
        free = (slot for slot in count() if slot not in taken)
        new = [module for module in package.modules if module not in slots]
        new.sort(key=lambda module: module not in self._style.first)
        return slots | {module: next(free) for module in new}

    def _order(self, package: _Package) -> tuple[bool, float, bool, int, str]:
        """The old ones first, from top to bottom; then the new ones."""
        area = self._areas.get(package.path)
        size = package.size if self._style.by_size else 0
        new = package.path not in self._style.first
        return (area is None, area.y if area else 0, new, -size, package.path)

    def _find(self, package: _Package, columns: int, room: _Room) -> tuple[Area, _Packed]:
        """Return where among `columns` a package goes, and how it is packed there."""
        old = self._areas.get(package.path)
        if old is not None and old.column + old.span <= columns:
            packed = self.pack(package, old.span)
            return room.highest(old.span, packed.height, [old.column], old.y), packed
        # Each place has at most one module, so it cannot be lower than this with fewer columns.
        least = ceil(package.all_modules * _ROW / self._style.highest)
        for span in range(max(1, min(least, columns)), columns + 1):
            packed = self.pack(package, span)
            if packed.height <= self._style.highest:
                break
        return room.highest(span, packed.height, range(columns - span + 1), 0), packed


class _Room:
    """The used parts of a package's columns, as runs from a top to a bottom, gap included."""

    def __init__(self, columns: int) -> None:
        self._taken: list[list[tuple[float, float]]] = [[] for _ in range(columns)]
        self.bottom = 0.0

    def take(self, area: Area, height: float) -> None:
        """Mark an area as used; adjacent runs become one."""
        self.bottom = max(self.bottom, area.y + height)
        for runs in self._taken[area.column : area.column + area.span]:
            top, bottom = area.y, area.y + height + _GAP
            at = bisect_left(runs, (top, bottom))
            if at and runs[at - 1][1] >= top:
                at -= 1
                top = runs.pop(at)[0]
            while at < len(runs) and runs[at][0] <= bottom:
                bottom = max(bottom, runs.pop(at)[1])
            runs.insert(at, (top, bottom))

    def highest(self, span: int, height: float, columns: Iterable[int], start: float) -> Area:
        """Return the highest free area from `start` down, the leftmost of several."""
        y, column = min((self._free(column, span, height, start), column) for column in columns)
        return Area(column, span, y)

    def _free(self, column: int, span: int, height: float, y: float) -> float:
        """Return where below `y` some columns are free, moving down past each run in the way."""
        columns = self._taken[column : column + span]
        while True:
            ends = [end for runs in columns if (end := _in_the_way(runs, y, height + _GAP))]
            if not ends:
                return y
            y = max(ends)


def _in_the_way(runs: list[tuple[float, float]], y: float, height: float) -> float:
    """Return the end of the first run that reaches into `height` below `y`; 0 if none does."""
    at = bisect_left(runs, (y, inf))
    if at and runs[at - 1][1] > y:
        return runs[at - 1][1]
    return runs[at][1] if at < len(runs) and runs[at][0] < y + height else 0


def _tree(there: Places) -> _Package:
    root = _Package("")
    for module, path in sorted(there.items(), key=lambda item: (item[1], item[0])):
        here = root
        for inside in _packages_above(path):
            here = here.inner.setdefault(inside, _Package(inside))
        here.modules.append(module)
    return root


def _packages_above(path: str) -> list[str]:
    """Return the packages that hold a path, the outermost first, without the root."""
    folders = path.split("/")[:-1]
    return ["/".join(folders[:n]) + "/" for n in range(1, len(folders) + 1)]


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _rows(there: Places) -> int:
    """Return how many rows it takes; a package's title counts as one row and its edges as half."""
    packages = {package for path in there.values() for package in _packages_above(path)}
    return len(there) + (3 * len(packages) + 1) // 2


def _label_width(path: str) -> float:
    *folders, file = path.split("/")
    return _LETTER * len(file.removesuffix(".py")) + 2 * _PAD * (len(folders) + 2)
