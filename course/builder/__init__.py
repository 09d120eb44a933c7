"""The builder of notebooks: one source, two languages. See `docs/lesson-format.md`."""

from .notebook import build_notebook
from .source import BuildError, Fault

__all__ = ["BuildError", "Fault", "build_notebook"]
