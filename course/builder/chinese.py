"""What Simplified Chinese text must look like here: full-width punctuation, 你 and not 您."""

import re

HAN = r"\u3400-\u4dbf\u4e00-\u9fff"

# A half-width mark that touches a Chinese character. A full stop may precede one (a list's "1.").
_HALF_WIDTH = re.compile(rf'[{HAN}][,;:!?.()"]|[,;:!?()"][{HAN}]')
# Parts of Markdown whose punctuation belongs to a machine: code, formulas, targets of links, tags, comments.
_MACHINE = re.compile(
    r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]+\$|(?<=\])\([^)\n]*\)|(?<=\])\[[^\]\n]*\]|<[^>]*>|https?://\S+", re.DOTALL)


def has_chinese(text: str) -> bool:
    return re.search(rf"[{HAN}]", text) is not None


def faults(text: str) -> list[str]:
    """What is wrong with a piece of Chinese prose (Markdown or plain), one line a fault."""
    # U+FFFC stands for what is cut out, so that its neighbours do not come to touch.
    prose = _MACHINE.sub("\ufffc", text)
    found = [f"half-width {match.group()!r}: use full-width punctuation beside Chinese characters"
             for match in _HALF_WIDTH.finditer(prose)]
    if "您" in prose:
        found.append("您: this course says 你")
    return found
