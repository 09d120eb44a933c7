"""`python -m crm_sim` is the command `crm-sim`."""

import sys

from crm_sim.command_line import main

sys.exit(main())
