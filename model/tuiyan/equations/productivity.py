"""Productivity of the using sectors and of the city (equations 10 and 11)."""

import numpy as np

from tuiyan.equations.arrays import Array, Number


def labour_share(share: Array, *, labour_share_shift: Number, labour_share_switch: Number) -> Array:
    """Share of a sector's value added on which the saving is made.

    Parameters
    ----------
    share : (sectors, 1), labour share of value added
    labour_share_shift : d_L, scalar or (draws,), share, added to all sectors
    labour_share_switch : 1: the saving is on labour cost; 0: on all cost

    Returns
    -------
    (sectors, draws), clip(share + shift, .05, .95), or 1

    Examples
    --------
    >>> labour_share(np.array([[.42]]), labour_share_shift=np.array([.02]), labour_share_switch=1.).round(12).tolist()
    [[0.44]]
    """
    labour = np.clip(share + labour_share_shift, 0.05, 0.95)
    result: Array = 1.0 + np.asarray(labour_share_switch) * (labour - 1.0)
    return result


def exposure(share: Array, *, exposure_scale: Number) -> Array:
    """Share of a sector's labour cost in tasks that AI can do.

    Parameters
    ----------
    share : X, (sectors, 1), the sector table's exposure
    exposure_scale : m_X, scalar or (draws,), ratio

    Returns
    -------
    (sectors, draws), clip(X m_X, 0, .9)

    Examples
    --------
    >>> exposure(np.array([[.4], [.2]]), exposure_scale=np.array([3.])).round(12).tolist()
    [[0.9], [0.6]]
    """
    result: Array = np.clip(share * exposure_scale, 0.0, 0.9)
    return result


def cost_saving(*, saving_easy: Number, saving_hard: Number, easy_share: Number) -> Number:
    """Mean labour-cost saving on an exposed task that is done with AI.

    Parameters
    ----------
    saving_easy, saving_hard : pi_e, pi_h, scalar or (draws,), share of labour cost
    easy_share : z, scalar or (draws,), easy share of exposed tasks

    Returns
    -------
    scalar or (draws,), share, pi_e z + pi_h (1 - z)

    References
    ----------
    Acemoglu (2025), Economic Policy 40(121), section 3.3.

    Examples
    --------
    >>> round(cost_saving(saving_easy=.27, saving_hard=.07, easy_share=.726), 4)
    0.2152
    """
    return saving_easy * easy_share + saving_hard * (1.0 - easy_share)


def task_tfp(change: Number, exposure: Number, labour_share: Number, saving: Number, *, spillover: Number) -> Array:
    """Value-added productivity of a sector from the tasks that AI has taken over.

    Parameters
    ----------
    change : scalar or (sectors, draws), share of exposed tasks adopted since 2017
    exposure, labour_share : scalar or (sectors, draws), shares
    saving : scalar or (draws,), share of labour cost, `cost_saving`
    spillover : psi, scalar or (draws,), multiple of the direct effect, >= 0

    Returns
    -------
    scalar or (sectors, draws), log points since 2017 as a fraction: s_L X saving (1 + psi) (a - a_2017)

    References
    ----------
    Acemoglu (2025), Economic Policy 40(121); Hulten (1978), Review of Economic Studies 45(3).

    Examples
    --------
    >>> round(float(task_tfp(.23, .20, .535, .27, spillover=0.)), 7)
    0.0066447
    """
    result: Array = np.asarray(exposure * labour_share * (saving * (1.0 + spillover))) * change
    return result


def city_tfp(tfp: Array, share: Array, *, substitution: Number) -> Array:
    """Productivity of the city from that of its sectors.

    Parameters
    ----------
    tfp : lnA, (sectors, draws), log, cumulative since 2017
    share : v, (sectors, 1), value-added shares, sum to 1
    substitution : sig, scalar or (draws,), elasticity of substitution between sectors, > 0

    Returns
    -------
    (draws,), log, sum v lnA + .5 (sig - 1) Var_v(lnA)

    References
    ----------
    Hulten (1978); second order: Baqaee and Farhi (2019), Econometrica 87(4).

    Examples
    --------
    >>> a = city_tfp(np.array([[np.log(1.2)], [0.]]), np.array([[.5], [.5]]), substitution=.5)
    >>> round(float(a[0]), 7)
    0.0890832
    """
    mean = np.zeros(tfp.shape[1:])
    square = np.zeros(tfp.shape[1:])
    for weight, sector in zip(share[:, 0], tfp, strict=True):
        part = weight * sector
        mean += part
        part *= sector
        square += part
    square -= mean * mean
    result: Array = mean + (0.5 * (np.asarray(substitution) - 1.0)) * square
    return result


def pending_step(previous: Array, change: Array, *, convergence: Number) -> Array:
    """Productivity gains to which capital has not yet answered, one year later.

    Parameters
    ----------
    previous : G, (draws,) or (sectors, draws), log
    change : (draws,) or (sectors, draws), log, productivity gained in the year
    convergence : lam, scalar or (draws,), 1/yr, speed of capital deepening, > 0

    Returns
    -------
    the shape of `previous`, G(t) = exp(-lam) G(t-1) + exp(-lam/2) change: the sum over years y <= t of
    change(y) exp(-lam (t - y + .5))

    References
    ----------
    Mankiw, Romer and Weil (1992), Quarterly Journal of Economics 107(2), for the speed.

    Examples
    --------
    >>> round(float(pending_step(np.array([0.]), np.array([.01]), convergence=.053)[0]), 6)
    0.009738
    """
    half = np.exp(-0.5 * np.asarray(convergence))
    result: Array = previous * half
    result += change
    result *= half
    return result


def labour_productivity(tfp: Array, pending: Array, *, capital_share: Number) -> Array:
    """AI's contribution to labour productivity: TFP and the capital that follows it.

    Parameters
    ----------
    tfp : (draws,) or (sectors, draws), log, cumulative since 2017
    pending : the shape of `tfp`, log, `pending_step`
    capital_share : s_K, scalar or (draws,), in (0, 1)

    Returns
    -------
    the shape of `tfp`, log, tfp + s_K/(1 - s_K) (tfp - pending); in the long run tfp/(1 - s_K)

    Examples
    --------
    >>> round(float(labour_productivity(np.array([.0066]), np.array([0.]), capital_share=.43)[0]), 5)
    0.01158
    """
    deepening = np.asarray(capital_share) / (1.0 - np.asarray(capital_share))
    result: Array = tfp - pending
    result *= deepening
    result += tfp
    return result
