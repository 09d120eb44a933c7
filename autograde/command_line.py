"""``python -m autograde release | collect | grade | feedback``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from autograde.errors import AutogradeError
from crm_sim import text


def main(arguments=None) -> int:
    """Run one command.

    Returns 0 when all went well, 1 when some submissions could not be treated, 2 (after one clear line) on bad input.
    """
    try:
        chosen = _parser().parse_args(arguments)
        return _COMMANDS[chosen.command](chosen)
    except (AutogradeError, text.TextError) as problem:
        print(problem, file=sys.stderr)
    except ModuleNotFoundError as missing:
        # A student's set-up has neither nbgrader nor the course.
        print(text.say("autograde.error.not_for_students", module=missing.name), file=sys.stderr)
    return 2


def _parser():
    parser = argparse.ArgumentParser(prog="autograde", description=text.say("autograde.help.program"))
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in _COMMANDS:
        command = commands.add_parser(name, help=text.say(f"autograde.help.{name}"), description=text.say(f"autograde.help.{name}"))
        command.add_argument("assignment", help=text.say("autograde.help.assignment"))
        command.add_argument("--class", dest="folder", type=Path, default=Path("class"), metavar="FOLDER", help=text.say("autograde.help.class"))
        if name == "release":
            command.add_argument("--seed", type=int, default=1, help=text.say("autograde.help.seed"))
        if name == "collect":
            command.add_argument("--from", dest="origin", type=Path, required=True, metavar="PATH", help=text.say("autograde.help.from"))
        if name == "grade":
            command.add_argument("--timeout", type=int, default=60, metavar="SECONDS", help=text.say("autograde.help.timeout"))
            command.add_argument("--again", action="store_true", help=text.say("autograde.help.again"))
    return parser


# Each command imports what it needs: nbgrader alone takes a second, and a student does not have it.
def _release(chosen):
    from autograde.assignment import Assignment
    from autograde.classroom import Classroom
    from autograde.release import release

    for folder in release(Classroom(chosen.folder), Assignment(chosen.assignment), chosen.seed):
        print(text.say("autograde.release.done", folder=folder))
    return 0


def _collect(chosen):
    from autograde.assignment import Assignment
    from autograde.classroom import Classroom
    from autograde.collect import collect

    left = 0
    for student, taken, sentence in collect(Classroom(chosen.folder), chosen.assignment, Assignment(chosen.assignment).notebook, chosen.origin):
        print(text.say("autograde.collect.line", student=student, sentence=sentence), flush=True)
        left += not taken
    return int(left > 0)


def _grade(chosen):
    from autograde.classroom import Classroom
    from autograde.grade import grade

    left = 0
    for mark in grade(Classroom(chosen.folder), chosen.assignment, chosen.timeout, chosen.again):
        print(mark, flush=True)
        left += mark.problem is not None
    return int(left > 0)


def _feedback(chosen):
    from autograde.classroom import Classroom
    from autograde.feedback import feedback

    left = 0
    for student, page, problem in feedback(Classroom(chosen.folder), chosen.assignment):
        print(text.say("autograde.feedback.done", student=student, page=page) if page
              else text.say("autograde.feedback.problem", student=student, problem=problem), flush=True)
        left += page is None
    return int(left > 0)


_COMMANDS = {"release": _release, "collect": _collect, "grade": _grade, "feedback": _feedback}
