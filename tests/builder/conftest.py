"""A small tree of its own: three items of a syllabus, two terms, four questions, one sound lesson."""

import shutil

import pytest

from course.builder import facts, source as sources, tree
from crm_sim import text

SYLLABUS = "lectures: [{id: L5, sections: [{id: L5.1, items: [{id: L5.1.1, en: One, zh: 一}]}]}]\n"
GLOSSARY = """\
- {term: {en: customer satisfaction, zh: 客户满意}, definition: {en: A., zh: 甲。}, lecture: L5}
- {term: {en: satisfaction, zh: 满意}, definition: {en: B., zh: 乙。}, lecture: L5}
- {term: {en: complaint, zh: 投诉}, variants: {zh: [抱怨]}, definition: {en: C., zh: 丙。}, lecture: L5}
"""
QUESTIONS = """\
L5-01:
  syllabus: L5.1.1
  type: single
  difficulty: 1
  question: {en: "Which is $S$?", zh: "哪个是 $S$？"}
  options:
    - {text: {en: The first, zh: 第一个}, correct: true, why: {en: It is., zh: 是的。}}
    - {text: {en: The second, zh: 第二个}, why: {en: It is not., zh: 不是。}}
  explanation: {en: Because., zh: 因为如此。}
L5-02:
  syllabus: L5.1.1
  type: multiple
  difficulty: 2
  question: {en: "Which two?", zh: "哪两个？"}
  options:
    - {text: {en: The first, zh: 第一个}, correct: true, why: {en: It is., zh: 是的。}}
    - {text: {en: The second, zh: 第二个}, why: {en: It is not., zh: 不是。}}
    - {text: {en: The third, zh: 第三个}, correct: true, why: {en: It is., zh: 是的。}}
  explanation: {en: Because., zh: 因为如此。}
L5-03:
  syllabus: L5.1.1
  type: numeric
  difficulty: 2
  question: {en: "How many?", zh: "多少？"}
  answer: 0.25
  tolerance: 0.01
  unit: {en: per month, zh: 每月}
  mistakes:
    - {value: 4, why: {en: That is its inverse., zh: 那是它的倒数。}}
  explanation: {en: Because., zh: 因为如此。}
L5-04:
  syllabus: L5.1.1
  type: ordering
  difficulty: 3
  question: {en: "In which order?", zh: "顺序如何？"}
  options:
    - {text: {en: The last, zh: 最后}, position: 3}
    - {text: {en: The first, zh: 最先}, position: 1}
    - {text: {en: The middle, zh: 中间}, position: 2}
  explanation: {en: Because., zh: 因为如此。}
"""
LESSON = '''\
# %% [markdown] lang="en" id="opening" syllabus=["L5.1.1"]
# # Customer satisfaction
#
# It moves by $w(P-E)$; see [the paper](https://example.org/a) and `run.kpis`.

# %% [markdown] lang="zh"
# # 客户满意
#
# 它按 $w(P-E)$ 变化，见[论文](https://example.org/a)和 `run.kpis`。

# %% tags=["setup"]
from crm_sim import text
text.use(LANGUAGE)

# %% [markdown] lang="en" audience="instructor"
# Ask who complained.

# %% [markdown] lang="zh"
"""
问问谁抱怨过。
"""

# %%
text.language()

# %%
text.language()

# %% [markdown] self_check="L5-01"
'''


class Plant:
    """The little tree, with what a test needs to change it and look at it."""

    def __init__(self, root):
        self.root = root
        self.path = root / "lectures" / "source" / "lesson.py"

    def write(self, content, *, acknowledged=True):
        self.path.write_text(content, encoding="utf-8")
        if acknowledged:
            sources.acknowledge(sources.read(self.path))
        return self.path

    def change(self, old, new, *, acknowledged=True):
        """Replace `old`, which must stand in the lesson, once."""
        content = self.path.read_text(encoding="utf-8")
        assert content.count(old) >= 1, old
        return self.write(content.replace(old, new, 1), acknowledged=acknowledged)

    @property
    def facts(self):
        facts.read.cache_clear()
        return facts.read(self.root / "course")

    def refusals(self):
        """The lines with which the builder refuses the tree; empty when it builds."""
        facts.read.cache_clear()
        try:
            tree.outputs(self.root)
        except sources.BuildError as refused:
            return [str(fault) for fault in refused.faults]
        return []


@pytest.fixture(autouse=True)
def english():
    with text.use("en"):
        yield


@pytest.fixture
def plant(tmp_path):
    for folder in ("lectures/source", "course/questions", "course/builder"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "course" / "syllabus.yml").write_text(SYLLABUS, encoding="utf-8")
    (tmp_path / "course" / "glossary.yml").write_text(GLOSSARY, encoding="utf-8")
    (tmp_path / "course" / "questions" / "L5.yml").write_text(QUESTIONS, encoding="utf-8")
    for schema in ("questions/schema.json", "builder/glossary.schema.json"):
        shutil.copy(facts.HOME / schema, tmp_path / "course" / schema)
    plant = Plant(tmp_path)
    plant.write(LESSON)
    return plant
