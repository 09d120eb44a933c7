"""The month of `crm_sim.customer.month` in Mesa 3: an agent a customer, whose step calls the small functions of `crm_sim.customer` as plain Python."""

import math
from collections import Counter
from types import FunctionType, SimpleNamespace

import mesa

from bench.luck import PlainLuck
from crm_sim.clock import Totals
from crm_sim.customer import churn, complaint, expectation, loyalty, purchase, satisfaction, switching, winback, word_of_mouth
from crm_sim.customer.month import CAUSE, COMPLAIN, EXPERIENCE, FAILURE, JOIN, LEAVE, MOOD, ORDERS, SETTLE, SPEND, SURVEY, TALK
from crm_sim.customer.state import ACTIVE, CAUSES, LOST, MINOR, NO_FAILURE, PROSPECT, SERIOUS, SERVICE


def clip(x, low, high):
    return low if x < low else (high if x > high else x)


def _plain(module):
    """The functions of a module as they read, with Python's own exponential and logarithm."""
    names = {**vars(module), "exp": math.exp, "log": math.log, "clip": clip, "clip01": lambda x: clip(x, 0.0, 1.0)}
    functions = {name: FunctionType(function.py_func.__code__, names) for name, function in vars(module).items()
                 if hasattr(function, "py_func") and function.__module__ == module.__name__}
    names.update(functions)
    return SimpleNamespace(**functions)


churn, complaint, expectation, loyalty, purchase, satisfaction, switching, winback, word_of_mouth = (
    _plain(module) for module in (churn, complaint, expectation, loyalty, purchase, satisfaction, switching, winback, word_of_mouth))


