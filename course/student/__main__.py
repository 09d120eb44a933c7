"""``python -m course.student [--class FOLDER] [--seed N] [--out FOLDER]``."""

import argparse
import sys
from pathlib import Path

from autograde.classroom import Classroom
from autograde.errors import AutogradeError
from course.builder import BuildError
from course.student.kit import make
from crm_sim import text


def main(arguments=None) -> int:
    """Make the zips; 0 when it went well, 2 after saying what is wrong."""
    try:
        parser = argparse.ArgumentParser(prog="python -m course.student", description=text.say("autograde.kit.help"))
        parser.add_argument("--class", dest="folder", type=Path, default=Path("class"), metavar="FOLDER", help=text.say("autograde.help.class"))
        parser.add_argument("--seed", type=int, default=1, help=text.say("autograde.help.seed"))
        parser.add_argument("--out", type=Path, default=Path("dist"), metavar="FOLDER", help=text.say("autograde.kit.out"))
        chosen = parser.parse_args(arguments)
        for path in make(chosen.out, Classroom(chosen.folder), chosen.seed):
            print(text.say("autograde.release.done", folder=path))
    except (AutogradeError, BuildError, text.TextError) as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
