"""The version of the simulator: results are the same bits within one version."""

VERSION = "0.1.0"
