"""The simulator on the command line: `crm-sim presets | run | compare | warm`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

import yaml

from crm_sim import __version__, compare, load, presets, simulate
from crm_sim.errors import ScenarioError, require_new_folder
from crm_sim.text import TextError, language, languages, say, use

_SHOWN = ("active", "acquired", "lost", "regained", "revenue", "cost", "profit", "csat", "nps", "complaints")


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        self.exit(2, say("errors.command_usage", message=message) + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="crm-sim", description=say("command_line.about"))
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help=say("command_line.json"))
    common.add_argument("--lang", choices=languages(), help=say("command_line.lang"))
    size = argparse.ArgumentParser(add_help=False)
    size.add_argument("--customers", type=int, default=20_000, help=say("command_line.customers"))
    size.add_argument("--months", type=int, default=36, help=say("command_line.months"))
    size.add_argument("--seed", type=int, default=1, help=say("command_line.seed"))
    size.add_argument("--threads", type=int, help=say("command_line.threads"))
    size.add_argument("--set", action="append", default=[], metavar="SETTING=VALUE", help=say("command_line.set"))
    commands.add_parser("presets", parents=[common], help=say("command_line.presets"))
    run = commands.add_parser("run", parents=[common, size], help=say("command_line.run"))
    run.add_argument("scenario", help=say("command_line.scenario"))
    run.add_argument("--out", metavar="FOLDER", help=say("command_line.out"))
    both = commands.add_parser("compare", parents=[common, size], help=say("command_line.compare"))
    both.add_argument("scenario", nargs="+", help=say("command_line.scenario"))
    both.add_argument("--replications", type=int, default=20, help=say("command_line.replications"))
    commands.add_parser("warm", parents=[common], help=say("command_line.warm"))
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns 0, or 2 after one clear line on bad input."""
    try:
        options = _parser().parse_args(arguments)
        with use(options.lang or language()):
            _COMMANDS[options.command](options)
            sys.stdout.flush()
    except BrokenPipeError:  # who reads has seen enough; what is still to be flushed at exit goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (ScenarioError, TextError) as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


def _changes(options) -> dict:
    """The `--set path=value` of the command as settings; a value is read as YAML."""
    changes = {}
    for setting in options.set:
        path, equals, value = setting.partition("=")
        if not equals:
            raise ScenarioError("--set", setting, say("command_line.no_equals"), say("command_line.set_example"))
        try:
            changes[path] = yaml.safe_load(value)
        except yaml.YAMLError:
            changes[path] = value
    return changes


def _progress(total: int):
    """A bar on standard error for work that takes more than a moment; none when nobody watches."""
    from tqdm import tqdm

    return tqdm(total=total, delay=1.0, leave=False, disable=not sys.stderr.isatty())


def _show(table, options) -> None:
    if options.json:
        print(table.to_json(orient="split", double_precision=10, force_ascii=False))
    else:
        print(table.to_string(float_format=lambda value: f"{value:,.2f}"))


def _presets(options) -> None:
    _show(presets(), options)


def _run(options) -> None:
    if options.out:
        require_new_folder("--out", Path(options.out))
    scenario = load(options.scenario).change(_changes(options))
    with _progress(options.months) as bar:
        run = simulate(scenario, options.customers, options.months, options.seed, options.threads, progress=lambda _: bar.update())
    if options.out:
        run.save(options.out)
    if options.json:
        print(json.dumps({"scenario": scenario.name, "customers": options.customers, "months": options.months, "seed": options.seed, "digest": run.digest(),
                          "kpis": json.loads(run.kpis.to_json(orient="split", double_precision=10))}))
    else:
        print(say("command_line.ran", title=getattr(scenario.title, language()), customers=options.customers, months=options.months, seed=options.seed))
        _show(run.kpis[list(_SHOWN)], options)
        print(say("command_line.digest", digest=run.digest()))


def _compare(options) -> None:
    scenarios = {name: load(name) for name in options.scenario}
    changes = _changes(options)
    if changes:
        scenarios[say("command_line.changed")] = scenarios[options.scenario[0]].change(changes)
    with _progress(max(options.replications, 0) * len(scenarios)) as bar:
        comparison = compare(scenarios, options.customers, options.months, options.seed, options.replications, options.threads, progress=lambda _: bar.update())
    _show(comparison.table(), options)


def _warm(options) -> None:
    for name in presets().index:
        simulate(load(name), customers=10, months=1, seed=1, threads=1)


_COMMANDS = {"presets": _presets, "run": _run, "compare": _compare, "warm": _warm}
