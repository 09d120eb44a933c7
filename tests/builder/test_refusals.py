"""Every refusal of the builder, each proven by planting its fault in a lesson that is sound."""

import re

import pytest

from course.builder import source as sources, tree
from course.builder.__main__ import main

EN, ZH = "moves by $w(P-E)$", "它按 $w(P-E)$ 变化"


def test_the_sound_lesson_is_accepted(plant):
    assert plant.refusals() == []


@pytest.mark.parametrize("old, new, expected", [
    # twins
    ('audience="instructor"', 'audience="instructor"\n# First.\n\n# %% [markdown] lang="en"', r":15: .*not followed at once"),
    ("# %%\ntext.language()", '# %% [markdown] lang="zh"\n# 多余。\n\n# %%\ntext.language()', "follow its English twin"),
    ('lang="en" id', "id", r':1: .*needs lang="en"'),
    ('lang="zh"', 'lang="zh" tags=["x"]', "leave out: tags"),
    ('lang="en" id', 'lang="en" ack="1.2" id', "belongs to the Chinese twin"),
    ("# %% [markdown]", "---\n# %% [markdown]", "must begin with a cell marker"),
    ("# %%\n", "# %% [raw]\n", "must begin with a cell marker"),
    ("# %%\ntext.language()", "\n\n# %%\ntext.language()\n\n\n", None),  # blank lines mean nothing
    ('# # Customer satisfaction\n#', '# # Customer satisfaction\n\n', None),
    # what twins share
    ("# # 客户满意", "# ## 客户满意", r"headings differ.*\[1\].*\[2\]"),
    ("# # 客户满意", "# # 客户满意\n# ## 引言", "headings differ"),
    (ZH, "它按 $w(P-F)$ 变化", r"formulas differ.*w\(P-E\).*w\(P-F\)"),
    (EN, "moves by\n#\n# $$w(P-E)$$\n#\n", None),
    (EN, "moves by\n#\n# $$w(P+E)$$\n#\n", "formulas differ"),
    ("论文](https://example.org/a)", "论文](https://example.org/b)", "links or images differ"),
    ("[论文](https://example.org/a)", "![图](https://example.org/a)", None),
    ("[论文](https://example.org/a)", "论文", "links or images differ"),
    ("Ask who", "Ask [who](lost.ipynb)", "no source makes lost.ipynb"),
    ("和 `run.kpis`", "和 `run.truth`", "code differs"),
    ("问问谁抱怨过。", "Ask who complained.", "no Chinese"),
    ("Ask who complained.", "Ask who 抱怨.", "Chinese in the English"),
    (ZH, "它按 $w(P-E)$ 变化,", "half-width '化,'"),
    (ZH, "**存疑。**它按 $w(P-E)$ 变化", None),
    (ZH, "** 存疑**它按 $w(P-E)$ 变化", "an asterisk stands"),
    (EN, "moves **by $w(P-E)$", "an asterisk stands"),
    (ZH, "您说 $w(P-E)$", "polite form"),
    # terms
    ("# # 客户满意", "# # 顾客的满足", "'customer satisfaction'.*客户满意"),
    ("who complained", "about complaints", None),
    ("问问谁抱怨过。", "问问谁不高兴。", None),
    # code
    ("text.language()", "满意 = 1", r":24: Chinese in a code cell"),
    ("text.language()", "x = '满意'", "Chinese in a code cell"),
    ("text.language()", "x = 1  # 注释", "Chinese in a code cell"),
    ("text.language()", "x = 1  # a note", "a comment in a code cell"),
    ("text.language()", "print('Active customers')", "words in a code cell: 'Active customers'"),
    ("text.language()", "x = f'{1} customers left'", "words in a code cell"),
    ("text.language()", "print('customers')", "words in a code cell"),
    ("text.language()", "print(f'customers: {1:,.0f}')", "words in a code cell"),
    ("text.language()", "ax.set(title='Satisfaction')", "words in a code cell"),
    ("text.language()", "ax.legend(['today'])", "words in a code cell"),
    ("text.language()", "x = (", "not Python"),
    ("text.language()", "%matplotlib inline\nprint(text.say('plots.active'), f'{1:.2f}')\nax.plot(x, label='plots.active')", None),
    ("text.language()", "x = frame[frame['state'] == 'active']['revenue']", None),
    ("text.language()", "### BEGIN SOLUTION\nx = 'two words'  # why so\n### END SOLUTION", None),
    ("text.language()", "### BEGIN SOLUTION\nx = '两个'\n### END SOLUTION", "Chinese in a code cell"),
    ("text.language()", "### BEGIN SOLUTION\n### END SOLUTION\nx = 'two words'", "words in a code cell"),
    # metadata
    ('syllabus=["L5.1.1"]', 'syllabus=["L5.9.9"]', "no 'L5.9.9' in course/syllabus.yml"),
    ('tags=["setup"]', 'tag=["setup"]', "unknown metadata: tag"),
    ('audience="instructor"', 'audience="teacher"', "audience 'teacher' is unknown"),
    ('tags=["setup"]', 'id="opening"', "id 'opening' stands twice"),
    ('tags=["setup"]', 'id="no spaces"', "must be 1 to 64 letters"),
    ('tags=["setup"]', 'id="check-L5-01"', "stands twice"),
    ('self_check="L5-01"\n', 'self_check="L5-01"\n\n# %% [markdown] self_check="L5-01"\n', "stands twice"),
    ('self_check="L5-01"', 'self_check="L5-99"', "no question 'L5-99'"),
    ('self_check="L5-01"\n', 'self_check="L5-01"\n# Words.\n', "has no text"),
])
def test_a_planted_fault_is_refused(plant, old, new, expected):
    try:
        plant.change(old, new)
    except sources.BuildError:  # the pairing itself is refused, so there is nothing to acknowledge
        pass
    refusals = plant.refusals()
    if expected is None:
        assert refusals == []
    else:
        assert any(re.search(expected, line) for line in refusals), refusals
        assert all(re.match(r"\S*lesson\.py:\d+: [^\n]+$", line) for line in refusals), refusals


