"""One month in the life of a block of customers: the story in order, one loop a step.

Each loop calls small functions of the other files over a block that fits the cache; the compiler turns a loop without
branches into vector instructions. Who is not concerned by a step keeps her values.
"""

import math

from crm_sim import chance
from crm_sim.arithmetic import clip, clip01, exp, log
from crm_sim.compiled import compiled, compiled_loop
from crm_sim.customer import churn, complaint, expectation, loyalty, purchase, satisfaction, switching, winback, word_of_mouth
from crm_sim.customer.state import ACTIVE, LOST, MINOR, NO_FAILURE, PROSPECT, SERIOUS, SERVICE

BLOCK = 1024
_MOST_ORDERS = 200
JOIN, EXPERIENCE, FAILURE, COMPLAIN, SETTLE, ORDERS, LEAVE, SPEND, TALK, SURVEY, MOOD, CAUSE = range(12)


@compiled
def _draw(seed, month, ids, first, n, u):
    """Twelve random words a customer, at their addresses."""
    for k in range(n):
        u[JOIN, k], u[EXPERIENCE, k], u[FAILURE, k], u[COMPLAIN, k] = chance.words(seed, ids[first + k], month, chance.MONTH_SERVICE)
    for k in range(n):
        u[SETTLE, k], u[ORDERS, k], u[LEAVE, k], u[SPEND, k] = chance.words(seed, ids[first + k], month, chance.MONTH_TRADE)
    for k in range(n):
        u[TALK, k], u[SURVEY, k], u[MOOD, k], u[CAUSE, k] = chance.words(seed, ids[first + k], month, chance.MONTH_VOICE)


