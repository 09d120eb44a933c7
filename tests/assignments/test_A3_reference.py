"""A3's reference solution against its rules, worked out again without it: plain Python, row by row, on the class's own table."""

import csv
import math

import pytest

from autograde.assignment import Assignment
from autograde.release import resolve


@pytest.fixture(scope="module", params=[1, 2])
def worked(request, tmp_path_factory):
    """The expected values of every question, and the dealers as dictionaries of numbers."""
    folder, assignment = tmp_path_factory.mktemp("data"), Assignment("A3")
    assignment.write_data(folder, request.param)
    checks = assignment.checks()
    resolve(checks, assignment.notebooks()["en"], folder)
    with open(folder / "dealers.csv", newline="") as file:
        dealers = {row.pop("dealer"): {name: float(value) for name, value in row.items()} for row in csv.DictReader(file)}
    with open(folder / "shifts.csv", newline="") as file:
        shifts = list(csv.DictReader(file))
    return {name: question.hidden[-1].expect for name, question in checks.questions.items()}, dealers, shifts


def grade(dealer):
    """S9 with this course's two scales and limits: total and class."""
    sales, paid = dealer["sales"], dealer["paid"] / dealer["sales"]
    share, sites, owed = dealer["sales"] / dealer["market"], dealer["key_sites"], dealer["receivable"]
    total = 10 if sales >= 1e7 or dealer["tonnes"] >= 600 else 8 if sales >= 8e6 else 6 if sales >= 5e6 else 4 if sales >= 1e6 else 2
    total += 10 if paid >= 1 else 8 if paid >= 0.8 else 6 if paid >= 0.5 else 4 if paid >= 0.3 else 2
    total += 10 if owed <= 1e4 else 8 if owed <= 2e5 else 6 if owed <= 8e5 else 4 if owed <= 2e6 else 2
    total += 10 if share >= 0.3 else 8 if share >= 0.2 else 6 if share >= 0.1 else 4 if share >= 0.05 else 2
    total += {0: 2, 1: 4, 2: 6, 3: 8, 4: 8}.get(sites, 10)
    return total, "A" if total >= 36 else "B" if total >= 30 else "C"


def credit(dealer):
    months = dealer["receivable"] / dealer["sales"] * dealer["active_months"]
    if dealer["paid"] < 0.8 * dealer["sales"] or months > 3:
        return "risky"
    return "good" if dealer["paid"] >= 0.95 * dealer["sales"] and months <= 1 else "ordinary"


def profit(dealer):
    return (dealer["sales"] * 0.1 - dealer["orders"] * 2000 - dealer["visits"] * 1500 - dealer["complaints"] * 3000 - dealer["receivable"] * 0.08)


def test_entry(worked):
    expected, dealers, _ = worked
    for number, dealer in dealers.items():
        assert expected["A3.2"]["credit"][number] == credit(dealer)
        signs = (dealer["active_months"] >= 10) + (dealer["sales"] >= 75_000 * dealer["orders"])
        assert expected["A3.2"]["need"][number] == "CBA"[signs]
        assert expected["A3.2"]["size"][number] == ("large" if dealer["sales"] > 5e6 else "small" if dealer["sales"] < 5e5 else "medium")


def test_scorecard(worked):
    expected, dealers, _ = worked
    scored = {number: grade(dealer) for number, dealer in dealers.items() if dealer["months"] >= 6}
    assert 0 < len(dealers) - len(scored) < 20
    assert expected["A3.4"]["total"] == {number: total for number, (total, _) in scored.items()}
    assert expected["A3.4"]["grade"] == {number: letter for number, (_, letter) in scored.items()}
    assert set(expected["A3.4"]["grade"].values()) == {"A", "B", "C"}


def test_rfm(worked):
    expected, dealers, _ = worked
    for letter, column in (("r", "last_order"), ("f", "orders"), ("m", "sales")):
        values = [dealer[column] for dealer in dealers.values()]
        for number, dealer in dealers.items():
            below, equal = sum(value < dealer[column] for value in values), values.count(dealer[column])
            assert expected["A3.5"][letter][number] == math.ceil((2 * below + equal + 1) * 5 / (2 * len(values)) - 1e-12)


def test_concentration_and_whale(worked):
    expected, dealers, _ = worked
    sales = sorted((dealer["sales"] for dealer in dealers.values()), reverse=True)
    part = [sum(sales[first:last]) / sum(sales) for first, last in ((0, 8), (8, 32), (32, 80), (80, 160))]
    enough = next(count for count in range(161) if sum(sales[:count]) >= 0.8 * sum(sales))
    assert list(expected["A3.6"].values()) == pytest.approx([part[0] + part[1], enough / 160, *part])
    profits = sorted(map(profit, dealers.values()), reverse=True)
    gains = [one for one in profits if one > 0]
    assert expected["A3.7"]["profit"] == pytest.approx({number: profit(dealer) for number, dealer in dealers.items()})
    assert expected["A3.8"] == pytest.approx({"losing": 160 - len(gains), "peak": sum(gains) / sum(profits), "top_fifth": sum(profits[:32]) / sum(profits)})
    assert expected["A3.8"]["losing"] > 20 and expected["A3.8"]["peak"] > 1.05


def test_equity_and_candidates(worked):
    expected, dealers, _ = worked
    letters = {number: grade(dealer)[1] if dealer["months"] >= 6 else "new" for number, dealer in dealers.items()}
    keeps = {"A": 0.95, "B": 0.88, "C": 0.75, "new": 0.70}

    def equity(better, *grades):
        # The sum of the first thousand years, not the formula.
        each = {letter: sum((keeps[letter] * better) ** year / 1.12**year for year in range(1, 1000)) for letter in keeps}
        return sum(profit(dealer) * each[letters[number]] for number, dealer in dealers.items() if letters[number] in (grades or keeps))
    assert expected["A3.10"] == pytest.approx({"total": equity(1), "A": equity(1, "A"), "retention_gain": equity(1.01) / equity(1) - 1, "margin_gain": 0.01})
    room = {number: dealer["wallet"] - dealer["sales"] for number, dealer in dealers.items() if letters[number] == "C" and credit(dealer) != "risky"}
    assert [str(int(number)) for number in expected["A3.11"]] == sorted(room, key=room.get, reverse=True)[:10]


def test_verdicts(worked):
    expected, _, shifts = worked
    for verdict, row in zip(expected["A3.12"], shifts, strict=True):
        low, high = float(row["low"]), float(row["high"])
        if row["measure"] == "lost":
            low, high = -high, -low
        assert verdict == ("better" if low > 0 else "worse" if high < 0 else "open")
    assert len(set(expected["A3.12"])) > 1


def test_the_same_seed_gives_the_same_data_and_another_seed_other_data(tmp_path):
    written = []
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        (tmp_path / name).mkdir()
        Assignment("A3").write_data(tmp_path / name, seed)
        written.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert written[0] == written[1]
    assert all(written[0][name] != written[2][name] for name in written[0])