class Customer(mesa.Agent):
    """One customer: what she is and feels, and what is on record of her."""

    def __init__(self, model, number, born):
        super().__init__(model)
        self.number = number
        self.__dict__.update(born)
        self.first_order_month = self.last_order_month = self.closed_month = self.last_rating_month = 0
        self.ordered = self.spent = self.paid = self.complaints = self.complaints_settled = self.offers = 0
        self.last_rating = -1

    def step(self):
        """One month."""
        model, market, terms, luck, totals, me = self.model, self.model.market, self.model.terms, self.model.luck, self.model.totals, self.number
        offered = self.asked_back()
        joined, back, exposure = self.starts(offered)
        started = joined or back
        totals["offers"] += offered
        self.offers += offered

        orders = revenue = 0
        rating, lost, settled = -1, 0, False
        if self.state == ACTIVE:
            orders = self.orders_wanted(joined, back, exposure)
            self.expectation = expectation.hear_promise(self.expectation, terms.promise, market.expectation_promise_weight * 0.1)
            incident = 0.0
            if orders:
                encounter, incident, settled = self.served()
            self.loyalty = loyalty.loyalty_after(
                self.loyalty, self.satisfaction, self.trust, self.disposition, market.loyalty_satisfaction_weight, market.loyalty_trust_weight, market.loyalty_speed)
            self.switching_cost = switching.switching_cost_after(self.switching_cost, terms.reward, market.switching_growth, market.switching_reward_effect)
            luck_of_cause = luck.uniform(CAUSE, me)
            lost, orders, by_service = self.leaves(orders, started, incident, luck_of_cause)
            if not lost and not joined and luck_of_cause * self.churn_hazard < market.spend_downgrade_hazard * by_service:
                self.share_base *= market.spend_downgrade_factor
                totals["value_lost"] += 1
            if orders:
                revenue = int(100 * purchase.order_total(
                    orders, self.order_value, terms.price, self.share_of_wallet, market.spend_share_start, market.spend_order_shape, luck.normal(SPEND, me)) + 0.5)
                said = word_of_mouth.talk(encounter, luck.uniform(TALK, me), market.talk_positive, market.talk_negative)
                totals["talk_positive"] += said > 0
                totals["talk_negative"] += said < 0
            if not lost:
                self.share_of_wallet = purchase.share_of_wallet(
                    self.share_of_wallet, self.share_base, self.satisfaction, market.churn_reference_satisfaction, market.spend_share_effect, market.spend_share_speed)
                rating = self.answers()

        debt = self.owed + revenue
        paid = purchase.payment(debt, self.payment_discipline)
        self.owed = debt - paid
        self.ordered, self.spent, self.paid = self.ordered + orders, self.spent + revenue, self.paid + paid
        if orders:
            self.last_order_month = model.month
            self.first_order_month = self.first_order_month or model.month
        if rating >= 0:
            self.last_rating, self.last_rating_month = rating, model.month
        if lost:
            self.state, self.cause, self.tenure = LOST, lost, 0
            totals[f"lost_{CAUSES[lost]}"] += 1
        elif self.state != PROSPECT:
            self.tenure += 1
        if model.contract:
            self.closed_month = model.month if lost else (0 if back else self.closed_month)
        totals["acquired"] += joined
        totals["regained"] += back
        totals["orders"] += orders
        totals["revenue"] += revenue
        totals["settled_revenue"] += revenue if settled else 0
        totals["regained_revenue"] += revenue if back else 0
        totals["prospects"] += self.state == PROSPECT
        totals["active"] += self.state == ACTIVE

    def asked_back(self):
        asking, month = self.model.asking, self.model.month
        gone = self.closed_month if self.model.contract else self.last_order_month
        return bool(asking.window and gone > 0 and asking.wait <= month - gone < asking.wait + asking.window
                    and self.spent >= round(100 * asking.least_revenue) * (self.last_order_month - self.first_order_month + 1))

    def starts(self, offered):
        """Whether she joins or comes back, and the part of the month that is left to her if she joins."""
        model, market, terms = self.model, self.model.market, self.model.terms
        joined = back = False
        exposure = 1.0
        if self.state == PROSPECT:
            u = model.luck.uniform(JOIN, self.number)
            joined = u < model.joining
            if joined:
                exposure = clip(1 - u / (model.joining + 1e-12), 0.0, 1.0)
                self.expectation = expectation.first_expectation(self.expectation, terms.promise, market.expectation_promise_weight, 0.0)
        elif self.state == LOST and offered:
            back = model.luck.uniform(JOIN, self.number) < winback.return_probability(
                self.satisfaction, self.cause == SERVICE, terms.winback_discount, self.tenure, market.winback_base, market.winback_satisfaction_effect,
                market.winback_service_effect, market.winback_offer_effect, market.winback_lapse_effect)
        if joined or back:
            self.state, self.tenure = ACTIVE, 0
            self.lives += 1
        return joined, back, exposure

    def orders_wanted(self, joined, back, exposure):
        market = self.model.market
        if self.model.contract:
            return 1
        mean = clip(self.purchase_rate * self.model.terms.price ** -market.purchase_price_elasticity * exposure, 0.0, 28.0)
        orders = int(self.model.luck.poisson(ORDERS, self.number, mean))
        return orders + 1 if joined else (max(orders, 1) if back else orders)

    def served(self):
        """The service as it is, as it is perceived and judged, and what it leaves behind: the encounter, the rise of the log hazard, whether a complaint was settled."""
        market, terms, luck, totals, me = self.model.market, self.model.terms, self.model.luck, self.model.totals, self.number
        u = luck.uniform(FAILURE, me)
        failure = SERIOUS if u < terms.serious_failure else (MINOR if u < terms.serious_failure + terms.minor_failure else NO_FAILURE)
        depth = (0.0, market.failure_minor_depth, market.failure_serious_depth)[failure]
        experience = clip(terms.quality + self.fit + terms.swing * luck.normal(EXPERIENCE, me) - depth, 0.0, 1.0)
        performance = expectation.perceived_performance(
            experience, self.expectation, market.expectation_assimilation, market.expectation_contrast, market.expectation_latitude)
        worth = satisfaction.perceived_value(performance, terms.price, market.satisfaction_price_sensitivity)
        encounter = satisfaction.encounter_satisfaction(
            performance, worth, self.expectation, market.satisfaction_value_weight, market.satisfaction_exceeding, market.satisfaction_falling_short)
        incident, settled = 0.0, False
        if failure:
            totals["failures"] += 1
            encounter, incident, settled = self.complains(failure == SERIOUS, encounter)
        self.satisfaction = satisfaction.cumulative_satisfaction(
            self.satisfaction, encounter, self.tenure, market.satisfaction_anchor_first, market.satisfaction_anchor_last)
        self.trust = loyalty.trust_after(self.trust, encounter, failure and not settled, market.loyalty_trust_speed, market.loyalty_trust_breach)
        self.expectation = expectation.learn(self.expectation, experience, self.experiences, market.expectation_weight)
        self.experiences += 1
        return encounter, incident, settled

    def complains(self, serious, encounter):
        market, terms, luck, totals = self.model.market, self.model.terms, self.model.luck, self.model.totals
        severity = "serious" if serious else "minor"
        stay = {how: getattr(market, f"complaint_stay_{severity}_{how}") for how in ("silent", "unsettled", "settled", "quickly")}
        weight = market.complaint_incident_weight
        if luck.uniform(COMPLAIN, self.number) >= complaint.complaint_probability(getattr(market, f"complaint_{severity}"), terms.access):
            return encounter, complaint.incident(stay["silent"], weight), False
        handling = complaint.complaint_satisfaction(
            terms.compensation, 0.5 if serious else 0.1, terms.courtesy, terms.response_hours, market.complaint_patience_hours,
            market.complaint_distributive, market.complaint_interactional, market.complaint_procedural)
        settled = luck.uniform(SETTLE, self.number) < handling
        totals["complaints"] += 1
        totals["settled"] += settled
        self.complaints += 1
        self.complaints_settled += settled
        rise = (complaint.incident_settled(stay["settled"], stay["quickly"], terms.response_hours, weight) if settled
                else complaint.incident(stay["unsettled"], weight))
        return complaint.after_complaint(encounter, handling, settled, market.complaint_recovery), rise, settled

    def leaves(self, orders, started, incident, luck_of_cause):
        """The cause of leaving or 0, the orders placed, and the hazard of leaving over the service."""
        market, terms = self.model.market, self.model.terms
        common = churn.common_log_hazard(
            self.switching_cost, market.switching_start, self.trust, market.churn_reference_trust, self.lives,
            market.churn_switching_cost_effect, market.churn_trust_effect, market.churn_prior_churn_effect)
        effect = switching.satisfaction_effect(market.churn_satisfaction_effect, market.churn_choice, self.switching_cost, market.switching_moderation)
        by_service = churn.service_hazard(
            self.churn_hazard, 1 - market.churn_price_share - market.churn_circumstances_share, common, self.satisfaction,
            market.churn_reference_satisfaction, effect, incident)
        by_price = churn.price_hazard(self.churn_hazard, market.churn_price_share, common, terms.price, market.churn_price_effect)
        by_circumstances = self.churn_hazard * market.churn_circumstances_share
        if orders > started:
            stayed = churn.occasions_survived(-math.log(self.model.luck.uniform(LEAVE, self.number)), by_service + by_price + by_circumstances)
            if stayed <= orders - started:
                return churn.cause(luck_of_cause, by_service, by_price, by_circumstances), min(orders, math.ceil(stayed) + started), by_service
        return 0, orders, by_service

    def answers(self):
        """Her rating, or −1 when she gives none."""
        market, terms, luck, totals = self.model.market, self.model.terms, self.model.luck, self.model.totals
        if luck.uniform(SURVEY, self.number) >= terms.survey_share * satisfaction.answer_probability(
                self.satisfaction, market.survey_answer_base, market.survey_answer_extreme):
            return -1
        noise = market.survey_leniency + market.survey_noise * luck.normal(MOOD, self.number)
        rating, recommendation = satisfaction.answer(self.satisfaction, noise), satisfaction.answer(0.5 * (self.satisfaction + self.loyalty), noise)
        totals["answers"] += 1
        totals["satisfied"] += rating >= 7
        totals["promoters"] += recommendation >= 9
        totals["detractors"] += recommendation <= 6
        return rating


