#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Expected values for the tests of the runtime: golden.py MODEL.casm LANGID.casm OUT_DIR

01.json … one file for each line of golden_sentences.txt; features.json the feature rows of awkward words;
identify.json the language of the lines of golden_texts.tsv.

Rows are exact. Values come from the numpy reference reader in 32-bit floats; another order of sums moves them by less
than `tolerance`. `margin` tells how clear the closest decision of the sentence was, so that a test with coarser
arithmetic knows what may differ.
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np

import casm
import langid
from analyse import Analyser
from features import norm, shape, word_rows

TOLERANCE = 0.002


def short(vector, count=8):
    return [round(float(value), 5) for value in vector[:count]]


def margins(scores, sizes):
    """The smallest gap between the best and the second best of each decision."""
    out = {}
    for key, block in zip(
        ("upos", "xpos", "feats", "lemma_scripts"), np.split(scores["tags"], np.cumsum(sizes), axis=1)
    ):
        top = np.sort(block, axis=1)
        out[key] = round(float((top[:, -1] - top[:, -2]).min()), 4)
    out["flag"] = round(float(np.abs(scores["tags"][:, -1]).min()), 4)
    if len(scores["arcs"]) > 1:
        top = np.sort(scores["arcs"], axis=1)
        out["head"] = round(float((top[:, -1] - top[:, -2]).min()), 4)
    return out


AWKWARD = [
    "a",
    "'",
    "’",
    "—",
    "…",
    "U.S.A.",
    "2,024",
    "İstanbul",
    "STRASSE",
    "straße",
    "ǅenan",
    "Ελλάδα",
    "ΟΔΟΣ",
    "Київ",
    "ЁЖИК",
    "東京",
    "カタカナ",
    "🙂",
    "n’t",
    "«",
    "x" * 70,
    "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789" * 3,
    "é",
    "e\u0301",
    "٣",
    "ª",
    "×",
    "ﬁ",
    "Ⅷ",
    "co\u00adoperate",
    "\ufffd",
]


def feature_cases(sizes):
    out = []
    for form in AWKWARD:
        fixed, grams = word_rows(form, sizes)
        out.append({"form": form, "norm": norm(form), "shape": shape(form), "rows": list(fixed), "chars": grams})
    return out


def language_cases(path, lines):
    manifest, tensors = casm.read(path)
    weight, out = tensors["langid.weight"].astype(np.float64), []
    for line in lines:
        wanted, text = line.split("\t")
        mean, count = langid.means(weight, text)
        given = langid.answer(weight, manifest["languages"], manifest["outlier"], manifest["outlier_slope"], text)
        assert given == wanted, (given, line)
        out.append(
            {"text": text, "ngrams": count, "mean": [round(float(value), 4) for value in mean], "language": given}
        )
    return out


def save(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main():
    here, analyser, target = Path(__file__).parent, Analyser(sys.argv[1]), Path(sys.argv[3])
    save(
        target / "features.json",
        {"sizes": analyser.manifest["features"], "words": feature_cases(analyser.manifest["features"])},
    )
    texts = (here / "golden_texts.tsv").read_text(encoding="utf-8").splitlines()
    save(target / "identify.json", {"tolerance": TOLERANCE, "texts": language_cases(sys.argv[2], texts)})
    sizes = [len(analyser.manifest[key]) for key in ("upos", "xpos", "feats", "lemma_scripts")]
    digest = hashlib.sha256(Path(sys.argv[1]).read_bytes()).hexdigest()
    for number, line in enumerate((here / "golden_sentences.txt").read_text(encoding="utf-8").splitlines(), 1):
        forms = line.split()
        scores = analyser.scores(forms)
        words = []
        for i, (form, word) in enumerate(zip(forms, analyser.analyse(forms))):
            fixed, grams = word_rows(form, analyser.manifest["features"])
            words.append(
                {
                    "form": form,
                    "norm": norm(form),
                    "shape": shape(form),
                    "rows": list(fixed),
                    "chars": grams,
                    "input": short(analyser.word(form)[0]),
                    "mix": short(scores["layers"][0][i]),
                    **{f"layer{k}": short(scores["layers"][k][i]) for k in (1, 2, 3)},
                    "ner_scores": short(scores["ner"][i]),
                    "arc_scores": [
                        None if j == i + 1 else round(float(value), 4) for j, value in enumerate(scores["arcs"][i])
                    ],
                    **{key: (round(value, 4) if key == "confidence" else value) for key, value in word.items()},
                }
            )
        out = {
            "model_sha256": digest,
            "text": line,
            "tolerance": TOLERANCE,
            "margin": margins(scores, sizes),
            "words": words,
        }
        save(target / f"{number:02d}.json", out)


if __name__ == "__main__":
    main()