def test_chinese_in_a_formula_is_refused(plant):
    for formula in ("w(P-E)",) * 2:
        plant.change(f"${formula}$", r"$w(P-\text{期望})$", acknowledged=False)
    plant.change("moves", "moves")
    assert any("Chinese inside a formula" in line for line in plant.refusals())


@pytest.mark.parametrize("old, new, expected", [
    ("Ask who", "Ask again who", "the English changed.*adapt the Chinese"), ("问问谁", "再问问谁", "the Chinese changed.*adapt the English")])
def test_a_twin_that_changed_alone_is_refused_until_acknowledged(plant, old, new, expected, monkeypatch):
    plant.change(old, new, acknowledged=False)
    refusals = plant.refusals()
    assert len(refusals) == 1 and re.search(expected, refusals[0]), refusals
    assert [pair.words["en"].split()[0] for pair in sources.acknowledge(sources.read(plant.path))] == ["Ask"]
    assert plant.refusals() == []


def test_a_pair_never_read_is_refused(plant):
    plant.write(plant.path.read_text("utf-8") + '\n# %% [markdown] lang="en"\n# New.\n\n# %% [markdown] lang="zh"\n# 新。\n', acknowledged=False)
    assert re.search("not been read side by side", plant.refusals()[0])


def test_acknowledging_changes_nothing_but_the_mark(plant):
    before = plant.path.read_text("utf-8")
    plant.change("Ask who", "Ask again who")
    after = plant.path.read_text("utf-8")
    differing = [(old, new) for old, new in zip(before.splitlines(), after.splitlines()) if old != new]
    assert len(differing) == 2 and differing[0][1] == "# Ask again who complained."
    assert re.fullmatch(r'# %% \[markdown\] lang="zh" ack="[0-9a-f]{6}\.[0-9a-f]{6}"', differing[1][1])


