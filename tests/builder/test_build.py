"""What the builder makes: two notebooks that share ids, byte for byte the same each time, and a student's edition."""

import json

import nbformat
import pytest

from course.builder import build_notebook, checks, chinese, facts, markdown, questions, tree
from course.builder.__main__ import main


def ids(notebook):
    return [cell.id for cell in notebook.cells]


def test_the_two_languages_share_ids_and_code(plant):
    en, zh = (build_notebook(plant.path, language, facts=plant.facts) for language in ("en", "zh"))
    assert ids(en) == ids(zh) and ids(en)[0] == "opening" and len(set(ids(en))) == len(en.cells)
    assert en.cells[0].source.startswith("# Customer") and zh.cells[0].source.startswith("# 客户满意")
    assert zh.cells[2].source == "<details><summary>教师用</summary>\n\n问问谁抱怨过。\n\n</details>"
    assert [en.cells[1].source, zh.cells[1].source] == [f'from crm_sim import text\ntext.use("{language}")' for language in ("en", "zh")]
    assert (en.metadata.title, zh.metadata.title) == ("Customer satisfaction", "客户满意")
    assert (zh.metadata.crm.language, zh.metadata.kernelspec.name) == ("zh", "python3")


def test_the_metadata_arrives(plant):
    cells = build_notebook(plant.path, "zh", facts=plant.facts).cells
    assert cells[0].metadata == {"syllabus": ["L5.1.1"]}
    assert cells[1].metadata == {"tags": ["setup"]}
    assert cells[2].metadata == {"audience": "instructor", "tags": ["instructor"]}


def test_the_students_edition_leaves_out_the_instructors_notes_and_nothing_else(plant):
    full = build_notebook(plant.path, "en", facts=plant.facts)
    students = build_notebook(plant.path, "en", "student", facts=plant.facts)
    assert ids(students) == [cell.id for cell in full.cells if "audience" not in cell.metadata]
    assert "who complained" in nbformat.writes(full) and "who complained" not in nbformat.writes(students)


def test_a_student_may_read_what_an_instructor_does_not(plant):
    plant.change('audience="instructor"', 'audience="student"')
    full, students = (nbformat.writes(build_notebook(plant.path, "en", edition, plant.facts)) for edition in ("instructor", "student"))
    assert "who complained" not in full and "who complained" in students and "<details><summary>For" not in students


def test_a_link_may_lead_into_the_folder_of_its_language(plant):
    for words in ("who complained", "谁抱怨过"):
        plant.change(words, f"{words} [LANGUAGE](../LANGUAGE/a.md)", acknowledged=False)
    plant.change("LANGUAGE", "LANGUAGE")
    cell = build_notebook(plant.path, "zh", facts=plant.facts).cells[2]
    assert "[LANGUAGE](../zh/a.md)" in cell.source


def test_an_edit_changes_no_id_but_its_own(plant):
    before = ids(build_notebook(plant.path, "en", facts=plant.facts))
    plant.change("Ask who complained", "Ask again who complained")
    after = ids(build_notebook(plant.path, "en", facts=plant.facts))
    assert [old == new for old, new in zip(before, after)] == [True, True, False, True, True, True, True]
    plant.change("# %%\ntext.language()", "# %%\nx = 1\n\n# %%\ntext.language()")
    assert [one for one in ids(build_notebook(plant.path, "en", facts=plant.facts)) if one in after] == after


