import sys

from autograde.command_line import main

sys.exit(main())
