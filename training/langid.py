#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains models/langid.casm, the language identifier (docs/format-casm.md, section 7): langid.py DATA_DIR OUT.casm

Log-probabilities of character n-grams, from the treebanks' train files alone; as many characters of each language as
the smallest set allows, so that no language looks likelier for having been read more. Thresholds for "unknown" come
from a held-out tenth of the train sentences.
"""

import sys
from functools import lru_cache
from pathlib import Path

import numpy as np

import casm
import conllu
from features import NGRAM_KIND, char_class, hash_row, lower_char, mapped

ROWS, MAX_CODE_POINTS, MIN_NGRAMS, MARGIN = 65536, 4000, 24, 0.2
TRAIN = {
    "en": ["en_ewt", "en_gumopen"],
    "es": ["es_ancora", "es_gsd"],
    "fr": ["fr_sequoia"],
    "pt": ["pt_bosque", "pt_gsd"],
    "ru": ["ru_taiga", "ru_gsd"],
    "uk": ["uk_parlamint"],
}
DEV = {
    "en": ["en_ewt", "en_gumopen"],
    "es": ["es_gsd"],
    "fr": ["fr_gsd", "fr_sequoia"],
    "pt": ["pt_bosque", "pt_gsd"],
    "ru": ["ru_taiga"],
    "uk": ["uk_parlamint"],
}
LICENCES = {"fr_sequoia": "LGPL-LR", "es_ancora": "CC BY 4.0", "en_gumopen": "CC BY / CC BY-SA"}
SMOOTHING = 0.05
# Nats an n-gram: other sources of a language are a little less likely than the train sets' own sentences.
SLACK = 0.15


@lru_cache(maxsize=None)
def letter(char):
    """The lower-cased letter, or a blank."""
    char = mapped(char)
    return lower_char(char) if char == "'" or char_class(char) in ("X", "x") else " "


@lru_cache(maxsize=None)
def row_of(gram):
    return hash_row(NGRAM_KIND + len(gram), gram, ROWS)


def ngram_rows(text):
    folded = " " + " ".join("".join(letter(char) for char in text[:MAX_CODE_POINTS]).split()) + " "
    if len(folded) < 3:
        return np.zeros(0, dtype=np.int64)
    return np.array(
        [
            row_of(folded[i : i + n])
            for n in (1, 2, 3, 4)
            for i in range(len(folded) - n + 1)
            if folded[i : i + n] != " "
        ],
        dtype=np.int64,
    )


def texts(data, names, part):
    """One list of sentence texts for each treebank, in its order."""
    out = []
    for name in names:
        out.append(
            [
                line[9:]
                for s in conllu.read(data / f"treebanks/{name}-{part}.conllu.xz")
                for line in s.comments
                if line.startswith("# text = ")
            ]
        )
    return out


def split(sets, random):
    """Held-out sentences come from anywhere, the rest is shuffled so that a cut takes something of every source."""
    pool = [text for part in sets for text in part]
    order = random.permutation(len(pool))
    held = len(pool) // 10
    return [pool[i] for i in order[held:]], [pool[i] for i in order[:held]]


def learn(train):
    budget = min(sum(map(len, part)) for part in train.values())
    weight = np.zeros((len(train), ROWS))
    for l, part in enumerate(train.values()):
        used = 0
        for text in part:
            if used >= budget:
                break
            np.add.at(weight[l], ngram_rows(text), 1)
            used += len(text)
    # Each order of n-gram is counted in one space: rare long n-grams and frequent letters weigh as they come.
    return np.log((weight + SMOOTHING) / (weight.sum(axis=1, keepdims=True) + SMOOTHING * ROWS)), budget


def quantise(weight):
    scale = np.abs(weight).max(axis=1) / 63
    values = np.clip(np.round(weight / scale[:, None]), -63, 63).astype(np.int8)
    return values, scale.astype(np.float32)


def means(weight, text):
    rows = ngram_rows(text)
    return (weight[:, rows].mean(axis=1) if len(rows) else np.zeros(len(weight))), len(rows)


def thresholds(weight, held):
    """outlier and slope: the floor outlier - slope / sqrt(count) is passed by at least 99 in 100 held-out texts of
    one to four sentences."""
    outlier, slope = [], []
    for l, part in enumerate(held.values()):
        points = []
        for step in (1, 2, 4):
            for i in range(0, len(part) - step, step):
                value, count = means(weight, " ".join(part[i : i + step]))
                if count >= MIN_NGRAMS:
                    points.append((value[l], count))
        value, count = np.array(points).T
        long = count >= np.quantile(count, 0.6)
        floor = np.quantile(value[long], 0.01) - SLACK
        outlier.append(round(float(floor), 4))
        slope.append(round(max(0.0, float(np.quantile((floor - value) * np.sqrt(count), 0.99))), 4))
    return outlier, slope


def answer(weight, languages, outlier, slope, text):
    value, count = means(weight, text)
    if count < MIN_NGRAMS:
        return "und"
    order = np.argsort(-value, kind="stable")
    best = order[0]
    if value[best] - value[order[1]] < MARGIN or value[best] < outlier[best] - slope[best] / np.sqrt(count):
        return "und"
    return languages[best]


def score(weight, languages, outlier, slope, dev):
    out = {}
    for language, sets in dev.items():
        for name, part in sets:
            for step in (1, 5):
                chunks = [" ".join(part[i : i + step]) for i in range(0, len(part), step)]
                given = [answer(weight, languages, outlier, slope, text) for text in chunks]
                out[f"{name}, {step} sentence{'s' if step > 1 else ''}"] = {
                    "right": round(100 * given.count(language) / len(given), 2),
                    "unknown": round(100 * given.count("und") / len(given), 2),
                    "texts": len(given),
                }
    return out


def strangers(train, held, random):
    """Leaves one language out: the share of its five-sentence texts that the others' model calls unknown."""
    out = {}
    for left in train:
        rest = {l: part for l, part in train.items() if l != left}
        weight, _ = learn(rest)
        outlier, slope = thresholds(weight, {l: part for l, part in held.items() if l != left})
        part = held[left]
        given = [
            answer(weight, list(rest), outlier, slope, " ".join(part[i : i + 5])) for i in range(0, len(part) - 5, 5)
        ]
        out[left] = round(100 * given.count("und") / len(given), 1)
    return out


