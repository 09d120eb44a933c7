"""T1: two questions and an essay, small enough to read."""

from pathlib import Path

from autograde.assignment import Assignment
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


def make(folder: Path) -> Assignment:
    """T1 in a new folder, to be changed at will."""
    home = folder / "assignments"
    (home / "T1").mkdir(parents=True)
    (home / "T1" / "questions.yml").write_text(QUESTIONS, encoding="utf-8")
    (home / "T1" / "data.py").write_text(DATA, encoding="utf-8")
    rewrite(home / "T1_small.py", MASTER)
    return Assignment("T1", home)


def rewrite(path: Path, source: str):
    """Write a source whose twins count as read side by side."""
    path.write_text(source, encoding="utf-8")
    acknowledge(read(path))
