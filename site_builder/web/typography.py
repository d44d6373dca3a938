"""What good type setting asks for and style sheets cannot do."""

from __future__ import annotations

import re

from site_builder.content.problems import Lang


def title_parts(title: str, lang: Lang) -> tuple[str, ...]:
    """A title in the parts between which a line breaks best: a Chinese one after `·` or a colon.

    The interpunct of a name ends a line, it never begins one (CLREQ 3.1.3).
    """
    if lang == "en":
        return (curly(title, lang),)
    return tuple(re.findall("[^·\uff1a]*[·\uff1a]+|[^·\uff1a]+", title))


def curly(text: str, lang: Lang) -> str:
    """English with curly quotes and apostrophes; Chinese as it is."""
    if lang == "zh" or ('"' not in text and "'" not in text):
        return text
    text = re.sub(r'(^|[\s(\[])"', "\\1“", text).replace('"', "”")
    return re.sub(r"(^|[\s(\[“])'", "\\1‘", text).replace("'", "’")