def main():
    data, target = Path(sys.argv[1]), sys.argv[2]
    random = np.random.default_rng(1)
    train, held = {}, {}
    for language, names in TRAIN.items():
        train[language], held[language] = split(texts(data, names, "train"), random)
    languages = list(train)
    weight, budget = learn(train)
    values, scale = quantise(weight)
    weight = values.astype(np.float64) * scale[:, None]
    outlier, slope = thresholds(weight, held)
    dev = {l: [(f"{name}-dev", texts(data, [name], "dev")[0]) for name in names] for l, names in DEV.items()}
    scores = {
        "development sets": score(weight, languages, outlier, slope, dev),
        "left-out language called unknown, per cent": strangers(train, held, random),
    }
    used = [
        {
            "name": name + "-train",
            "licence": LICENCES.get(name, "CC BY-SA 4.0"),
            "url": "https://universaldependencies.org/",
        }
        for n in TRAIN.values()
        for name in n
    ]
    manifest = {
        "format": 1,
        "task": "language-identification",
        "name": "casus-langid",
        "version": "1",
        "licence": "CC-BY-SA-4.0 AND LGPLLR",
        "languages": languages,
        "rows": ROWS,
        "max_code_points": MAX_CODE_POINTS,
        "min_ngrams": MIN_NGRAMS,
        "margin": MARGIN,
        "outlier": outlier,
        "outlier_slope": slope,
        "data": used,
        "scores": scores,
        "characters_per_language": int(budget),
    }
    print(casm.write(target, manifest, {"langid.weight": (values, scale)}), "bytes")
    for key, value in scores.items():
        print(key)
        for name, row in value.items():
            print("  ", name, row)
    print(list(zip(languages, outlier, slope)))


if __name__ == "__main__":
    main()
