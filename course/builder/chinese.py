"""What Simplified Chinese text must look like here: full-width punctuation, 你 and not 您."""

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
