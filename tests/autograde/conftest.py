"""A small assignment of two questions and an essay, and a class in which it was released."""

from pathlib import Path

import pytest

from autograde.assignment import Assignment
from autograde.classroom import Classroom
from autograde.release import release
from course.builder.source import acknowledge, read

MASTER = '''\
# %% [markdown] lang="en"
# # Small sums

# %% [markdown] lang="zh"
# # 小题

# %%
import pandas as pd

import autograde
from crm_sim import text

text.use(LANGUAGE)
sales = pd.read_csv("sales.csv")


# %% nbgrader={"grade": false, "grade_id": "T1-1-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def size(amount):
    ### BEGIN SOLUTION
    return "large" if amount > 10 else "small"
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "T1-1", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
autograde.check("T1.1", size)

# %% nbgrader={"grade": false, "grade_id": "T1-2-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
total = None
### BEGIN SOLUTION
total = sales["amount"].sum()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "T1-2", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
autograde.check("T1.2", total)

# %% [markdown] lang="en" nbgrader={"grade": true, "grade_id": "T1-3", "locked": false, "points": 5, "schema_version": 3, "solution": true, "task": false}
# A reference essay about sums.

# %% [markdown] lang="zh"
# 一篇关于求和的参考答案。
'''
QUESTIONS = '''\
T1.1:
  answer: function
  points: 3
  form: {kind: text, choices: [large, small]}
  visible:
    - {points: 1, with: [20], expect: large}
  hidden:
    - {points: 2, with: [10], expect: small, hint: autograde.verdict.order}
T1.2:
  answer: value
  points: 2
  form: {kind: number}
  hidden:
    - {points: 2, hint: autograde.verdict.order}
'''
DATA = '''\
def write(folder, seed):
    (folder / "sales.csv").write_text(f"amount\\n1\\n{seed}\\n")
'''


@pytest.fixture
def small(tmp_path) -> Assignment:
    """The assignment T1, to be changed at will."""
    home = tmp_path / "assignments"
    (home / "T1").mkdir(parents=True)
    (home / "T1" / "questions.yml").write_text(QUESTIONS)
    (home / "T1" / "data.py").write_text(DATA)
    rewrite(home / "T1_small.py", MASTER)
    return Assignment("T1", home)


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A class in which T1 was released with seed 5; its assignment."""
    folder = tmp_path_factory.mktemp("released")
    assignment = small.__wrapped__(folder)
    classroom = Classroom(folder / "class")
    release(classroom, assignment, seed=5)
    return classroom, assignment


def rewrite(path: Path, source: str):
    """Write a source whose twins count as read side by side."""
    path.write_text(source, encoding="utf-8")
    acknowledge(read(path))
