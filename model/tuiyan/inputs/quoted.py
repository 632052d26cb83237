"""A law from its 5, 50 and 95 % quantiles, the way a study often quotes it."""

from __future__ import annotations

import math
from typing import Any

from pydantic_core import PydanticCustomError

Z95 = 1.6448536269514722
QUOTED = ("p5", "p50", "p95")
TOLERANCE = 0.02  # of the distance from p5 to p95: quotes are rounded


def from_quantiles(value: Any) -> Any:
    """The declaration of a law with its quantiles replaced by its own parameters; anything else as it came.

    Raises
    ------
    PydanticCustomError
        E136 when no law of the family has these quantiles.

    Examples
    --------
    >>> found = from_quantiles({"family": "lognormal", "p5": 337.4, "p50": 600, "p95": 1067.1})
    >>> round(found["median"]), round(found["sd_log"], 3)
    (600, 0.35)
    """
    fits = {"normal": _normal, "lognormal": _lognormal, "triangular": _triangular}
    if not isinstance(value, dict) or set(value) != {"family", *QUOTED} or str(value["family"]) not in fits:
        return value
    p5, p50, p95 = (value[key] for key in QUOTED)
    numbers = all(isinstance(p, (int, float)) and not isinstance(p, bool) and math.isfinite(p) for p in (p5, p50, p95))
    law = fits[value["family"]](p5, p50, p95) if numbers and p5 < p50 < p95 else None
    if law is None:
        raise PydanticCustomError("E136", "quantiles", {"values": f"{p5}, {p50}, {p95}", "family": value["family"]})
    return {"family": value["family"], **law}


def _normal(p5: float, p50: float, p95: float) -> dict[str, float] | None:
    """Mean and standard deviation; None where the quotes are not symmetric."""
    if abs(p50 - (p5 + p95) / 2) > TOLERANCE * (p95 - p5):
        return None
    return {"mean": p50, "sd": (p95 - p5) / (2 * Z95)}


def _lognormal(p5: float, p50: float, p95: float) -> dict[str, float] | None:
    """Median and standard deviation of the logarithm."""
    law = _normal(*(math.log(p) for p in (p5, p50, p95))) if p5 > 0 else None
    return {"median": p50, "sd_log": law["sd"]} if law else None


def _unit(mode: float, u: float) -> float:
    """Quantile of the triangular law on [0, 1]."""
    return math.sqrt(u * mode) if u < mode else 1 - math.sqrt((1 - u) * (1 - mode))


def _triangular(p5: float, p50: float, p95: float) -> dict[str, float] | None:
    """Ends and mode: the mode's place on [0, 1] gives the ratio of the two halves, which falls as the mode rises."""

    def ratio(mode: float) -> float:
        return (_unit(mode, 0.95) - _unit(mode, 0.5)) / (_unit(mode, 0.5) - _unit(mode, 0.05))

    wanted = (p95 - p50) / (p50 - p5)
    if not ratio(1.0) * (1 - TOLERANCE) <= wanted <= ratio(0.0) * (1 + TOLERANCE):
        return None
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if ratio(middle) > wanted else (low, middle)
    width = (p95 - p5) / (_unit(low, 0.95) - _unit(low, 0.05))
    start = p5 - _unit(low, 0.05) * width
    return {"low": start, "mode": start + low * width, "high": start + width}
