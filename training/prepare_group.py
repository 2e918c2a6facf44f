#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes one pickle out of the treebanks of a group of languages: prepare_group.py GROUP DATA_DIR WORDFREQ_DIR OUT.pkl

As prepare.py, but for treebanks alone (no names), and with one row of the `norm` table for every word of the treebanks
and of the languages' frequent words: hashing comes when the group is narrowed to a language (narrow.py).
WORDFREQ_DIR holds large_xx.msgpack.gz of PyPI's wordfreq 3.1.1.
"""

import collections
import gzip
import hashlib
import pickle
import sys
from pathlib import Path

import msgpack
import numpy as np

import conllu
import languages
import lemma as lemmas
from features import GROUP_SIZES, norm, word_rows
from prepare import MASKED, Forms, encode, frequent, variants

FREQUENT = 30000  # words a language beyond those of its treebanks


def frequent_words(path):
    """The file's words, the most frequent first: a list of lists, one for each hundredth of a decibel."""
    listed = msgpack.load(gzip.open(path, "rb"), raw=False)
    words = (word for group in listed[1:] for word in group)
    out = []
    for word in words:
        if len(out) == FREQUENT:
            break
        if all(char.isalpha() or char in "'’-" for char in word):
            out.append(word)
    return out


def label_sets(sets, train):
    rows = [row for name in train for sentence in sets[name] for row in sentence.rows]
    pairs = [(row[1], row[2]) for row in rows if row[2] != "_" or row[1] == "_"]
    suffix, whole = lemmas.count_scripts(pairs)
    scripts = []
    for language in sorted({languages.BANKS[name][0] for name in train}):
        own = [row for name in languages.banks_of([language]) for sentence in sets[name] for row in sentence.rows]
        own = [(row[1], row[2]) for row in own if row[2] != "_" or row[1] == "_"]
        scripts += frequent([lemmas.choose(form, lemma, suffix, whole) for form, lemma in own], 2)[:512]
    return {
        "upos": frequent([row[3] for row in rows], 1),
        "xpos": ["_"],
        "feats": frequent([row[5] for row in rows], 2),
        "labels": frequent([row[7] for row in rows], 1),
        "ner": ["O"],
        "lemma_scripts": list(dict.fromkeys(scripts)),
    }, (suffix, whole)


def mask(name, part, labels):
    part["xpos"][:] = MASKED
    if name in languages.FEATS_MISSING:
        empty, marks = labels["feats"].index("_"), [labels["upos"].index(tag) for tag in ("PUNCT", "ADP", "CCONJ")]
        part["feats"][(part["feats"] == empty) & ~np.isin(part["upos"], marks)] = MASKED


def main():
    group, data, frequency, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4])
    members = languages.GROUPS[group]
    train = languages.banks_of(members)
    dev = {languages.TARGET[language][1]: languages.TARGET[language][0] for language in members}
    sets = {name: list(conllu.read(data / f"treebanks/{name}.conllu.xz")) for name in [*train, *dev]}
    labels, counts = label_sets(sets, train)
    forms, nothing = Forms(), collections.defaultdict(lambda: None)
    parts = {name: encode(part, nothing, forms, labels, counts) for name, part in sets.items()}
    for name, part in parts.items():
        mask(name, part, labels)
    variant = np.zeros((4, len(forms.list)), dtype=np.int32)
    for number, form in enumerate(list(forms.list)):
        variant[:, number] = [number] + [forms.id(other) for other in variants(form)]
    known, order = {}, {}
    for language in members:
        count = collections.Counter()
        for name in languages.banks_of([language]):
            count.update(forms.list[i] for i in parts[name]["form"])
        words = [form for form, _ in count.most_common()]
        words += frequent_words(frequency / f"large_{language}.msgpack.gz")
        order[language] = []
        for word in words:
            key = norm(word)
            if key not in known:
                known[key] = (len(known) + 1, word)
            order[language].append(known[key][0])
        order[language] = list(dict.fromkeys(order[language]))
    rows = [word_rows(form, GROUP_SIZES) for form in forms.list]
    fixed = np.array([row[0] for row in rows], dtype=np.int32)
    fixed[:, 0] = [known.get(norm(form), (0,))[0] for form in forms.list]
    grams = [row[1] for row in rows]
    seen = np.zeros(len(forms.list), dtype=np.int32)
    for name in train:
        np.add.at(seen, parts[name]["form"], 1)
    sizes = {**GROUP_SIZES, "norm": {"rows": len(known) + 1, "dim": GROUP_SIZES["norm"]["dim"]}}
    bundle = {
        "labels": labels,
        "sizes": sizes,
        "forms": forms.list,
        "fixed": fixed,
        "grams": np.concatenate([np.array(g, dtype=np.int32) for g in grams]),
        "gram_offset": np.cumsum([0] + [len(g) for g in grams]).astype(np.int32),
        "variant": variant,
        "seen": seen,
        "gazetteer": None,
        "sets": parts,
        "train": {name: languages.BANKS[name][1] for name in train},
        "dev": {name: train.index(bank) for name, bank in dev.items()},
        "words": [(key, word) for key, (_, word) in known.items()],
        "order": order,
        "sources": {
            name: hashlib.sha256((data / f"treebanks/{name}.conllu.xz").read_bytes()).hexdigest() for name in sets
        },
    }
    target.write_bytes(pickle.dumps(bundle, protocol=4))
    for name, part in parts.items():
        print(name, len(part["offset"]) - 1, "sentences", len(part["form"]), "words", file=sys.stderr)
    sizes = {key: len(value) for key, value in labels.items()}
    print(sizes, len(forms.list), "forms", len(known), "norms", file=sys.stderr)


if __name__ == "__main__":
    main()
