"""``python -m course.builder build [NAME…] | check | acknowledge NAME``."""

import argparse
import os
import sys

from crm_sim import text

from . import checks, facts, tree
from .source import BuildError, acknowledge, read


def main(arguments=None) -> int:
    """Run one command; 0 when it went well, 2 after printing what is wrong, a line each."""
    parser = argparse.ArgumentParser(prog="python -m course.builder", description=text.say("builder.help.program"))
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("build", help=text.say("builder.help.build")).add_argument("names", metavar="NAME", nargs="*")
    commands.add_parser("check", help=text.say("builder.help.check"))
    commands.add_parser("acknowledge", help=text.say("builder.help.acknowledge")).add_argument("names", metavar="NAME", nargs=1)
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "build":
            for path in tree.build(names=chosen.names):
                print(text.say("builder.written", path=os.path.relpath(path)))
        elif chosen.command == "check":
            tree.check()
        else:
            _acknowledge(chosen.names)
    except BuildError as refused:
        print(refused, file=sys.stderr)
        return 2
    return 0


def _acknowledge(names):
    for path in tree.sources(names=names):
        source = read(path)
        faults = checks.faults(source, facts.read())
        if faults:
            raise BuildError(faults)
        for pair in acknowledge(source):
            print(text.say("builder.acknowledged", line=pair.twin_line, words=pair.words["zh"].splitlines()[0]))


if __name__ == "__main__":
    sys.exit(main())