class MesaModel(mesa.Model):
    """Customers in a given state who live month after month. Parameters as of `NumPyModel`, save that `luck` may be left out: then it is the model's own."""

    def __init__(self, scenario, state, luck=None):
        super().__init__(seed=1)
        self.market, self.contract, self.asking = scenario.market.numbers(), scenario.market.contract, scenario.policy.winback
        self.luck = luck or PlainLuck(self.random)
        columns = {name: array.tolist() for name, array in state._asdict().items()}
        for number in range(len(state.state)):
            Customer(self, number, {name: values[number] for name, values in columns.items()})

    def live(self, month, terms, counts) -> Totals:
        """One month under the firm's terms and the counts of last month's end. Returns the month's sums."""
        market = self.market
        self.month, self.terms, self.totals = month, terms, Counter()
        self.joining = terms.joining if terms.joining >= 0 else purchase.joining_probability(
            market.joining_probability, terms.promise, market.expectation_norm, market.joining_promise_effect, terms.advertising,
            market.joining_advertising_effect, market.joining_recommended * counts.talk_positive / counts.customers,
            market.joining_warned * counts.talk_negative / counts.customers)
        self.luck.turn(month)
        self.step()
        totals = self.totals
        totals["lost"] = totals["lost_service"] + totals["lost_price"] + totals["lost_circumstances"]
        totals["served"] = totals["active"] + totals["lost"]
        return Totals(**{name: totals[name] for name in Totals._fields})

    def step(self):
        """Every customer lives the month."""
        self.agents.do("step")
