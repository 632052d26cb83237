"""What a projection holds in memory: the fixed world, the state of the city, the yearly accounts."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any, TypeVar

import numpy as np

from tuiyan.equations import adoption, balance, demand, gdp, jcurve, policy, productivity, supply
from tuiyan.equations.arrays import Array, Number

Result = TypeVar("Result")
Block = Mapping[str, Any]
Inputs = Mapping[str, Block]
Effort = Mapping[str, float | tuple[float, ...]]
Present = Mapping[str, Number]


@cache
def _keywords(function: Callable[..., Any]) -> tuple[tuple[str, str], ...]:
    """Keyword-only arguments of a function, each with its key: a trailing underscore only dodges a Python word."""
    parameters = inspect.signature(function).parameters.values()
    return tuple((p.name, p.name.rstrip("_")) for p in parameters if p.kind is p.KEYWORD_ONLY)


def pick(function: Callable[..., Any], block: Block) -> dict[str, Any]:
    """Take from a block of parameters the ones that a function declares as keyword-only arguments.

    Parameters
    ----------
    function : an equation
    block : key to value; a key ``<function>.<keyword>`` goes before the plain keyword

    Raises
    ------
    KeyError
        If the block lacks one of the keys.

    Examples
    --------
    >>> pick(balance.soft_minimum, {"sharpness": 6., "other": 1.})
    {'sharpness': 6.0}
    """
    name = function.__name__
    return {word: block[f"{name}.{key}" if f"{name}.{key}" in block else key] for word, key in _keywords(function)}


@dataclass(frozen=True, slots=True)
class World:
    """What does not change from year to year, computed once.

    Arrays are (segments, draws) or (sectors, draws): ``size`` is the scale of each segment in 2017 in 亿元 and
    ``total`` (draws,) its sum, ``start`` adoption in 2017, ``weights`` (4, segments, draws) the factor weights of
    supply, ``gain`` the productivity that adoption of all exposed tasks would bring, ``ratio`` value added over sales.
    """

    inputs: Inputs
    size: Array
    total: Array
    start: Array
    weights: Array
    gain: Array
    ratio: Array

    def law(self, function: Callable[..., Result]) -> Callable[..., Result]:
        """Bind a function's parameters: they are in the block that has the name of its module."""
        return bind(function, self.inputs)


@dataclass(frozen=True, slots=True)
class Push:
    """What policy does to the transitions of a calendar year.

    Factors on the hazard of ``adoption`` (sectors, draws) and on the ``entry`` of firms, shares by which the
    ``inflows`` into capital, talent and research rise, log ``level`` of desired scale, ``purchases`` over the scale of
    2017.
    """

    adoption: Array
    entry: Array
    inflows: tuple[Number, Number, Number]
    level: Number
    purchases: Number


@dataclass(frozen=True, slots=True)
class State:
    """The city at the end of a step; arrays are (items, draws) or (draws,).

    ``growth``, ``external``, ``efficiency`` and the second of each stock's pair carry the integral of a growth rate
    since 2017, so that a rate may differ from year to year. ``demand`` to ``path`` are over the segment's scale in
    2017; ``supply``, ``target`` and ``path`` (actual scale) are logs.
    """

    time: float
    growth: Number
    external: Number
    efficiency: Number
    adoption: Array
    value_added: Array
    capital: tuple[Array, Array]
    talent: tuple[Array, Array]
    rd: tuple[Array, Array]
    firms: Array
    demand: Array
    supply: Array
    target: Array
    binding: Array
    path: Array
    scale: Array
    total: Array


@dataclass(frozen=True, slots=True)
class Accounts:
    """Productivity and GDP at the end of a calendar year: logs since 2017, GDP lines as shares of GDP.

    ``pending`` holds the gains that capital has not answered yet, ``investment`` and ``intangibles`` are in units of
    investment in 2017, ``nominal`` is nominal growth accumulated since 2016.
    """

    tfp: Array
    city: Array
    pending: Array
    pending_city: Array
    lp: Array
    lp_city: Array
    investment: Number
    intangibles: Number
    wedge: Array
    nominal: Number
    own: Array
    users: Array


