"""`python -m bench`: the simulator beside its peers on the same model, in turn, several times; printed and written to bench/results.md."""

import math
import os
import platform
import statistics
import subprocess
import sys
import time
import warnings
from importlib.metadata import version
from pathlib import Path

import crm_sim as crm
from bench.luck import ArrayLuck
from bench.mesa_model import MesaModel
from bench.numpy_model import NumPyModel
from bench.play import Game

RESULTS = Path(__file__).with_name("results.md")
REPEATS = 5
CUSTOMERS, MONTHS = 100_000, 36
MESA_CUSTOMERS, MESA_MONTHS = 2_000, 6
SHOP = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}  # Fader, Hardie & Lee 2005, weeks
SHOP_WEEKS, SHOP_MONTHS, SHOP_CUSTOMERS, LIFETIMES_CUSTOMERS = 39, 9, 100_000, 2_000
LIBRARIES = ("numpy", "numba", "mesa", "lifetimes", "pandas")


def timed(work) -> tuple[float, float]:
    """Seconds of wall clock and of this process's processors that `work()` takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def in_turn(contestants: dict) -> dict[str, list[tuple[float, float]]]:
    """Every contestant's rates a second, by wall clock and by processor time, `REPEATS` times in turn, so that a busy machine is busy for all.

    A contestant is (how much it does, a function that prepares and returns the work to be timed).
    """
    rates = {name: [] for name in contestants}
    for repeat in range(-1, REPEATS):
        for name, (amount, prepare) in contestants.items():
            wall, cpu = timed(prepare())
            if repeat >= 0:  # the first round warms up
                rates[name].append((amount / wall, amount / cpu))
    return rates


def markets(scenario) -> dict:
    """The simulator on one and two threads, NumPy and Mesa, living the same scenario. The peers' customers are born before the clock is started."""
    def simulator(threads):
        return lambda: lambda: crm.simulate(scenario, CUSTOMERS, MONTHS, threads=threads)

    def numpy_model():
        game = Game(NumPyModel, scenario, CUSTOMERS, ArrayLuck(1))
        return lambda: game.play(MONTHS)

    def mesa_model():
        game = Game(MesaModel, scenario, MESA_CUSTOMERS)
        return lambda: game.play(MESA_MONTHS)

    return {"crm_sim, 1 thread": (CUSTOMERS * MONTHS, simulator(1)), "crm_sim, 2 threads": (CUSTOMERS * MONTHS, simulator(2)),
            "NumPy": (CUSTOMERS * MONTHS, numpy_model), "Mesa": (MESA_CUSTOMERS * MESA_MONTHS, mesa_model)}


def generators() -> dict:
    """39 weeks of the record shop beside lifetimes' generator of BG/NBD. The shop's customers also judge, complain, talk and spend."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lifetimes.generate_data import beta_geometric_nbd_model
    shop = crm.load("cd_shop").change({
        "market.purchase.rate_shape": SHOP["r"], "market.purchase.rate_scale": SHOP["alpha"] * SHOP_MONTHS / SHOP_WEEKS, "market.churn.beta_a": SHOP["a"],
        "market.churn.beta_b": SHOP["b"]})
    return {"crm_sim, 1 thread": (SHOP_CUSTOMERS, lambda: lambda: crm.simulate(shop, SHOP_CUSTOMERS, SHOP_MONTHS, threads=1)),
            "lifetimes": (LIFETIMES_CUSTOMERS, lambda: lambda: beta_geometric_nbd_model(SHOP_WEEKS, **SHOP, size=LIFETIMES_CUSTOMERS))}


def ratio(rates, mine, theirs, clock=1) -> tuple[float, float, float]:
    """How many times faster `mine` is than `theirs`: median, least and most over the rounds; `clock` 0 is the wall, 1 the processor."""
    found = [a[clock] / b[clock] for a, b in zip(rates[mine], rates[theirs])]
    return statistics.median(found), min(found), max(found)


def spread(values) -> str:
    """Median (least–most), with three digits."""
    middle, *ends = (f"{value:,.{max(0, 2 - math.floor(math.log10(value)))}f}" for value in (statistics.median(values), min(values), max(values)))
    return f"{middle} ({'–'.join(ends)})"


def start_up() -> dict[str, list[float]]:
    """Milliseconds of wall clock in a fresh process: importing, and the first simulation when the compiled code is in the cache."""
    script = ("import time; t = time.perf_counter(); import crm_sim as crm; u = time.perf_counter(); "
              "crm.simulate(crm.load('telecom'), 1000, 1, threads=1); print(1000 * (u - t), 1000 * (time.perf_counter() - u))")
    rows = [[float(value) for value in subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True,
                                                      cwd=RESULTS.parent.parent).stdout.split()] for _ in range(REPEATS)]
    return {"importing crm_sim": [row[0] for row in rows], "first simulation, cache warm": [row[1] for row in rows]}


def machine() -> str:
    """Processor, system and versions."""
    name = platform.processor() or platform.machine()
    try:
        facts = [line.split(":", 1) for line in Path("/proc/cpuinfo").read_text().splitlines() if ":" in line]
        name = next(value.strip() for key, value in facts if key.strip() == "model name")
    except (OSError, StopIteration):
        pass
    libraries = ", ".join(f"{library} {version(library)}" for library in LIBRARIES)
    return f"{name}, {os.cpu_count()} processors; {platform.system()}, Python {platform.python_version()}, {libraries}"


def table(rates, unit, scale) -> list[str]:
    """Rows of a Markdown table: a contestant's rates, median (least–most)."""
    rows = [f"| {unit} | of wall clock | of processor time |", "|---|---|---|"]
    for name, found in rates.items():
        rows.append(f"| {name} | {spread([wall * scale for wall, _ in found])} | {spread([cpu * scale for _, cpu in found])} |")
    return rows


