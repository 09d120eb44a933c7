"""The one way in which this package compiles a function: strict IEEE arithmetic, no interpreter lock, cached.

Numba's cache knows the file a function stands in, not the functions that it calls: a change in `satisfaction.py` would
leave a stale month behind. The cache therefore lives in a folder named after the sources of the whole package.
"""

import hashlib
import os
import tempfile
from pathlib import Path

import numba
from numba.core import config


def _cache_folder() -> str:
    package = Path(__file__).parent
    digest = hashlib.sha256()
    for source in sorted([*package.glob("*.py"), *package.glob("customer/*.py"), *package.glob("firm/*.py")]):
        digest.update(source.read_bytes())
    parent = package / "__pycache__"
    try:
        parent.mkdir(exist_ok=True)
        writable = os.access(parent, os.W_OK)
    except OSError:
        writable = False
    root = parent if writable else Path(tempfile.gettempdir()) / f"crm_sim_{os.environ.get('USER', 'cache')}"
    return str(root / f"compiled-{digest.hexdigest()[:16]}")


CACHE_FOLDER = _cache_folder()


def _compile(function, **options):
    before, config.CACHE_DIR = config.CACHE_DIR, CACHE_FOLDER
    try:
        return numba.njit(nogil=True, error_model="numpy", **options)(function)
    finally:
        config.CACHE_DIR = before


def compiled(function):
    """Compile a small function of numbers; its body is put where it is called, so that a loop over it vectorises.

    The result is the same to the bit on every machine: no fast-math, no fused multiply-add.
    """
    return _compile(function, forceinline=True, cache=True)


def compiled_loop(function):
    """Compile a function that runs over a block of customers, and keep the machine code for the next process."""
    return _compile(function, cache=True)