def bind(function: Callable[..., Result], inputs: Inputs) -> Callable[..., Result]:
    """Bind a function's keyword-only parameters: they are in the block that has the name of its module."""
    return partial(function, **pick(function, inputs[function.__module__.rpartition(".")[2]]))


def add_up(segments: Array) -> Array:
    """Sum over the first axis in a fixed order, so that splitting the draws changes no bit."""
    total: Array = segments[0].copy()
    for row in segments[1:]:
        total += row
    return total


def prepare(inputs: Inputs) -> World:
    """Compute once what every year uses."""
    segments, sectors = inputs["segments"], inputs["sectors"]
    law = partial(bind, inputs=inputs)
    size = inputs["base"]["scale"] * inputs["base"]["segment_share"]
    classes = (segments[name] for name in ("electronics", "machinery", "software"))
    start = law(adoption.adoption_start)(sectors["start"])
    exposed = law(productivity.exposure)(sectors["exposure"])
    labour = law(productivity.labour_share)(sectors["labour_share"])
    return World(
        inputs=inputs,
        size=size,
        total=add_up(size),
        start=np.broadcast_to(start, (len(start), size.shape[1])),
        weights=law(supply.factor_weights)(segments),
        # Equation (10) is linear in the change of adoption: its value at a change of one serves every year.
        gain=law(productivity.task_tfp)(1.0, exposed, labour, law(productivity.cost_saving)()),
        ratio=law(gdp.value_added_ratio)(*classes),
    )


def worlds(inputs: Inputs, years: int) -> list[World]:
    """The world of each year: the same one, unless a parameter follows a path (``by_year`` of the inputs).

    What 2017 left behind stays in every year: scale, its sum and adoption.
    """
    first, paths = prepare(inputs), inputs.get("by_year", {})
    if not paths:
        return [first] * years
    found = [first]
    for row in range(1, years):
        blocks = {name: dict(block) for name, block in inputs.items() if name != "by_year"}
        for id_, values in paths.items():
            block, _, key = id_.partition(".")
            blocks[block][key] = values[row]
        found.append(replace(prepare(blocks), size=first.size, total=first.total, start=first.start))
    return found


def push(world: World, past: Present, now: Present) -> Push:
    """What effort does in a calendar year: effects lag a year, public purchases do not.

    Parameters
    ----------
    world : `prepare`
    past, now : lever to effort, of the year before and of the year
    """
    law, lever = world.law, world.inputs["lever"]
    return Push(
        adoption=law(policy.adoption_acceleration)(past, lever, world.inputs["mask"]),
        entry=law(policy.entry_acceleration)(past, lever),
        inflows=policy.inflow_responses(past, lever),
        level=lever["clusters.level"] * past["clusters"],
        purchases=lever["application_demand.purchases"] * now["application_demand"],
    )


def begin(world: World) -> State:
    """The city at the end of 2017, before any policy."""
    law, one, flat = world.law, np.ones_like(world.total), np.zeros_like(world.size)
    wanted = law(demand.demand_index)(flat + 1.0, 0.0, 0.0)
    offered = flat + law(supply.supply_potential)([one] * 4, world.weights, 0.0)
    return State(
        time=0.0,
        growth=0.0,
        external=0.0,
        efficiency=0.0,
        adoption=world.start,
        value_added=np.ones_like(world.start),
        capital=(one, one),
        talent=(one, one),
        rd=(one, one),
        firms=one * world.inputs["firms"]["initial"],
        demand=wanted,
        supply=offered,
        target=law(balance.soft_minimum)(np.log(wanted), offered),
        binding=law(balance.binding_share)(np.log(wanted), offered),
        path=flat,
        scale=world.size,
        total=world.total,
    )


def opening(world: World) -> Accounts:
    """The accounts of 2017: all contributions since 2017 are zero."""
    none, flat, macro = np.zeros_like(world.start), np.zeros_like(world.total), world.inputs["macro"]
    return Accounts(
        tfp=none,
        city=flat,
        pending=none,
        pending_city=flat,
        lp=none,
        lp_city=flat,
        investment=1.0,
        intangibles=world.law(jcurve.intangible_start)(),
        wedge=flat,
        nominal=macro["growth_value_added"] + macro["deflator"],
        own=flat,
        users=flat,
    )
