"""What good type setting asks for and style sheets cannot do."""

from __future__ import annotations

import re

from site_builder.content.problems import Lang

_WORD_JOINER, _BREAK_HERE = "\u2060", "\u200b"


def display(text: str, lang: Lang) -> str:
    """A title or summary as it is set.

    Chinese: the interpunct of a name ends a line, never begins one (CLREQ 3.1.3). English: curly quotes.
    """
    if lang == "zh":
        return text.replace("·", f"{_WORD_JOINER}·{_BREAK_HERE}")
    text = re.sub(r'(^|[\s(\[])"', "\\1“", text).replace('"', "”")
    return re.sub(r"(^|[\s(\[“])'", "\\1‘", text).replace("'", "’")