def report() -> str:
    load = os.getloadavg() if hasattr(os, "getloadavg") else None
    telecom = crm.load("telecom")
    lived, crowded = in_turn(markets(telecom)), in_turn(markets(telecom.change({"market.start.share": 1.0})))
    generated, started = in_turn(generators()), start_up()
    busy = f" Processes wanting a processor when it began, on average of 1, 5 and 15 minutes: {load[0]:.1f}, {load[1]:.1f}, {load[2]:.1f}." if load else ""
    ratios = [(f"crm_sim, 1 thread, {market}", peer, *ratio(rates, "crm_sim, 1 thread", peer))
              for market, rates in (("half prospects", lived), ("all customers", crowded)) for peer in ("NumPy", "Mesa")]
    ratios.append(("crm_sim's record shop", "lifetimes", *ratio(generated, "crm_sim, 1 thread", "lifetimes")))
    threads = ratio(lived, "crm_sim, 2 threads", "crm_sim, 1 thread", clock=0)
    return "\n".join([
        "# Speed beside peers", "",
        "Written by `make bench`; every figure is from one run. Median (least–most) of "
        f"{REPEATS} rounds in which the contestants take turns. Other work on the machine stretches the wall clock; processor time feels it less, so ratios are taken "
        "on that, round by round, except for two threads, where the wall clock is the point.", "",
        f"{machine()}.{busy}", "",
        "## One market, three ways", "",
        f"The preset `telecom`, whole months of the same model: in the simulator ({CUSTOMERS:,} customers × {MONTHS} months, birth included), in vectorised NumPy "
        f"(`numpy_model.py`, the same size) and as Mesa agents (`mesa_model.py`, {MESA_CUSTOMERS:,} × {MESA_MONTHS}). With the simulator's luck the three live the "
        "same lives, customer by customer (`tests/bench`); here the peers draw from their own generators, and their customers come born.", "",
        "In the preset half of the people are prospects, of whom the peers ask only whether they join; the simulator passes them through every step. "
        "In the second table all are customers at the start.", "",
        *table(lived, "million customer-months a second, half prospects", 1e-6), "",
        *table(crowded, "million customer-months a second, all customers", 1e-6), "",
        "## Buying till you die", "",
        f"{SHOP_WEEKS} weeks of BG/NBD at CDNOW's published estimates: the preset `cd_shop` with these ({SHOP_MONTHS} months; its customers also spend, judge, complain and talk) "
        "beside `lifetimes.generate_data.beta_geometric_nbd_model`.", "",
        *table(generated, "thousand customers a second", 1e-3), "",
        "## Times faster", "",
        "| | than | median | least–most |", "|---|---|---|---|",
        *(f"| {mine} | {peer} | {middle:,.1f} | {least:,.1f}–{most:,.1f} |" for mine, peer, middle, least, most in ratios),
        f"| crm_sim, 2 threads | 1 thread (wall clock) | {threads[0]:.2f} | {threads[1]:.2f}–{threads[2]:.2f} |", "",
        "## Start", "",
        "| | milliseconds |", "|---|---|",
        *(f"| {name} | {spread(values)} |" for name, values in started.items()), ""])


if __name__ == "__main__":
    text = report()
    print(text)
    RESULTS.write_text(text, encoding="utf-8", newline="\n")
