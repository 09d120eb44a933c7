"""Every committed notebook of a reader's language runs from top to bottom, without an error or a warning."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

LECTURES = Path(__file__).parents[2] / "lectures"
NOTEBOOKS = sorted(LECTURES.glob("??/*.ipynb"))


def test_both_languages_have_the_same_notebooks():
    names = {language: {path.name for path in NOTEBOOKS if path.parent.name == language} for language in ("en", "zh")}
    assert names["en"] == names["zh"] and {"welcome.ipynb", "L5_satisfaction.ipynb", "scenario_lab.ipynb"} <= names["en"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_notebook_runs(path, tmp_path, monkeypatch):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    # A missing glyph is a warning of Matplotlib's, on standard error.
    assert [output.text for output in outputs if output.output_type == "stream" and output.name == "stderr"] == []
    assert any("image/png" in output.get("data", {}) or "text/html" in output.get("data", {}) for output in outputs)
