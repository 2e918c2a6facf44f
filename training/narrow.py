#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Cuts a group's model down to one language: narrow.py GROUP.pkl VECTORS.npz GROUP.pt LANGUAGE OUT_STEM

Writes OUT_STEM.pkl, .npz and .start.pt: the language's treebanks, its own labels and lemma scripts, and a hashed `norm`
table in which each row belongs to the word that claims it first: words of the treebanks by frequency, then frequent
words of the language. train.py goes on from there.
"""

import pickle
import sys

import numpy as np
import torch

import languages
from features import NORM, GROUP_SIZES, hash_row, norm, norm_check
from prepare import MASKED


def kept_labels(bundle, train, counts):
    """label set -> indices in the group's list, in its order."""
    labels = bundle["labels"]
    keep = {"xpos": [0], "ner": [0]}
    for key, column in (("upos", "upos"), ("feats", "feats"), ("labels", "label"), ("lemma_scripts", "script")):
        used = np.zeros(len(labels[key]), dtype=np.int64)
        for name in train:
            values = bundle["sets"][name][column]
            values = values[:, 0] if values.ndim > 1 else values
            used += np.bincount(values[values >= 0], minlength=len(used))
        keep[key] = [int(i) for i in np.nonzero(used >= counts.get(key, 1))[0]]
    for key, needed in (("feats", "_"), ("labels", "root"), ("lemma_scripts", ("e", 0, "", 0, ""))):
        keep[key] = sorted({*keep[key], labels[key].index(needed)})
    return keep


def remap(part, keep, labels):
    for key, column in (("upos", "upos"), ("feats", "feats"), ("labels", "label"), ("lemma_scripts", "script")):
        table = np.full(len(labels[key]) + 1, MASKED, dtype=np.int32)
        table[keep[key]] = np.arange(len(keep[key]))
        part[column] = table[part[column]]


def main():
    bundle, vectors = pickle.load(open(sys.argv[1], "rb")), np.load(sys.argv[2])["table"]
    checkpoint, language, stem = torch.load(sys.argv[3]), sys.argv[4], sys.argv[5]
    group_train, train = list(bundle["train"]), languages.banks_of([language])
    bank, dev, _ = languages.TARGET[language]
    labels = bundle["labels"]
    keep = kept_labels(bundle, train, {"lemma_scripts": 2, "feats": 2})

    rows, owner = GROUP_SIZES["norm"]["rows"], {}
    small = np.array([hash_row(NORM, key, rows) for key, _ in bundle["words"]])
    for word in bundle["order"][language]:
        owner.setdefault(int(small[word - 1]), word)
    claimed = np.zeros(rows, dtype=np.int64)
    claimed[list(owner)] = list(owner.values())
    check = np.full(rows, -1, dtype=np.int16)
    for row, word in owner.items():
        check[row] = norm_check(bundle["words"][word - 1][0])

    raw = {name: tensor.clone() for name, tensor in checkpoint["raw"].items()}
    raw["embed.norm"] = raw["embed.norm"][torch.from_numpy(claimed)]
    sizes = [len(labels[key]) for key in ("upos", "xpos", "feats", "lemma_scripts")]
    start = np.concatenate([[0], np.cumsum(sizes)])
    tag_rows = np.concatenate(
        [start[i] + np.array(keep[key]) for i, key in enumerate(("upos", "xpos", "feats", "lemma_scripts"))]
        + [[start[4]]]
    )
    banks = [group_train.index(name) for name in train]
    for base, chosen in (("tags", tag_rows), ("label", np.array(keep["labels"]))):
        for part in ("weight", "bias"):
            raw[f"{base}.{part}"] = raw[f"{base}.{part}"][chosen]
        raw[f"bank.{base}"] = raw[f"bank.{base}"][:, chosen]
    for name in raw:
        if name.startswith("bank."):
            raw[name] = raw[name][banks]

    fixed = bundle["fixed"].copy()
    fixed[:, 0] = [hash_row(NORM, text, rows) for text in map(norm, bundle["forms"])]
    sets = {name: bundle["sets"][name] for name in [*train, dev]}
    for part in sets.values():
        remap(part, keep, labels)
    seen = np.zeros_like(bundle["seen"])
    for name in train:
        np.add.at(seen, sets[name]["form"], 1)
    narrow = {
        **bundle,
        "labels": {key: [labels[key][i] for i in keep[key]] for key in labels},
        "sizes": GROUP_SIZES,
        "fixed": fixed,
        "seen": seen,
        "sets": sets,
        "train": {name: languages.BANKS[name][1] for name in train},
        "dev": {dev: train.index(bank)},
        "sources": {name: digest for name, digest in bundle["sources"].items() if name in sets or name in group_train},
        "language": language,
        "group": {name: languages.BANKS[name][0] for name in group_train},
    }
    pickle.dump(narrow, open(stem + ".pkl", "wb"), protocol=4)
    np.savez(stem + ".npz", table=vectors[claimed], check=check)
    torch.save({"raw": raw}, stem + ".start.pt")
    print(language, {key: len(value) for key, value in keep.items()}, len(owner), "rows claimed", file=sys.stderr)


if __name__ == "__main__":
    main()
