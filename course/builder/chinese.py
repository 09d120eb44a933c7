"""What Simplified Chinese text must look like here: full-width punctuation, 你 and not 您; and emphasis that Markdown can read."""

import re

HAN = r"\u3400-\u4dbf\u4e00-\u9fff"

# A half-width mark that touches a Chinese character. A full stop may precede one (a list's "1.").
_HALF_WIDTH = re.compile(rf'[{HAN}][,;:!?.()"]|[,;:!?()"][{HAN}]')
# Parts of Markdown whose punctuation belongs to a machine: code, formulas, targets of links, tags, comments.
_MACHINE = re.compile(
    r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]+\$|(?<=\])\([^)\n]*\)|(?<=\])\[[^\]\n]*\]|<[^>]*>|https?://\S+", re.DOTALL)


def has_chinese(words: str) -> bool:
    return re.search(rf"[{HAN}]", words) is not None


def faults(words: str) -> list[tuple[str, dict]]:
    """What is wrong with a piece of Chinese prose (Markdown or plain): keys of `builder.yml` with their values."""
    # U+FFFC stands for what is cut out, so that its neighbours do not come to touch.
    prose = _MACHINE.sub("\ufffc", words)
    found = [("half_width", {"found": match.group()}) for match in _HALF_WIDTH.finditer(prose)]
    return found + [("polite_you", {})] * ("您" in prose)


_EMPHASIS = re.compile(r"(?<![*\\])(\*{1,2})(?![*\s])((?:[^*\n]|\n(?!\n))+?)(?<![\s\\])\1(?!\*)")
_TAGS = {"*": "em", "**": "strong"}


def readable_emphasis(markdown: str) -> str:
    """`markdown` with emphasis as a tag wherever asterisks would stand as they are.

    Markdown reads asterisks by the spaces around them, and Chinese has none: the second pair in ``**存疑。**我们`` closes nothing.
    """
    pieces, at = [], 0
    for machine in [*_MACHINE.finditer(markdown), None]:
        end = machine.start() if machine else len(markdown)
        pieces += [_EMPHASIS.sub(_tagged, markdown[at:end]), machine.group() if machine else ""]
        at = machine.end() if machine else end
    return "".join(pieces)


def _tagged(match):
    marks, words = match.groups()
    before, after = match.string[match.start() - 1:match.start()], match.string[match.end():match.end() + 1]
    opens = before.isalnum() and not words[0].isalnum()
    closes = after.isalnum() and not words[-1].isalnum()
    return f"<{_TAGS[marks]}>{words}</{_TAGS[marks]}>" if opens or closes else match.group()
