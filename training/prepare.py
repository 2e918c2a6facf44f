#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes one pickle of arrays out of the treebanks and name files: prepare.py DATA_DIR GAZETTEER.json OUT.pkl [NAME=TEXT.conllu …]

Words of all sentences stand one after the other; sentence s is words[offset[s]:offset[s+1]]. Every form has an id,
its feature rows, and the ids of its Title Case, UPPER CASE and lower case variants, so that training can change the
case of a sentence by a look-up. Texts without labels (words alone count) are left to distil.py.
"""

import collections
import hashlib
import json
import pickle
import sys
from pathlib import Path

import numpy as np

import conllu
import lemma as lemmas
import names
from features import SIZES, lower, word_rows

PLAIN, TITLE, UPPER, LOWER = range(4)
SMALL = {
    "a",
    "an",
    "and",
    "as",
    "at",
    "but",
    "by",
    "for",
    "from",
    "in",
    "of",
    "on",
    "or",
    "the",
    "to",
    "with",
    "'s",
    "n't",
}
MASKED = -1


def variants(form):
    title = form if form in SMALL or not form[:1].islower() else form[:1].upper() + form[1:]
    return title, form.upper(), lower(form)


class Forms:
    def __init__(self):
        self.ids, self.list = {}, []

    def id(self, form):
        if form not in self.ids:
            self.ids[form] = len(self.list)
            self.list.append(form)
        return self.ids[form]


def load(data):
    sets = {}
    for name in ("en_ewt-train", "en_ewt-dev", "en_gumopen-train", "en_gumopen-dev"):
        sets[name] = list(conllu.read(data / f"treebanks/{name}.conllu.xz"))
    tags = {}
    for part, file in (("train", "train-noisy"), ("dev", "dev")):
        by_id = names.read_uner(data / f"ner/uner_en_ewt-{file}.iob2.xz")
        for sentence in sets[f"en_ewt-{part}"]:
            forms, labels = by_id.get(sentence.id, ([], []))
            trusted = forms == sentence.forms and not (part == "train" and looks_unread(sentence, labels))
            tags[id(sentence)] = labels if trusted else None
        for sentence in sets[f"en_gumopen-{part}"]:
            tags[id(sentence)] = names.gum_names(sentence)
    wnut = names.read_wnut(data / "ner/wnut17-train.conll.xz")
    return sets, tags, wnut


def looks_unread(sentence, labels):
    """In two genres the noisy train file marks half as many names as the development file does: there, proper nouns
    without a single name are taken for an oversight."""
    genre = (sentence.id or "").split("-")[0]
    return genre in ("answers", "reviews") and set(labels) == {"O"} and any(row[3] == "PROPN" for row in sentence.rows)


def frequent(values, least):
    return [
        value
        for value, count in sorted(collections.Counter(values).items(), key=lambda item: (-item[1], item[0]))
        if count >= least
    ]


def label_sets(sets):
    train = [row for name, part in sets.items() if name.endswith("train") for s in part for row in s.rows]
    pairs = [(row[1], row[2]) for row in train if row[2] != "_" or row[1] == "_"]
    suffix, whole = lemmas.count_scripts(pairs)
    chosen = frequent([lemmas.choose(form, lemma, suffix, whole) for form, lemma in pairs], 2)[:512]
    return {
        "upos": frequent([row[3] for row in train], 1),
        "xpos": frequent([row[4] for row in train if row[4] != "_"], 1),
        "feats": frequent([row[5] for row in train], 2),
        "labels": frequent([row[7] for row in train], 1),
        "ner": names.LABELS,
        "lemma_scripts": chosen,
    }, (suffix, whole)


def lemma_target(form, lemma, index, counts):
    """(script, flag) that makes this lemma out of this form, or masked where no known script does."""
    if lemma == "_" and form != "_":
        return MASKED, MASKED
    flag = lemmas.lower_flag(form, lemma)
    base = lower(form) if flag else form
    for script in (lemmas.choose(form, lemma, *counts), lemmas.edit_script(base, lemma), ("r", lemma)):
        if script in index and lemmas.apply(script, form, bool(flag)) == lemma:
            return index[script], MASKED if flag is None else int(flag)
    return MASKED, MASKED


def encode(sentences, tags, forms, labels, counts):
    index = {key: {value: i for i, value in enumerate(values)} for key, values in labels.items()}
    columns = collections.defaultdict(list)
    offsets = [0]
    for sentence in sentences:
        ner = tags[id(sentence)]
        for position, row in enumerate(sentence.rows):
            columns["form"].append(forms.id(row[1]))
            columns["upos"].append(index["upos"].get(row[3], MASKED))
            columns["xpos"].append(index["xpos"].get(row[4], MASKED))
            columns["feats"].append(index["feats"].get(row[5], MASKED))
            columns["head"].append(int(row[6]))
            columns["label"].append(index["labels"].get(row[7], MASKED))
            columns["ner"].append(MASKED if ner is None else index["ner"][ner[position]])
            targets = [
                lemma_target(form, row[2], index["lemma_scripts"], counts) for form in (row[1], *variants(row[1]))
            ]
            columns["script"].append([target[0] for target in targets])
            columns["flag"].append([target[1] for target in targets])
        offsets.append(len(columns["form"]))
    out = {key: np.array(value, dtype=np.int32) for key, value in columns.items()}
    out["offset"] = np.array(offsets, dtype=np.int32)
    return out


def encode_names_only(pairs, forms):
    """Sentences that have names and nothing else: every other layer is masked."""
    index = {label: i for i, label in enumerate(names.LABELS)}
    words = [(forms.id(form), index[tag]) for sentence, tags in pairs for form, tag in zip(sentence, tags)]
    count = len(words)
    masked = np.full(count, MASKED, dtype=np.int32)
    out = {key: masked.copy() for key in ("upos", "xpos", "feats", "head", "label")}
    out["form"] = np.array([word[0] for word in words], dtype=np.int32)
    out["ner"] = np.array([word[1] for word in words], dtype=np.int32)
    out["script"] = np.full((count, 4), MASKED, dtype=np.int32)
    out["flag"] = np.full((count, 4), MASKED, dtype=np.int32)
    out["offset"] = np.cumsum([0] + [len(sentence) for sentence, _ in pairs]).astype(np.int32)
    return out


def encode_gazetteer(gazetteer, forms):
    """kind -> number of words -> form ids [names, words]"""
    out = {}
    for kind, listed in gazetteer.items():
        by_length = collections.defaultdict(list)
        for name in listed:
            by_length[len(name.split())].append([forms.id(word) for word in name.split()])
        out[kind] = {length: np.array(rows, dtype=np.int32) for length, rows in by_length.items()}
    return out


def main():
    data, target = Path(sys.argv[1]), Path(sys.argv[3])
    gazetteer = json.load(open(sys.argv[2], encoding="utf-8"))
    sets, tags, wnut = load(data)
    labels, counts = label_sets(sets)
    forms = Forms()
    parts = {name: encode(part, tags, forms, labels, counts) for name, part in sets.items()}
    parts["wnut17-train"] = encode_names_only(wnut, forms)
    for argument in sys.argv[4:]:
        name, _, path = argument.partition("=")
        sentences = [s.forms for s in conllu.read(path) if len(s) <= 100]
        parts[name] = encode_names_only([(words, ["O"] * len(words)) for words in sentences], forms)
        parts[name]["ner"][:] = MASKED
    gazetteer = encode_gazetteer(gazetteer, forms)
    variant = np.zeros((4, len(forms.list)), dtype=np.int32)
    for number, form in enumerate(list(forms.list)):
        variant[:, number] = [number] + [forms.id(other) for other in variants(form)]
    rows = [word_rows(form, SIZES) for form in forms.list]
    grams = [row[1] for row in rows]
    seen = np.zeros(len(forms.list), dtype=np.int32)
    for name in ("en_ewt-train", "en_gumopen-train"):
        np.add.at(seen, parts[name]["form"], 1)
    bundle = {
        "labels": labels,
        "sizes": SIZES,
        "forms": forms.list,
        "fixed": np.array([row[0] for row in rows], dtype=np.int32),
        "grams": np.concatenate([np.array(g, dtype=np.int32) for g in grams]),
        "gram_offset": np.cumsum([0] + [len(g) for g in grams]).astype(np.int32),
        "variant": variant,
        "seen": seen,
        "gazetteer": gazetteer,
        "sets": parts,
        "train": {"en_ewt-train": 1.0, "en_gumopen-train": 1.0, "wnut17-train": 1.0},
        "dev": {"en_ewt-dev": 0, "en_gumopen-dev": 1},
        "sources": {
            name: hashlib.sha256((data / f"treebanks/{name}.conllu.xz").read_bytes()).hexdigest() for name in sets
        },
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(pickle.dumps(bundle, protocol=4))
    for name, part in parts.items():
        print(
            name,
            len(part["offset"]) - 1,
            "sentences",
            len(part["form"]),
            "words",
            int((part["ner"] > 0).sum()),
            "name words",
            "script masked",
            round(float((part["script"][:, 0] < 0).mean()), 4),
            file=sys.stderr,
        )
    print({key: len(value) for key, value in labels.items()}, len(forms.list), "forms", file=sys.stderr)


if __name__ == "__main__":
    main()
