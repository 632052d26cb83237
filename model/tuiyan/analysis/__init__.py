"""Questions asked of projections: what drove them, what would reach a goal, and in which futures it is missed."""