@pytest.mark.parametrize("old, new, expected", [
    ("difficulty: 1", "difficulty: 4", "L5-01.difficulty"), ("type: single", "type: essay", "L5-01"),
    ("syllabus: L5.1.1\n  type: single", "syllabus: L9\n  type: single", "question L5-01: no 'L9'"),
    ("L5-02:", "L5-01:", "'L5-01' stands twice"), ("L5-02:", "L6-02:", "must begin with its file's name"),
    ("correct: true, why: {en: It is., zh: 是的。}}\n    - {text: {en: The second, zh: 第二个}, why",
     "correct: true, why: {en: It is., zh: 是的。}}\n    - {text: {en: The second, zh: 第二个}, correct: true, why", "2 options are marked correct"),
    ("{en: Because., zh: 因为如此。}", "{en: Because., zh: 因为如此.}", "question L5-01: half-width"),
    ("哪个是 $S$？", "哪个是 $T$？", "question L5-01: formulas differ"),
    ("question: {en", "question: en: {", "this is not YAML"),
    (", zh: 第一个", "", "L5-01.options.0"),
])
def test_a_fault_in_the_question_bank_is_refused(plant, old, new, expected):
    path = plant.root / "course" / "questions" / "L5.yml"
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    try:
        refusals = plant.refusals()
    except sources.BuildError as refused:
        refusals = [str(refused)]
    assert any(re.search(expected, line) for line in refusals), refusals


def test_a_mistake_that_would_count_as_right_is_refused(plant):
    path = plant.root / "course" / "questions" / "L5.yml"
    path.write_text(path.read_text("utf-8").replace("value: 4,", "value: 0.26,"), encoding="utf-8")
    plant.change('self_check="L5-01"', 'self_check="L5-03"')
    assert any("0.26 would count as right" in line for line in plant.refusals())


@pytest.mark.parametrize("old, new", [("position: 2", "position: 3"), ("position: 2", "position: 4")])
def test_an_ordering_without_an_order_is_refused(plant, old, new):
    path = plant.root / "course" / "questions" / "L5.yml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    plant.change('self_check="L5-01"', 'self_check="L5-04"')
    assert any("positions must be 1 to 3" in line for line in plant.refusals())


def test_nothing_is_written_when_anything_is_wrong(plant):
    (plant.path.parent / "second.py").write_text("# %%\nx = '满意'\n", encoding="utf-8")
    with pytest.raises(sources.BuildError):
        tree.build(plant.root)
    assert not list(plant.root.glob("lectures/*/*.ipynb"))


@pytest.mark.parametrize("damage, expected", [
    (lambda path: path.write_text(path.read_text("utf-8").replace("language()", "languages()"), "utf-8"), "is not what its source makes"),
    (lambda path: path.write_text(path.read_text("utf-8").replace('"execution_count": null', '"execution_count": 1', 1), "utf-8"), "holds outputs"),
    (lambda path: path.unlink(), "not built"),
    (lambda path: path.with_name("old.ipynb").write_text(path.read_text("utf-8"), "utf-8"), "no source makes this"),
    (lambda path: path.with_name("lesson.questions.json").write_text("{}", "utf-8"), "is not what its source makes"),
])
def test_committed_notebooks_that_are_not_what_the_source_makes_are_refused(plant, damage, expected):
    tree.build(plant.root)
    tree.check(plant.root)
    damage(plant.root / "lectures" / "zh" / "lesson.ipynb")
    with pytest.raises(sources.BuildError, match=expected):
        tree.check(plant.root)


def test_the_command_line_says_what_is_wrong_in_one_line(capsys):
    assert main(["build", "nothing"]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and "no source 'nothing'" in captured.err and captured.err.count("\n") == 1
