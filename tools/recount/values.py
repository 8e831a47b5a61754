"""Numbers with their possible error, and the arithmetic on them."""

import itertools, math


class V:
    """A value, its largest possible error, and the coarsest unit of the values it was calculated from."""

    def __init__(self, value, error=0.0, unit=None):
        self.v, self.e = float(value), float(error)
        self.u = 2 * self.e if unit is None else unit
        self.time = None

    def __sub__(self, other):
        return of_time(V(self.v - other.v, self.e + other.e, max(self.u, other.u)), self, other)

    def __add__(self, other):
        return of_time(V(self.v + other.v, self.e + other.e, max(self.u, other.u)), self, other)


def of_time(value, *parts):
    """The value, with the time of the first of its parts that has a time."""
    value.time = next((p.time for p in parts if p.time), None)
    return value


def corners(f, *args):
    """f of intervals: the value at their middles, and the largest deviation from it at a corner."""
    mid = f(*[a.v for a in args])
    ends = [f(*c) for c in itertools.product(*[(a.v - a.e, a.v + a.e) for a in args])]
    return of_time(V(mid, max(abs(e - mid) for e in ends)), *args)


def share(part, whole):
    return corners(lambda p, w: 100 * p / w, part, whole)


def change(now, base):
    return corners(lambda n, b: 100 * (n - b) / b, now, base) if base.v >= 50 else None


def told(a, b):
    """a minus b, or None if rounding makes the difference too uncertain. It must be at least three of the coarser
    rounding steps if the steps differ, otherwise at least its error; with a qualified number, at least ten steps."""
    rest = a - b
    fine, coarse = sorted([a.u or 1, b.u or 1])
    if any(getattr(x, "qualified", False) for x in (a, b)):
        return rest if abs(rest.v) >= 10 * coarse else None
    if coarse <= 1:
        return rest
    return rest if abs(rest.v) >= (3 * coarse if coarse >= 10 * fine * (1 - 1e-9) else rest.e) else None


def effectiveness(a, b):
    return corners(lambda x, y: 100 * (x - y) / (x + y), a, b)


def ticks(values):
    """The values at which a chart has ruled lines: three to six of them, at round steps."""
    low, high = min([0.0, *values]), max([0.0, *values])
    least = (high - low) / 4
    decade = 10.0 ** math.floor(math.log10(least)) if least else 1
    step = next(m * decade for m in (1, 2, 5, 10) if least <= m * decade * (1 + 1e-9))
    return [V(n * step) for n in range(math.ceil(low / step), math.floor(high / step) + 1)]
