# SPDX-License-Identifier: Apache-2.0
"""Features of a word, as docs/format-casm.md (section 3) defines them: the C++ reader computes the same rows."""

from functools import lru_cache

NORM, PREFIX, SUFFIX, SHAPE, CHARS = 1, 2, 3, 4, 5
NGRAM_KIND = 16  # language identification adds n
MAX_CODE_POINTS = 64

_MAPPED = {}
for _code in (0x2018, 0x2019, 0x201A, 0x201B, 0x02BC, 0x60, 0xB4):
    _MAPPED[chr(_code)] = "'"
for _code in (0x201C, 0x201D, 0x201E, 0xAB, 0xBB):
    _MAPPED[chr(_code)] = '"'
for _code in (0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212):
    _MAPPED[chr(_code)] = "-"


@lru_cache(maxsize=None)
def lower_char(char):
    """Simple lower case: one code point to one. U+0130 is the only one that Python maps to two."""
    return "i" if char == "\u0130" else char.lower()


def lower(text):
    return "".join(map(lower_char, text))


def mapped(form):
    if len(form) > MAX_CODE_POINTS:
        form = form[: MAX_CODE_POINTS // 2] + form[-(MAX_CODE_POINTS // 2) :]
    return "".join(_MAPPED.get(char, char) for char in form)


def norm(form):
    return "".join("0" if "0" <= char <= "9" else char for char in lower(mapped(form)))


def char_class(char):
    if "0" <= char <= "9":
        return "d"
    if lower_char(char) != char:
        return "X"
    code = ord(char)
    if "a" <= char <= "z" or (0xC0 <= code < 0x2000 and code not in (0xD7, 0xF7)):
        return "x"
    if 0x2C00 <= code < 0x3000 or 0x3040 <= code < 0xFE00:
        return "x"
    return char


def shape(form):
    out = []
    for char in mapped(form):
        kind = char_class(char)
        if out[-4:] != [kind] * 4:
            out.append(kind)
    return "".join(out)


def hash_row(kind, text, rows):
    value = 0xCBF29CE484222325
    for byte in bytes([kind]) + text.encode("utf-8"):
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return (value ^ (value >> 32)) % rows


def norm_check(form):
    """The byte that tells the words of one norm row apart."""
    return hash_row(NORM, norm(form), 1 << 32) >> 24


def char_ngrams(form):
    text = "\x02" + norm(form) + "\x03"
    return [text[i : i + n] for n in (3, 4, 5) for i in range(len(text) - n + 1)]


def word_rows(form, sizes):
    """(norm, prefix, suffix, shape) rows and the list of rows of the character n-grams."""
    text = norm(form)
    fixed = (
        hash_row(NORM, text, sizes["norm"]["rows"]),
        hash_row(PREFIX, text[:3], sizes["prefix"]["rows"]),
        hash_row(SUFFIX, text[-4:], sizes["suffix"]["rows"]),
        hash_row(SHAPE, shape(form), sizes["shape"]["rows"]),
    )
    return fixed, [hash_row(CHARS, gram, sizes["chars"]["rows"]) for gram in char_ngrams(form)]


# Tables of features of the models of one language and of those that come from a group (docs/format-casm.md, section 3).
SIZES = {
    "norm": {"rows": 32768, "dim": 96},
    "prefix": {"rows": 4096, "dim": 48},
    "suffix": {"rows": 8192, "dim": 64},
    "shape": {"rows": 1024, "dim": 16},
    "chars": {"rows": 32768, "dim": 64},
}
GROUP_SIZES = {
    "norm": {"rows": 65536, "dim": 52},
    "prefix": {"rows": 4096, "dim": 48},
    "suffix": {"rows": 8192, "dim": 64},
    "shape": {"rows": 1024, "dim": 16},
    "chars": {"rows": 32768, "dim": 48},
}
