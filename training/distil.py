#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lets a teacher label texts and doubt labels: distil.py DATA.pkl VECTORS.npz CONTEXT.npz TEACHER.pt OUT.pkl

The teacher is a network of the same kind that also reads an encoder's view of each sentence (context.py). It gives
trees and tags to texts that have none, leaving out what it is not sure of, and names to those that have no names; in
the noisy name file of EWT it masks labels that it finds hard to believe.
"""

import pickle
import sys

import numpy as np
import torch

import model as models
from prepare import MASKED

SURE = {"head": 0.7, "upos": 0.8, "xpos": 0.8, "feats": 0.8, "ner": 0.85}
TEXTS = {"factbook": "en_gumopen-train", "wnut17-train": "en_ewt-train"}  # text -> whose conventions
DOUBTED, NAMES_LIKE = "en_ewt-train", "en_ewt-train"
MISSED, FALSE = 0.6, 0.03  # a word without a name is masked if one is likelier than this; a name if less likely


@torch.no_grad()
def read(network, words, part, bank, context):
    """column -> (labels, probabilities), and the probabilities of names [words, labels]"""
    offset, out = part["offset"], {key: ([], []) for key in ("head", "label", "upos", "xpos", "feats")}
    names = []
    for first in range(0, len(offset) - 1, 64):
        last = min(first + 64, len(offset) - 1)
        a, b = int(offset[first]), int(offset[last])
        t = torch.from_numpy((offset[first : last + 1] - a).astype(np.int32))
        network.bank = torch.full((b - a,), bank)
        network.context = torch.from_numpy(context[a:b].astype(np.float32))
        outputs, sentence_of = network.trunk(words.gather(part["form"][a:b]), t)
        tags, ner, (ad, ah, ld, lh) = network.heads(outputs, sentence_of, last - first)
        place = torch.arange(b - a) - t[:-1].long()[sentence_of]
        arcs = torch.softmax(network.arc_scores(ad, ah, t)[sentence_of, place], dim=1)
        chance, heads = arcs.max(dim=1)
        label = torch.softmax(network.label_scores(ld, lh, heads, t, sentence_of), dim=1).max(dim=1)
        names.append(torch.softmax(ner, dim=1))
        found = {"head": (chance, heads), "label": label}
        for key, scores in zip(("upos", "xpos", "feats"), tags):
            found[key] = torch.softmax(scores, dim=1).max(dim=1)
        for key, (probability, value) in found.items():
            out[key][0].append(value.numpy())
            out[key][1].append(probability.numpy())
    joined = {key: (np.concatenate(v), np.concatenate(p)) for key, (v, p) in out.items()}
    return joined, torch.cat(names).numpy()


def main():
    bundle, context = pickle.load(open(sys.argv[1], "rb")), dict(np.load(sys.argv[3]))
    ready, checkpoint = np.load(sys.argv[2]), torch.load(sys.argv[4])
    vectors = torch.from_numpy(ready["table"])
    labels, banks = bundle["labels"], list(bundle["train"])
    network = models.Network(checkpoint["raw"], labels, vectors)
    words = models.Words(bundle, ready["check"] if "check" in ready else None)
    for name, like in TEXTS.items():
        part = bundle["sets"][name]
        found, names = read(network, words, part, banks.index(like), context[name])
        unsure = found["head"][1] < SURE["head"]
        for key, (value, probability) in found.items():
            part[key] = np.where(unsure if key in ("head", "label") else probability < SURE[key], MASKED, value)
            part[key] = part[key].astype(np.int32)
            print(name, key, round(float((part[key] >= 0).mean()), 3), "kept", file=sys.stderr)
        if (part["ner"] < 0).all():
            sure = names.max(axis=1) >= SURE["ner"]
            part["ner"] = np.where(sure, names.argmax(axis=1), MASKED).astype(np.int32)
            print(name, "names", round(float(sure.mean()), 3), "kept", file=sys.stderr)
        bundle["train"].setdefault(name, 1.0)
    part = bundle["sets"][DOUBTED]
    _, names = read(network, words, part, banks.index(NAMES_LIKE), context[DOUBTED])
    gold = part["ner"].clip(min=0)
    own = names[np.arange(len(gold)), gold]
    missed = (gold == 0) & (part["ner"] >= 0) & (names[:, 0] < 1 - MISSED)
    false = (part["ner"] > 0) & (own < FALSE)
    part["ner"] = np.where(missed | false, MASKED, part["ner"])
    print("doubted:", int(missed.sum()), "missed,", int(false.sum()), "false", file=sys.stderr)
    pickle.dump(bundle, open(sys.argv[5], "wb"), protocol=4)


if __name__ == "__main__":
    main()
