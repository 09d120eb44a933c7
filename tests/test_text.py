"""The catalogue speaks both languages alike, and each kind of slip is caught."""

import string
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from course.builder import chinese
from course.builder.facts import StrictLoader
from crm_sim import text

ROOT = Path(text.__file__).parent


def placeholders(sentence):
    return sorted({name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None})


def faults(root):
    """Every way in which the catalogues under `root` fall short."""
    files = {language: {path.stem: path for path in sorted((root / language).glob("*.yml"))} for language in ("en", "zh")}
    found = [f"{topic}.yml: not in both languages" for topic in sorted(files["en"].keys() ^ files["zh"].keys())]
    for topic in sorted(files["en"].keys() & files["zh"].keys()):
        try:
            en, zh = (dict(text._flatten(topic, yaml.load(files[language][topic].read_text("utf-8"), StrictLoader), files[language][topic]))
                      for language in ("en", "zh"))
        except (yaml.YAMLError, text.TextError) as problem:
            found.append(str(problem))
            continue
        found += [f"{key}: not in both languages" for key in sorted(en.keys() ^ zh.keys())]
        for key in sorted(en.keys() & zh.keys()):
            if not en[key].strip() or not zh[key].strip():
                found.append(f"{key}: empty")
            if placeholders(en[key]) != placeholders(zh[key]):
                found.append(f"{key}: placeholders {placeholders(en[key])} and {placeholders(zh[key])}")
            if chinese.has_chinese(en[key]):
                found.append(f"{key}: Chinese in the English text")
            found += [f"{key}: {fault} {values}" for fault, values in chinese.faults(zh[key])]
        if not any(chinese.has_chinese(sentence) for sentence in zh.values()):
            found.append(f"zh/{topic}.yml: no Chinese in it")
    return found


def test_the_catalogues_are_sound():
    assert faults(ROOT) == []


@pytest.mark.parametrize("english, chinese_, expected", [
    ("a: One.\nb: Two.", "a: 一。", "t.b: not in both languages"),
    ("a: One {n}.", "a: 一。", "placeholders"),
    ("a: ' '", "a: 一。", "empty"),
    ("a: One.", "a: One.", "no Chinese"),
    ("a: 一。", "a: 一。", "Chinese in the English"),
    ("a: 'One, two.'", "a: 一,二。", "half_width"),
    ("a: One.", "a: 一.", "half_width"),
    ("a: One (1).", "a: 一(1)。", "half_width"),
    ("a: You.", "a: 您好。", "polite_you"),
    ("a: One.\na: Two.", "a: 一。", "twice"),
    ("no: One.", "no: 一。", "quote it"),
    ("a: 1", "a: 一。", "must be a sentence"),
])
def test_a_planted_fault_is_found(tmp_path, english, chinese_, expected):
    for language, content in (("en", english), ("zh", chinese_)):
        (tmp_path / language).mkdir()
        (tmp_path / language / "t.yml").write_text(content, encoding="utf-8")
    assert any(expected in fault for fault in faults(tmp_path)), faults(tmp_path)


@pytest.mark.parametrize("sound", [
    "满意度为 3.5，见 `f(x, y)` 与 [说明](a.md)和 $f(a, b)$。", "1. 第一，{n:,.0f} 位客户。", "<b class=\"x\">重要</b>（Anderson, 1993）。"])
def test_sound_chinese_passes(sound):
    assert chinese.faults(sound) == []


def test_a_file_without_a_twin_is_found(tmp_path):
    for language in ("en", "zh"):
        (tmp_path / language).mkdir()
    (tmp_path / "en" / "t.yml").write_text("a: One.", encoding="utf-8")
    assert faults(tmp_path) == ["t.yml: not in both languages"]


def test_the_language_is_chosen(monkeypatch):
    monkeypatch.setattr(text, "_chosen", None)
    monkeypatch.delenv("CRM_LANG", raising=False)
    assert (text.language(), text.say("text.name")) == ("en", "English")
    monkeypatch.setenv("CRM_LANG", "zh")
    assert (text.language(), text.say("text.name")) == ("zh", "简体中文")
    text.use("en")
    with text.use("zh"):
        assert text.language() == "zh"
    assert text.language() == "en"
    assert text.languages() == ("en", "zh")


def test_an_unknown_language_is_refused_in_both_languages(monkeypatch):
    monkeypatch.setattr(text, "_chosen", None)
    with pytest.raises(text.TextError, match="'fr'.*en, zh.*没有语言"):
        text.use("fr")
    monkeypatch.setenv("CRM_LANG", "xx")
    with pytest.raises(text.TextError, match="'xx'"):
        text.say("text.name")


@pytest.mark.parametrize("key, values, expected", [
    ("text.nome", {}, "did you mean 'text.name'"), ("nowhere.name", {}, "nowhere.yml"), ("../x.name", {}, "no text file"),
    ("text.unknown", {"value": "x"}, "'known'")])
def test_a_wrong_key_or_a_missing_value_is_refused(key, values, expected):
    with text.use("en"), pytest.raises(text.TextError, match=expected):
        text.say(key, **values)


def test_a_value_of_the_wrong_kind_is_refused(monkeypatch):
    monkeypatch.setattr(text, "catalogue", lambda topic, language: {"t.a": "{n:d}"})
    with pytest.raises(text.TextError, match="cannot be filled"):
        text.say("t.a", n="three")


def test_the_module_alone_imports_nothing_heavy():
    code = ("import importlib.util, sys; spec = importlib.util.spec_from_file_location('words', sys.argv[1]); "
            "module = importlib.util.module_from_spec(spec); spec.loader.exec_module(module); module.say('text.name'); "
            "print({'numpy', 'numba', 'pandas', 'matplotlib'} & set(sys.modules))")
    assert subprocess.run([sys.executable, "-c", code, text.__file__], capture_output=True, text=True, check=True).stdout == "set()\n"
