"""From a scenario and a seed to arrays of draws: points, inverse distribution functions, and the recipe of a run."""