@compiled_loop
def live(seed, month, ids, first, last, state, offers, events, at, market, terms, counts, u, work):
    """Customers `first` to `last` (at most `BLOCK`) live one month.

    `offers[first:last]` is 1 for those whom the firm asks back. What happens is written to `events` from place `at` on;
    `state` is moved on to the end of the month. `u` (12 × BLOCK random words) and `work` (3 × BLOCK) are room to calculate in.
    """
    n = last - first
    contract = market.contract > 0.5
    _draw(seed, month, ids, first, n, u)

    stage, cause, lives = state.state[first:last], state.cause[first:last], state.lives[first:last]
    tenure, experiences = state.tenure[first:last], state.experiences[first:last]
    rate, value, hazard = state.purchase_rate[first:last], state.order_value[first:last], state.churn_hazard[first:last]
    expected, satisfied, trust = state.expectation[first:last], state.satisfaction[first:last], state.trust[first:last]
    fit, loyal, disposition = state.fit[first:last], state.loyalty[first:last], state.disposition[first:last]
    cost, discipline = state.switching_cost[first:last], state.payment_discipline[first:last]
    share, share_base, owed = state.share_of_wallet[first:last], state.share_base[first:last], state.owed[first:last]
    offered = offers[first:last]

    orders, revenue, paid = events.orders[at:at + n], events.revenue[at:at + n], events.paid[at:at + n]
    failure, complained, settled = events.failure[at:at + n], events.complaint[at:at + n], events.settled[at:at + n]
    talked, rating, recommendation = events.talk[at:at + n], events.rating[at:at + n], events.recommendation[at:at + n]
    joined, lost, regained = events.joined[at:at + n], events.lost[at:at + n], events.regained[at:at + n]
    downgraded = events.downgraded[at:at + n]
    held, experience, performance = events.expectation[at:at + n], events.experience[at:at + n], events.performance[at:at + n]
    encounter, leaving = events.encounter_satisfaction[at:at + n], events.hazard[at:at + n]
    exposure, probability, below = work[0], work[1], work[2]

    # Who joins, who comes back.
    joining = terms.joining
    if joining < 0.0:
        joining = purchase.joining_probability(
            market.joining_probability, terms.promise, market.expectation_norm, market.joining_promise_effect,
            terms.advertising, market.joining_advertising_effect,
            market.joining_recommended * counts.talk_positive / max(counts.customers, 1),
            market.joining_warned * counts.talk_negative / max(counts.customers, 1))
    for k in range(n):
        joins = (stage[k] == PROSPECT) & (chance.uniform(u[JOIN, k]) < joining)
        returning = winback.return_probability(
            satisfied[k], cause[k] == SERVICE, terms.winback_discount, tenure[k], market.winback_base, market.winback_satisfaction_effect,
            market.winback_service_effect, market.winback_offer_effect, market.winback_lapse_effect)
        comes_back = (stage[k] == LOST) & (offered[k] > 0) & (chance.uniform(u[JOIN, k]) < returning)
        joined[k] = joins
        regained[k] = comes_back
        # The first order falls on a day of the month: u / p is uniform among those who join, and what remains is theirs to order in.
        exposure[k] = clip01(1.0 - chance.uniform(u[JOIN, k]) / (joining + 1e-12)) if joins else 1.0
    for k in range(n):
        starts = (joined[k] + regained[k]) > 0
        stage[k] = ACTIVE if starts else stage[k]
        lives[k] = lives[k] + 1 if starts else lives[k]
        tenure[k] = 0 if starts else tenure[k]
        heard = expectation.first_expectation(expected[k], terms.promise, market.expectation_promise_weight, 0.0)
        expected[k] = heard if joined[k] > 0 else expected[k]

    # How many orders might be placed: the bill under a contract, else a Poisson number.
    if contract:
        for k in range(n):
            orders[k] = stage[k] == ACTIVE
    else:
        demand = exp(-market.purchase_price_elasticity * log(terms.price))
        for k in range(n):
            mean = clip(rate[k] * demand * exposure[k], 0.0, 28.0) if stage[k] == ACTIVE else 0.0
            exposure[k] = mean
            probability[k] = exp(-mean)
            below[k] = probability[k]
            orders[k] = 0
        for count in range(1, _MOST_ORDERS):
            beyond = 0
            for k in range(n):
                more = chance.uniform(u[ORDERS, k]) > below[k]
                orders[k] += more
                beyond += more
                probability[k] = purchase.poisson_term(probability[k], exposure[k], count)
                below[k] += probability[k]
            if beyond == 0:
                break
        for k in range(n):
            orders[k] += joined[k] + (regained[k] if orders[k] == 0 else 0)

    # The service as it is, as it is perceived, and as it is judged.
    for k in range(n):
        bad = (SERIOUS if chance.uniform(u[FAILURE, k]) < terms.serious_failure else
               (MINOR if chance.uniform(u[FAILURE, k]) < terms.serious_failure + terms.minor_failure else NO_FAILURE))
        failure[k] = bad if orders[k] > 0 else NO_FAILURE
    for k in range(n):
        depth = (market.failure_serious_depth if failure[k] == SERIOUS else
                 (market.failure_minor_depth if failure[k] == MINOR else 0.0))
        experience[k] = clip01(terms.quality + fit[k] + terms.swing * chance.normal(u[EXPERIENCE, k]) - depth)
    for k in range(n):
        heard = expectation.hear_promise(expected[k], terms.promise, market.expectation_promise_weight * 0.1)
        expected[k] = heard if stage[k] == ACTIVE else expected[k]
        held[k] = expected[k]
    for k in range(n):
        performance[k] = expectation.perceived_performance(
            experience[k], expected[k], market.expectation_assimilation, market.expectation_contrast, market.expectation_latitude)
        worth = satisfaction.perceived_value(performance[k], terms.price, market.satisfaction_price_sensitivity)
        encounter[k] = satisfaction.encounter_satisfaction(
            performance[k], worth, expected[k], market.satisfaction_value_weight, market.satisfaction_exceeding,
            market.satisfaction_falling_short)

    # Failure, complaint, recovery.
    complains_minor = complaint.complaint_probability(market.complaint_minor, terms.access)
    complains_serious = complaint.complaint_probability(market.complaint_serious, terms.access)
    handling_minor = complaint.complaint_satisfaction(
        terms.compensation, 0.1, terms.courtesy, terms.response_hours, market.complaint_patience_hours,
        market.complaint_distributive, market.complaint_interactional, market.complaint_procedural)
    handling_serious = complaint.complaint_satisfaction(
        terms.compensation, 0.5, terms.courtesy, terms.response_hours, market.complaint_patience_hours,
        market.complaint_distributive, market.complaint_interactional, market.complaint_procedural)
    minor_silent = complaint.incident(market.complaint_stay_minor_silent, market.complaint_incident_weight)
    minor_unsettled = complaint.incident(market.complaint_stay_minor_unsettled, market.complaint_incident_weight)
    minor_settled = complaint.incident_settled(market.complaint_stay_minor_settled, market.complaint_stay_minor_quickly,
                                               terms.response_hours, market.complaint_incident_weight)
    serious_silent = complaint.incident(market.complaint_stay_serious_silent, market.complaint_incident_weight)
    serious_unsettled = complaint.incident(market.complaint_stay_serious_unsettled, market.complaint_incident_weight)
    serious_settled = complaint.incident_settled(market.complaint_stay_serious_settled, market.complaint_stay_serious_quickly,
                                                 terms.response_hours, market.complaint_incident_weight)
    for k in range(n):
        serious = failure[k] == SERIOUS
        complains = (failure[k] > NO_FAILURE) & (chance.uniform(u[COMPLAIN, k]) < (complains_serious if serious else complains_minor))
        handling = handling_serious if serious else handling_minor
        complained[k] = complains
        settled[k] = complains & (chance.uniform(u[SETTLE, k]) < handling)
    for k in range(n):
        serious = failure[k] == SERIOUS
        handling = handling_serious if serious else handling_minor
        handled = complaint.after_complaint(encounter[k], handling, settled[k] > 0, market.complaint_recovery)
        encounter[k] = handled if complained[k] > 0 else encounter[k]
        silent = serious_silent if serious else minor_silent
        unsettled = serious_unsettled if serious else minor_unsettled
        mended = serious_settled if serious else minor_settled
        rise = (mended if settled[k] > 0 else unsettled) if complained[k] > 0 else silent
        exposure[k] = rise if failure[k] > NO_FAILURE else 0.0

    # What the month leaves behind: satisfaction, trust, expectation, loyalty, switching cost.
    for k in range(n):
        moved = satisfaction.cumulative_satisfaction(
            satisfied[k], encounter[k], tenure[k], market.satisfaction_anchor_first, market.satisfaction_anchor_last)
        satisfied[k] = moved if orders[k] > 0 else satisfied[k]
    for k in range(n):
        broken = (failure[k] > NO_FAILURE) & (settled[k] == 0)
        trusting = loyalty.trust_after(trust[k], encounter[k], broken, market.loyalty_trust_speed, market.loyalty_trust_breach)
        trust[k] = trusting if orders[k] > 0 else trust[k]
    for k in range(n):
        learned = expectation.learn(expected[k], experience[k], experiences[k], market.expectation_weight)
        expected[k] = learned if orders[k] > 0 else expected[k]
    for k in range(n):
        experiences[k] += orders[k] > 0
    for k in range(n):
        attached = loyalty.loyalty_after(
            loyal[k], satisfied[k], trust[k], disposition[k], market.loyalty_satisfaction_weight, market.loyalty_trust_weight,
            market.loyalty_speed)
        loyal[k] = attached if stage[k] == ACTIVE else loyal[k]
    for k in range(n):
        bound = switching.switching_cost_after(cost[k], terms.reward, market.switching_growth, market.switching_reward_effect)
        cost[k] = bound if stage[k] == ACTIVE else cost[k]

    # Who leaves, and why. The first order, and the first after a return, are no occasion to leave.
    for k in range(n):
        common = churn.common_log_hazard(
            cost[k], market.switching_start, trust[k], market.churn_reference_trust, lives[k],
            market.churn_switching_cost_effect, market.churn_trust_effect, market.churn_prior_churn_effect)
        effect = switching.satisfaction_effect(market.churn_satisfaction_effect, market.churn_choice, cost[k], market.switching_moderation)
        service_share = 1.0 - market.churn_price_share - market.churn_circumstances_share
        by_service = churn.service_hazard(hazard[k], service_share, common, satisfied[k], market.churn_reference_satisfaction, effect, exposure[k])
        by_price = churn.price_hazard(hazard[k], market.churn_price_share, common, terms.price, market.churn_price_effect)
        probability[k] = by_service
        below[k] = by_price
        leaving[k] = by_service + by_price + hazard[k] * market.churn_circumstances_share
    for k in range(n):
        occasions = orders[k] - (joined[k] + regained[k] > 0)
        stayed = churn.occasions_survived(-log(chance.uniform(u[LEAVE, k])), leaving[k])
        leaves = (stage[k] == ACTIVE) & (stayed <= occasions)
        reason = churn.cause(chance.uniform(u[CAUSE, k]), probability[k], below[k], hazard[k] * market.churn_circumstances_share)
        lost[k] = reason if leaves else 0
        # Orders after the occasion taken are not placed.
        placed = math.ceil(stayed) + (joined[k] + regained[k] > 0)
        orders[k] = min(orders[k], int(placed)) if leaves else orders[k]

    # Money: what is spent here, and what moves elsewhere while the customer stays.
    for k in range(n):
        stays = (stage[k] == ACTIVE) & (lost[k] == 0) & (joined[k] == 0)
        downgraded[k] = stays & (chance.uniform(u[CAUSE, k]) * hazard[k] < market.spend_downgrade_hazard * probability[k])
    for k in range(n):
        total = purchase.order_total(
            orders[k], value[k], terms.price, share[k], market.spend_share_start, market.spend_order_shape, chance.normal(u[SPEND, k]))
        revenue[k] = int(100.0 * total + 0.5)
    for k in range(n):
        share_base[k] = share_base[k] * market.spend_downgrade_factor if downgraded[k] > 0 else share_base[k]
    for k in range(n):
        moved = purchase.share_of_wallet(
            share[k], share_base[k], satisfied[k], market.churn_reference_satisfaction, market.spend_share_effect, market.spend_share_speed)
        share[k] = moved if (stage[k] == ACTIVE) & (lost[k] == 0) else share[k]
    for k in range(n):
        debt = owed[k] + revenue[k]
        paid[k] = purchase.payment(debt, discipline[k])
        owed[k] = debt - paid[k]

    # Voices: word of mouth and the survey.
    for k in range(n):
        said = word_of_mouth.talk(encounter[k], chance.uniform(u[TALK, k]), market.talk_positive, market.talk_negative)
        talked[k] = said if orders[k] > 0 else 0
    for k in range(n):
        asked = (stage[k] == ACTIVE) & (lost[k] == 0)
        answers = asked & (chance.uniform(u[SURVEY, k]) < terms.survey_share * satisfaction.answer_probability(
            satisfied[k], market.survey_answer_base, market.survey_answer_extreme))
        noise = market.survey_leniency + market.survey_noise * chance.normal(u[MOOD, k])
        exposure[k] = noise
        rating[k] = satisfaction.answer(satisfied[k], noise) if answers else -1
    for k in range(n):
        recommendation[k] = satisfaction.answer(0.5 * (satisfied[k] + loyal[k]), exposure[k]) if rating[k] >= 0 else -1

    # The month ends.
    for k in range(n):
        tenure[k] = 0 if (lost[k] > 0) | (stage[k] == PROSPECT) else tenure[k] + 1
    for k in range(n):
        cause[k] = lost[k] if lost[k] > 0 else cause[k]
    for k in range(n):
        stage[k] = LOST if lost[k] > 0 else stage[k]
