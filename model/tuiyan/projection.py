"""The model in causal order: one step, the yearly accounts, and the loop over years."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from tuiyan.equations import (
    adoption,
    balance,
    demand,
    discrete,
    firms,
    gdp,
    jcurve,
    pipeline,
    policy,
    productivity,
    scale,
    stocks,
    supply,
)
from tuiyan.equations.arrays import Array, Number
from tuiyan.inputs.variables import BASE_YEAR, POLICY_HORIZON
from tuiyan.world import (
    Accounts,
    Effort,
    Inputs,
    Push,
    State,
    World,
    add_up,
    begin,
    opening,
    pick,
    push,
    worlds,
)

__all__ = ["BASE_YEAR", "account", "pick", "project", "step"]

PIPELINES = ("pipeline.zones", "pipeline.scenarios", "pipeline.projects")
CITY_ACCOUNTS = ("tfp.city", "tfp.wedge", "tfp.measured", "lp.city", "gdp.own", "gdp.users", "gdp.overlap")
ACCOUNTS = frozenset(("tfp", "lp", *CITY_ACCOUNTS))


def step(previous: State, world: World, policies: Push, dt: float = 1.0, shock: Number = 0.0) -> State:
    """Equations (1) to (6) and (8) over one step inside a calendar year, in causal order.

    Parameters
    ----------
    previous : the state at the start of the step
    world : `prepare`
    policies : `push` of the calendar year
    dt : years
    shock : (segments, draws), log, added to scale at the end of the step

    Returns
    -------
    the state at the end of the step
    """
    law, inputs, sectors, time = world.law, world.inputs, world.inputs["sectors"], previous.time + dt
    adopted = law(adoption.adoption_step)(previous.adoption, policies.adoption, sectors["speed"], dt)
    growth = previous.growth + inputs["macro"]["growth_value_added"] * dt
    added = demand.value_added(growth, sectors["offset"], time)
    capital = law(stocks.capital_step)(*previous.capital, policies.inflows[0], dt)
    talent = law(stocks.talent_step)(*previous.talent, policies.inflows[1], dt)
    rd = law(stocks.rd_step)(*previous.rd, policies.inflows[2], dt)
    count = law(firms.firm_step)(previous.firms, previous.total / world.total, policies.entry, dt)
    external = law(demand.external_drift)(previous.external, dt)
    use = demand.use_index(inputs["use"]["weight"], adopted, world.start, added)
    wanted = law(demand.demand_index)(use, external, policies.purchases)
    efficiency = law(supply.efficiency_drift)(previous.efficiency, dt)
    factors = (capital[0], talent[0], rd[0], count / inputs["firms"]["initial"])
    offered = law(supply.supply_potential)(factors, world.weights, efficiency)
    log_wanted = np.log(wanted)
    binding = law(balance.binding_share)(log_wanted, offered)
    target = law(balance.soft_minimum)(log_wanted, offered)
    target += policies.level
    path = law(scale.scale_path)(previous.path, previous.target, target, dt)
    path += shock
    size = np.exp(path)
    size *= world.size
    flows = (wanted, offered, target, binding, path, size, add_up(size))
    return State(time, growth, external, efficiency, adopted, added, capital, talent, rd, count, *flows)


def account(previous: Accounts, before: State, state: State, world: World) -> Accounts:
    """Equations (10) to (13) for the calendar year between two states.

    Parameters
    ----------
    previous : the accounts a year ago
    before, state : the states at the start and at the end of the year
    world : `prepare`
    """
    law, macro, capital = world.law, world.inputs["macro"], world.inputs["productivity"]["capital_share"]
    tfp = state.adoption - world.start
    tfp *= world.gain
    city = law(productivity.city_tfp)(tfp, world.inputs["sectors"]["share"])
    pending = law(productivity.pending_step)(previous.pending, tfp - previous.tfp)
    pending_city = law(productivity.pending_step)(previous.pending_city, city - previous.city)
    lp = law(productivity.labour_productivity)(tfp, pending)
    lp_city = law(productivity.labour_productivity)(city, pending_city)
    rise = law(jcurve.intangible_growth)(state.time)
    investment = previous.investment * np.exp(rise)
    intangibles = law(jcurve.intangible_step)(previous.intangibles, investment)
    output = np.exp(before.growth)
    wedge = previous.wedge + jcurve.wedge_change(
        law(jcurve.investment_share)(previous.investment, output),
        rise,
        state.growth - before.growth,
        law(jcurve.rental_share)(previous.intangibles, output),
        np.log(intangibles / previous.intangibles),
        capital * macro["growth_capital"] + (1.0 - capital) * macro["growth_employment"],
    )
    nominal = previous.nominal + macro["growth_value_added"] + macro["deflator"]
    own = gdp.own_value_added(state.scale, world.size, world.ratio, gdp.nominal_gdp(macro["gdp_2016"], nominal))
    levels = (investment, intangibles, wedge, nominal, own, gdp.users_gain(lp_city))
    return Accounts(tfp, city, pending, pending_city, lp, lp_city, *levels)


def benchmarks(state: State, world: World, thresholds: Array, score: Array) -> Array:
    """Benchmark firms at each threshold (8), (thresholds, draws)."""
    expected = world.law(firms.benchmark_expected)(state.firms, state.total / world.total, thresholds)
    return firms.benchmark_count(world.inputs["counts"]["benchmark"], expected, score)


def pipelines(world: World, effort: Number, started: Number) -> dict[str, Array]:
    """Zones, scenarios and projects (9), each (draws,), for an effort and a share of starts."""
    law, uniform = world.law, world.inputs["counts"]
    drawn = pipeline.pipeline_count(
        law(pipeline.zones)(uniform["zones"], effort, started),
        law(pipeline.scenarios)(uniform["scenarios"], effort, started),
        law(pipeline.projects)(uniform["projects"], effort, started),
    )
    return dict(zip(PIPELINES, drawn, strict=True))


def shock_of(world: World, row: int) -> Number:
    """The log shock of a year, (segments, draws)."""
    shocks = world.inputs["shocks"]
    return world.law(scale.scale_shock)(shocks["common"][row - 1], shocks["segment"][row - 1])


def allocate(world: World, years: int, thresholds: int, keep: Collection[str] | None = None) -> dict[str, Array]:
    """Empty results, (year, item, draw) or (year, draw), of all variables or of those to `keep`."""
    sectors, segments, draws = len(world.start), *world.size.shape
    rows = {
        ("adoption", "value_added", "tfp", "lp"): (sectors,),
        ("demand", "supply", "desired", "binding", "scale"): (segments,),
        ("firms.benchmark",): (thresholds,),
        ("scale.total", "stock.capital", "stock.talent", "stock.rd", "firms.count"): (),
        PIPELINES: (),
        CITY_ACCOUNTS: (),
    }
    shapes = {name: shape for names, shape in rows.items() for name in names if keep is None or name in keep}
    return {name: np.empty((years, *shape, draws)) for name, shape in shapes.items()}


def outcomes(state: State, world: World) -> dict[str, Array]:
    """The city at the end of a year, in the units that a reader sees: (items, draws) or (draws,)."""
    return {
        "adoption": state.adoption,
        "value_added": state.value_added,
        "demand": world.size * state.demand,
        "supply": world.size * np.exp(state.supply),
        "desired": world.size * np.exp(state.target),
        "binding": state.binding,
        "scale": state.scale,
        "scale.total": state.total,
        "stock.capital": state.capital[0],
        "stock.talent": state.talent[0],
        "stock.rd": state.rd[0],
        "firms.count": state.firms,
    }


def productivity_lines(accounts: Accounts, world: World) -> dict[str, Array]:
    """Productivity and GDP of a year: (sectors, draws) or (draws,)."""
    return {
        "tfp": accounts.tfp,
        "tfp.city": accounts.city,
        "tfp.wedge": accounts.wedge,
        "tfp.measured": jcurve.measured_tfp(accounts.city, accounts.wedge),
        "lp": accounts.lp,
        "lp.city": accounts.lp_city,
        "gdp.own": accounts.own,
        "gdp.users": accounts.users,
        "gdp.overlap": world.law(gdp.overlap)(accounts.own),
    }


def store(results: Mapping[str, Array], row: int, year: int, values: Mapping[str, Array]) -> None:
    """Copy what is kept of a year into the results; refuse what is not finite, naming where it is."""
    for name, array in values.items():
        if name not in results:
            continue
        finite = np.isfinite(array)
        if not finite.all():
            raise FloatingPointError(f"{name} is not a finite number in {year}, draw {np.argwhere(~finite)[0][-1]}")
        results[name][row] = array


def steps_in_year(years: Sequence[int], dt: float) -> int:
    """Number of steps in a year, after a check of the years and of the step."""
    if not years or list(years) != list(range(BASE_YEAR, BASE_YEAR + len(years))):
        raise ValueError(f"the years are {list(years)}; they must start in {BASE_YEAR} and have no gaps")
    steps = round(1 / dt) if dt > 0 else 0
    if not steps or abs(steps * dt - 1) > 1e-9:
        raise ValueError(f"dt is {dt}; a year must be a whole number of steps")
    return steps


def effort_in(world: World, effort: Effort, year: int) -> dict[str, Number]:
    """Effort on each lever in a calendar year: its ramp, or what its path says."""
    row = year - BASE_YEAR
    return {
        lever: u[row] if isinstance(u, tuple) else world.law(policy.effort_path)(u, year) for lever, u in effort.items()
    }


def yearly_pushes(world: Sequence[World], effort: Effort, years: Sequence[int]) -> list[Push]:
    """What policy does in each year after the first, computed anew only when effort or a parameter has changed."""
    efforts = [effort_in(world[0], effort, year) for year in years]
    pushes: list[Push] = []
    for row in range(1, len(years)):
        same = row > 1 and world[row] is world[row - 1]
        before = (efforts[max(row - 2, 0)], efforts[row - 1]), (efforts[row - 1], efforts[row])
        if same and all(np.array_equal(past[lever], now[lever]) for past, now in before for lever in now):
            pushes.append(pushes[-1])
        else:
            pushes.append(push(world[row], efforts[row - 1], efforts[row]))
    return pushes


def accepted_effort(effort: Effort) -> Number:
    """Effort that equation (9) counts: u of application demand, or its path at the policy horizon."""
    u = effort["application_demand"]
    return u[min(POLICY_HORIZON - BASE_YEAR, len(u) - 1)] if isinstance(u, tuple) else u


def project(
    inputs: Inputs,
    effort: Effort,
    years: Sequence[int],
    *,
    dt: float = 1.0,
    keep: Collection[str] | None = None,
    out: dict[str, Array] | None = None,
) -> dict[str, Array]:
    """Run the model.

    Parameters
    ----------
    inputs : block to key to value: fixed parameters are numbers, uncertain ones (draws,), vectors (items, draws);
        ``by_year`` holds, by id, one value a year of a parameter that follows a path
    effort : lever to effort u, relative to the full announced programme, or a tuple with the effort of each year
    years : 2017 and the years after it, without gaps
    dt : length of a step, a year or a whole fraction of one
    keep : variables to give back; what none of them needs is not computed. None: all
    out : results of an earlier run of the same shape, to be written over; a loop over chunks saves the allocation

    Returns
    -------
    name to (years, items, draws) or (years, draws), in the units of the variable catalogue

    Raises
    ------
    ValueError
        If the years do not start in 2017 or have gaps, or if a year is not a whole number of steps.
    FloatingPointError
        If a result is not finite; the message names the variable, the year and the draw.
    """
    steps, world = steps_in_year(years, dt), worlds(inputs, len(years))
    pushes, planned = yearly_pushes(world, effort, years), accepted_effort(effort)
    thresholds = np.array(world[0].law(firms.benchmark_thresholds)()).reshape(-1, 1)
    results = allocate(world[0], len(years), len(thresholds), keep) if out is None else out
    accounted, counted = not ACCOUNTS.isdisjoint(results), not results.keys().isdisjoint(PIPELINES)
    state, accounts, delay = begin(world[0]), opening(world[0]), inputs["policy"]["delay"]
    score = discrete.normal_score(inputs["counts"]["benchmark"])
    started: Number = 0.0
    drawn = pipelines(world[0], planned, started) if counted else {}
    for row, year in enumerate(years):
        now = world[row]
        if row:
            before = state
            for part in range(steps):
                shock = shock_of(now, row) if part == steps - 1 else 0.0
                state = step(state, now, pushes[row - 1], dt, shock)
            accounts = account(accounts, before, state, now) if accounted else accounts
        share = now.law(pipeline.started_share)(year, delay)
        if counted and not np.array_equal(share, started):
            drawn, started = pipelines(now, planned, share), share
        store(results, row, year, outcomes(state, now) | drawn)
        if accounted:
            store(results, row, year, productivity_lines(accounts, now))
        if "firms.benchmark" in results:
            store(results, row, year, {"firms.benchmark": benchmarks(state, now, thresholds, score)})
    return results