def test_the_files_are_canonical(plant):
    changed = tree.build(plant.root)
    assert sorted(path.relative_to(plant.root / "lectures").as_posix() for path in changed) == [
        f"{language}/lesson.{suffix}" for language in ("en", "zh") for suffix in ("ipynb", "questions.json")]
    for path in changed:
        content = path.read_text("utf-8")
        assert content.endswith("}\n") and "\\u" not in content
        assert content == json.dumps(json.loads(content), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        if path.suffix == ".ipynb":
            nbformat.validate(nbformat.read(path, as_version=4))
            assert json.loads(content)["nbformat_minor"] == 5
    assert tree.build(plant.root) == []


def test_a_self_check_becomes_a_static_twin_and_a_live_cell(plant):
    twin, live = build_notebook(plant.path, "zh", facts=plant.facts).cells[-2:]
    assert live.source == 'from crm_sim.lab.self_check import self_check\nself_check("L5-01")'
    assert (twin.id, live.id) == ("check-L5-01", "check-L5-01-answer")
    assert twin.source == "\n\n".join([
        "**自测** · 单选题", "哪个是 $S$？", "- **A.** 第一个\n- **B.** 第二个", "<details><summary>答案与解析</summary>",
        "正确答案：**A**。", "因为如此。", "- **A.** ✓ 是的。\n- **B.** ✗ 不是。", "</details>"])
    tree.build(plant.root)
    bank = json.loads((plant.root / "lectures" / "zh" / "lesson.questions.json").read_text("utf-8"))
    assert bank["language"] == "zh" and list(bank["questions"]) == ["L5-01"] and bank["questions"]["L5-01"]["options"][1] == {"text": "第二个", "why": "不是。"}


@pytest.mark.parametrize("written, expected", [
    ("**存疑。**我们专挑了**好**的", "<strong>存疑。</strong>我们专挑了**好**的"), ("*“期望。”*没来", "<em>“期望。”</em>没来"),
    ("说**“满意”**", "说<strong>“满意”</strong>"), ("**存疑**：我们", None), ("**存疑。** 我们", None), ("- **甲。**\n- **乙。**", None), ("`a**b。**c`", None),
    ("$a*b*c$ 与 `x*。*y`", None), ("**跨\n行。**好", "<strong>跨\n行。</strong>好")])
def test_emphasis_beside_chinese_is_made_readable(written, expected):
    made = chinese.readable_emphasis(written)
    assert made == (expected or written)
    assert "*" not in markdown.dissect(made).prose


@pytest.mark.parametrize("name, expected", [
    ("L5-02", "Right answer: **A and C**."), ("L5-03", "Right answer: **0.25 per month**."), ("L5-04", "Right answer: **B → C → A**.")])
def test_the_static_twin_gives_the_answer_of_every_type(plant, name, expected):
    question = questions.in_language(plant.facts.questions[name], "en")
    assert expected in questions.static_twin(question, "en")


def test_an_assignment_is_checked_but_not_built(plant):
    folder = plant.root / "course" / "assignments"
    folder.mkdir()
    (folder / "A1.py").write_text('# %% nbgrader={"grade_id": "q1", "grade": false, "locked": false, "schema_version": 3, "solution": true, "task": false}\n'
                                  "### BEGIN SOLUTION\nx = 1\n### END SOLUTION\n", encoding="utf-8")
    assert not [path for path in tree.outputs(plant.root) if "A1" in path.name]
    cell = build_notebook(folder / "A1.py", "zh", facts=plant.facts).cells[0]
    assert cell.id == "q1" and cell.metadata.nbgrader.grade_id == "q1"
    (folder / "A1.py").write_text("# %%\nx = '满意'\n", encoding="utf-8")
    assert any("A1.py:2" in line for line in plant.refusals())


@pytest.mark.parametrize("language, edition", [("fr", "student"), ("en", "teacher")])
def test_an_unknown_language_or_edition_is_refused(plant, language, edition):
    with pytest.raises(ValueError, match="must be one of"):
        build_notebook(plant.path, language, edition, plant.facts)


def test_the_real_tree_is_fresh():
    """The committed notebooks are what their sources make."""
    tree.check()


def test_the_real_glossary_is_sound():
    import yaml
    entries = yaml.safe_load((facts.HOME / "glossary.yml").read_text("utf-8"))
    no_terms = facts.Facts(frozenset(), (), {})
    problems = [(entry["term"]["en"], *fault) for entry in entries for fault in checks.twin_faults(entry["definition"], no_terms)]
    forms = [form.lower() for entry in entries for form in [entry["term"]["en"], *entry.get("variants", {}).get("en", [])]]
    assert problems == [] and len(forms) == len(set(forms)) and len(entries) >= 45


def test_the_real_question_bank_is_sound():
    known = facts.read()
    assert [(name, *fault) for name, question in known.questions.items() for fault in checks.question_faults(question, known)] == []


def test_the_lessons_format_page_shows_a_sound_example(plant):
    page = (facts.HOME.parent / "docs" / "lesson-format.md").read_text("utf-8")
    example = page.split("```python\n")[1].split("```")[0]
    (plant.root / "course" / "syllabus.yml").write_text((facts.HOME / "syllabus.yml").read_text("utf-8"), encoding="utf-8")
    (plant.root / "course" / "glossary.yml").write_text((facts.HOME / "glossary.yml").read_text("utf-8"), encoding="utf-8")
    (plant.root / "course" / "questions" / "L5.yml").write_text(page.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    plant.write(example + '\n# %% [markdown] self_check="L5-01"\n')
    assert plant.refusals() == []


def test_the_commands_run(capsys):
    assert main(["check"]) == 0
    assert capsys.readouterr().out == ""
