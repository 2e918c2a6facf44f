# SPDX-License-Identifier: Apache-2.0
"""Lemmas as edit scripts (docs/format-casm.md, section 6)."""

from features import lower


def lower_flag(form, lemma):
    """True if the lemma is made from the lower-cased form; None if the form has nothing to lower."""
    if lower(form) == form:
        return None
    return lemma == lower(lemma)


def edit_script(base, lemma):
    """Script that keeps the common prefix; a whole replacement if nothing is common."""
    common = 0
    while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
        common += 1
    if common == 0:
        return ("r", lemma)
    return ("e", 0, "", len(base) - common, lemma[common:])


def apply(script, form, lowered):
    base = lower(form) if lowered else form
    if script[0] == "r":
        result = script[1]
    else:
        _, start, before, end, behind = script
        result = base if start + end > len(base) else before + base[start : len(base) - end] + behind
    return result or form


def count_scripts(pairs):
    """Chooses for each (form, lemma) the suffix script or the replacement, whichever serves more distinct forms."""
    suffix, whole = {}, {}
    for form, lemma in set(pairs):
        base = lower(form) if lower_flag(form, lemma) else form
        suffix.setdefault(edit_script(base, lemma), set()).add(base)
        whole.setdefault(("r", lemma), set()).add(base)
    return suffix, whole


def choose(form, lemma, suffix, whole):
    base = lower(form) if lower_flag(form, lemma) else form
    script = edit_script(base, lemma)
    removed = len(script[4]) + script[3] if script[0] == "e" else 99
    if script[0] == "e" and (removed <= 2 or len(suffix.get(script, ())) >= 3):
        return script
    return ("r", lemma) if len(whole.get(("r", lemma), ())) >= len(suffix.get(script, ())) else script
