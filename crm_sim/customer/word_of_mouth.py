"""Word of mouth: who recommends, who warns. Only the counts reach other customers."""

from crm_sim.compiled import compiled


@compiled
def talk(encounter, u, positive, negative):
    """+1 recommends, −1 warns, 0 is silent, after an encounter with satisfaction `encounter` in [0, 1]; `u` uniform in (0, 1).

    An asymmetric U: the further from the middle, the more talk, and the dissatisfied talk more readily (Anderson 1998). In volume
    recommendations still prevail about 3 : 1, since the satisfied are many (East, Hammond & Wright 2007).
    """
    distance = 2.0 * encounter - 1.0
    recommends = u < positive * distance
    warns = u < -negative * distance
    return 1 if recommends else (-1 if warns else 0)
