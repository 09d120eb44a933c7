"""The month of `crm_sim.customer.month` in vectorised NumPy: of each step only the customers concerned are gathered, reckoned and written back.

Same story, numbers, records and sums.
"""

from types import SimpleNamespace

import numpy as np
from numpy import clip, exp, flatnonzero, where

from crm_sim.clock import Totals
from crm_sim.customer.month import CAUSE, COMPLAIN, EXPERIENCE, FAILURE, JOIN, LEAVE, MOOD, ORDERS, SETTLE, SPEND, SURVEY, TALK
from crm_sim.customer.state import ACTIVE, CIRCUMSTANCES, LOST, PRICE, PROSPECT, SERVICE, State
from crm_sim.firm.records import empty_records


class NumPyModel:
    """Customers in a given state who live month after month.

    Parameters: a scenario; `state`, the customers' table at the start; `luck`.
    """

    def __init__(self, scenario, state: State, luck):
        self.policy, self.market, self.contract, self.luck = scenario.policy, scenario.market.numbers(), scenario.market.contract, luck
        self.state = SimpleNamespace(**{name: array.astype(float) if array.dtype == np.float32 else array.copy() for name, array in state._asdict().items()})
        self.records = empty_records(len(state.state))

    def live(self, month: int, terms, counts) -> Totals:
        """One month under the firm's terms and the counts of last month's end. Returns the month's sums."""
        s, m, luck = self.state, self.market, self.luck
        n = len(s.state)
        luck.turn(month)
        offers = self._offers(month)
        joined, back, part = self._join(offers, terms, counts)
        active = flatnonzero(s.state == ACTIVE)
        started = np.zeros(n, bool)
        started[joined] = started[back] = True
        orders = self._orders(active, joined, back, part, terms)

        # The service of those who buy: as it is, as it is perceived, as it is judged.
        s.expectation[active] += m.expectation_promise_weight * 0.1 * (terms.promise - s.expectation[active])
        buyers = active[orders[active] > 0]
        u = luck.uniform(FAILURE, buyers)
        serious = u < terms.serious_failure
        failed = u < terms.serious_failure + terms.minor_failure
        depth = where(serious, m.failure_serious_depth, where(failed, m.failure_minor_depth, 0.0))
        experience = clip(terms.quality + s.fit[buyers] + terms.swing * luck.normal(EXPERIENCE, buyers) - depth, 0, 1)
        expectation = s.expectation[buyers]
        gap = expectation - experience
        performance = clip(experience + where(np.abs(gap) < m.expectation_latitude, m.expectation_assimilation, -m.expectation_contrast) * gap, 0, 1)
        worth = clip(performance - m.satisfaction_price_sensitivity * (terms.price - 1), 0, 1)
        disconfirmation = performance - expectation
        pull = where(disconfirmation > 0, m.satisfaction_exceeding, m.satisfaction_falling_short) * disconfirmation
        encounter = clip((1 - m.satisfaction_value_weight) * performance + m.satisfaction_value_weight * worth + pull, 0, 1)

        # Failure, complaint, recovery.
        incident = np.zeros(n)
        bad = flatnonzero(failed)
        complains, settled, encounter[bad], incident[buyers[bad]] = self._complaints(buyers[bad], serious[bad], encounter[bad], terms)
        broken = failed.copy()
        broken[bad[settled]] = False

        # What the month leaves behind.
        weight = m.satisfaction_anchor_last + (m.satisfaction_anchor_first - m.satisfaction_anchor_last) / (1 + s.tenure[buyers] / 12)
        s.satisfaction[buyers] = clip(s.satisfaction[buyers] + weight * (encounter - s.satisfaction[buyers]), 0, 1)
        trust = s.trust[buyers]
        s.trust[buyers] = clip(trust + m.loyalty_trust_speed * (encounter - trust) - m.loyalty_trust_breach * broken, 0, 1)
        learning = np.maximum(1 / (s.experiences[buyers] + 2), m.expectation_weight)
        s.expectation[buyers] = expectation + learning * (experience - expectation)
        s.experiences[buyers] += 1
        satisfaction, trust, loyalty = s.satisfaction[active], s.trust[active], s.loyalty[active]
        aim = (m.loyalty_satisfaction_weight * satisfaction + m.loyalty_trust_weight * trust
               + (1 - m.loyalty_satisfaction_weight - m.loyalty_trust_weight) * s.disposition[active])
        loyalty = s.loyalty[active] = clip(loyalty + m.loyalty_speed * (aim - loyalty), 0, 1)
        cost = s.switching_cost[active]
        cost = s.switching_cost[active] = clip(cost + m.switching_growth * (1 + m.switching_reward_effect * terms.reward) * (1 - cost), 0, 1)

        # Who leaves, and why.
        hazard = s.churn_hazard[active]
        common = (-m.churn_switching_cost_effect * (cost - m.switching_start) - m.churn_trust_effect * (trust - m.churn_reference_trust)
                  + m.churn_prior_churn_effect * np.maximum(s.lives[active] - 1.0, 0))
        effect = m.churn_satisfaction_effect * m.churn_choice / (1 + m.switching_moderation * cost)
        by_service = (hazard * (1 - m.churn_price_share - m.churn_circumstances_share)
                      * exp(clip(common - effect * (satisfaction - m.churn_reference_satisfaction) + incident[active], -30, 30)))
        by_price = hazard * m.churn_price_share * exp(clip(common + m.churn_price_effect * (terms.price - 1), -30, 30))
        by_circumstances = hazard * m.churn_circumstances_share
        total = by_service + by_price + by_circumstances
        stayed = -np.log(luck.uniform(LEAVE, active)) / (total + 1e-12)
        leaves = stayed <= orders[active] - started[active]
        left = active[leaves]
        cause_luck = luck.uniform(CAUSE, active)
        point = (cause_luck * total)[leaves]
        cause = where(point < by_service[leaves], SERVICE, where(point < (by_service + by_price)[leaves], PRICE, CIRCUMSTANCES))
        orders[left] = np.minimum(orders[left], np.ceil(stayed[leaves]) + started[left]).astype(orders.dtype)

        # Money: what is spent here, what moves elsewhere, what is paid.
        stays = ~leaves
        new = np.zeros(n, bool)
        new[joined] = True
        moves = stays & ~new[active] & (cause_luck * hazard < m.spend_downgrade_hazard * by_service)
        spread = 1 / (9 * m.spend_order_shape * orders[buyers])
        root = np.maximum(1 - spread + luck.normal(SPEND, buyers) * np.sqrt(spread), 0)
        revenue = np.zeros(n, np.int64)
        revenue[buyers] = (100 * orders[buyers] * s.order_value[buyers] * terms.price * (s.share_of_wallet[buyers] / m.spend_share_start) * root ** 3 + 0.5)
        s.share_base[active[moves]] *= m.spend_downgrade_factor
        staying = active[stays]
        aim = clip(s.share_base[staying] + m.spend_share_effect * (satisfaction[stays] - m.churn_reference_satisfaction), 0.02, 1)
        s.share_of_wallet[staying] += m.spend_share_speed * (aim - s.share_of_wallet[staying])
        debt = s.owed + revenue
        paid = (debt * s.payment_discipline + 0.5).astype(np.int64)
        s.owed = debt - paid

        # Voices: word of mouth and the survey.
        distance, u = 2 * encounter - 1, luck.uniform(TALK, buyers)
        recommends, warns = u < m.talk_positive * distance, u < -m.talk_negative * distance
        satisfaction, loyalty = satisfaction[stays], loyalty[stays]
        answer = clip(m.survey_answer_base + m.survey_answer_extreme * (2 * satisfaction - 1) ** 2, 0, 1)
        answers = luck.uniform(SURVEY, staying) < terms.survey_share * answer
        asked, satisfaction, loyalty = staying[answers], satisfaction[answers], loyalty[answers]
        noise = m.survey_leniency + m.survey_noise * luck.normal(MOOD, asked)
        rating = (10 * clip(satisfaction + noise, 0, 1) + 0.5).astype(np.int8)
        recommendation = (10 * clip(0.5 * (satisfaction + loyalty) + noise, 0, 1) + 0.5).astype(np.int8)

        # The month ends, and is put on record.
        s.tenure += 1
        s.tenure[s.state == PROSPECT] = s.tenure[left] = 0
        s.cause[left] = cause
        s.state[left] = LOST
        complainers, content = buyers[bad[complains]], buyers[bad[settled]]
        self._record(month, buyers, orders, revenue, paid, complainers, content, asked, rating, offers, left, back)
        return Totals(
            prospects=np.count_nonzero(s.state == PROSPECT), active=len(staying), served=len(active), acquired=len(joined), lost=len(left),
            lost_service=np.count_nonzero(cause == SERVICE), lost_price=np.count_nonzero(cause == PRICE),
            lost_circumstances=np.count_nonzero(cause == CIRCUMSTANCES), regained=len(back), value_lost=np.count_nonzero(moves), orders=orders.sum(),
            revenue=revenue.sum(), failures=len(bad), complaints=len(complainers), settled=len(content), settled_revenue=revenue[content].sum(),
            regained_revenue=revenue[back].sum(), offers=np.count_nonzero(offers), talk_positive=np.count_nonzero(recommends), talk_negative=np.count_nonzero(warns),
            answers=len(asked), satisfied=np.count_nonzero(rating >= 7), promoters=np.count_nonzero(recommendation >= 9),
            detractors=np.count_nonzero(recommendation <= 6))

    def _offers(self, month):
        asking, records = self.policy.winback, self.records
        if not asking.window:
            return np.zeros(len(self.state.state), bool)
        gone = records.closed_month if self.contract else records.last_order_month
        months = records.last_order_month - records.first_order_month + 1
        return ((gone > 0) & (month - gone >= asking.wait) & (month - gone < asking.wait + asking.window)
                & (records.revenue >= round(100 * asking.least_revenue) * months))

    def _join(self, offers, terms, counts):
        """Who joins, who comes back, and the part of the month that is left to each who joined."""
        s, m = self.state, self.market
        p = terms.joining
        if p < 0:
            p = clip(m.joining_probability * (1 + m.joining_advertising_effect * terms.advertising ** 0.5)
                     * exp(m.joining_promise_effect * (terms.promise - m.expectation_norm)), 0, 1)
            p += m.joining_recommended * counts.talk_positive / counts.customers * (1 - p)
            p = clip(p * (1 - m.joining_warned * counts.talk_negative / counts.customers), 0, 1)
        prospects = flatnonzero(s.state == PROSPECT)
        u = self.luck.uniform(JOIN, prospects)
        joins = u < p
        joined = prospects[joins]
        lost = flatnonzero(offers & (s.state == LOST))
        logit = (m.winback_base + m.winback_satisfaction_effect * (s.satisfaction[lost] - 0.5) - m.winback_service_effect * (s.cause[lost] == SERVICE)
                 + m.winback_offer_effect * terms.winback_discount - m.winback_lapse_effect * s.tenure[lost])
        back = lost[self.luck.uniform(JOIN, lost) < 1 / (1 + exp(clip(-logit, -30, 30)))]
        for starting in (joined, back):
            s.state[starting] = ACTIVE
            s.lives[starting] += 1
            s.tenure[starting] = 0
        s.expectation[joined] = clip(s.expectation[joined] + m.expectation_promise_weight * (terms.promise - s.expectation[joined]), 0, 1)
        return joined, back, clip(1 - u[joins] / (p + 1e-12), 0, 1)

    def _orders(self, active, joined, back, part, terms):
        orders = np.zeros(len(self.state.state), np.int32)
        if self.contract:
            orders[active] = 1
            return orders
        exposure = np.ones(len(orders))
        exposure[joined] = part
        mean = clip(self.state.purchase_rate[active] * terms.price ** -self.market.purchase_price_elasticity * exposure[active], 0, 28)
        orders[active] = self.luck.poisson(ORDERS, active, mean)
        orders[joined] += 1
        orders[back] = np.maximum(orders[back], 1)
        return orders

    def _complaints(self, who, serious, encounter, terms):
        """Of those with a failure: who complains, whose complaint is settled, the encounter after it, and the rise of the log hazard."""
        m, hours = self.market, terms.response_hours
        odds = where(serious, m.complaint_serious / (1 - m.complaint_serious + 1e-9), m.complaint_minor / (1 - m.complaint_minor + 1e-9)) * exp(4 * (terms.access - 0.5))
        need = where(serious, 0.5, 0.1)
        handling = (m.complaint_distributive * clip(0.5 + 0.5 * (terms.compensation - need) / (need + 0.1), 0, 1)
                    + m.complaint_interactional * terms.courtesy + m.complaint_procedural * exp(-min(hours / m.complaint_patience_hours, 30)))
        complains = self.luck.uniform(COMPLAIN, who) < odds / (1 + odds)
        settled = complains & (self.luck.uniform(SETTLE, who) < handling)
        lifted = encounter + m.complaint_recovery * np.maximum(0.5 + 0.5 * handling - encounter, 0)
        quick = exp(-min(hours / 24, 30))

        def stay(silent, unsettled, slowly, quickly):
            return where(settled, (1 - quick) * np.log(slowly) + quick * np.log(quickly), np.log(where(complains, unsettled, silent)))

        intention = where(serious, stay(m.complaint_stay_serious_silent, m.complaint_stay_serious_unsettled, m.complaint_stay_serious_settled, m.complaint_stay_serious_quickly),
                          stay(m.complaint_stay_minor_silent, m.complaint_stay_minor_unsettled, m.complaint_stay_minor_settled, m.complaint_stay_minor_quickly))
        return complains, settled, where(settled, lifted, where(complains, 0.5 * encounter, encounter)), -m.complaint_incident_weight * intention

    def _record(self, month, buyers, orders, revenue, paid, complainers, content, asked, rating, offers, left, back):
        records = self.records
        records.first_order_month[buyers[records.first_order_month[buyers] == 0]] = month
        records.last_order_month[buyers] = month
        records.orders[:] += orders
        records.revenue[:] += revenue
        records.paid[:] += paid
        records.complaints[complainers] += 1
        records.complaints_settled[content] += 1
        records.last_rating[asked], records.last_rating_month[asked] = rating, month
        records.winback_offers[offers] += 1
        if self.contract:
            records.closed_month[back] = 0
            records.closed_month[left] = month
