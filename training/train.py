#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the analyser on one CPU thread: train.py DATA.pkl VECTORS.npz OUT.pt [--epochs N] [--minutes M] [--seed S] …

VECTORS.npz is made by vectors.py. Writes the averaged weights after each epoch, so a run that is cut short leaves a
usable model.
"""

import argparse
import collections
import math
import pickle
import time

import numpy as np
import torch
import torch.nn.functional as F

import model as models
from kernels import AdamW
from prepare import LOWER, MASKED, PLAIN, TITLE, UPPER

NAME_SHARE = {"PER": 0.4, "ORG": 0.2, "LOC": 0.4}  # how many names of the treebanks are exchanged for others


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data")
    parser.add_argument("vectors")
    parser.add_argument("out")
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop after this much time")
    parser.add_argument("--words", type=int, default=1500, help="words in a batch")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--dropout", type=float, default=0.33)
    parser.add_argument("--quantise", type=int, default=3, help="last epochs with fake quantisation")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=0, help="stop after this many steps (for a trial)")
    parser.add_argument("--context", help="vectors of the words in their sentences (context.py), for a teacher")
    parser.add_argument("--alone", action="store_true", help="no shifts of treebanks")
    parser.add_argument("--share", action="append", default=[], help="SET=SHARE of its sentences in an epoch")
    parser.add_argument("--start", help="a checkpoint to go on from, with a rate that begins anew")
    parser.add_argument("--warm", type=int, default=300, help="steps until the full rate")
    parser.add_argument("--every", type=int, default=1, help="measure and save after so many epochs")
    return parser.parse_args()


class Corpus:
    """The training sentences of several sets joined, cut into batches of alike lengths."""

    def __init__(self, bundle, shares):
        """shares: set -> share of its sentences in an epoch"""
        sets = [bundle["sets"][name] for name in shares]
        keys = ("form", "upos", "xpos", "feats", "head", "label", "ner", "script", "flag")
        self.column = {key: np.concatenate([part[key] for part in sets]) for key in keys}
        shift, starts, lengths = 0, [], []
        for part in sets:
            starts.append(part["offset"][:-1] + shift)
            lengths.append(np.diff(part["offset"]))
            shift += part["offset"][-1]
        self.start, self.length = np.concatenate(starts), np.concatenate(lengths)
        self.share = np.repeat(list(shares.values()), [len(length) for length in lengths])
        self.column["bank"] = np.repeat(np.arange(len(sets)), [int(part["offset"][-1]) for part in sets])
        self.words = int(shift)
        self.column["place"] = np.arange(self.words)

    def batches(self, words, random):
        order = np.argsort(self.length + random.uniform(-3, 3, len(self.length)) * 0.99)
        copies = self.share.astype(int) + (random.random(len(self.share)) < self.share % 1)
        order = np.repeat(order, copies[order])
        batch, total, out = [], 0, []
        for sentence in order:
            batch.append(sentence)
            total += self.length[sentence]
            if total >= words:
                out.append(np.array(batch))
                batch, total = [], 0
        if batch:
            out.append(np.array(batch))
        return [out[i] for i in random.permutation(len(out))]

    def plain(self, batch):
        index = np.concatenate([np.arange(self.start[s], self.start[s] + self.length[s]) for s in batch])
        return {key: value[index] for key, value in self.column.items()}, np.concatenate(
            [[0], np.cumsum(self.length[batch])]
        ).astype(np.int32)


def change_case(part, offset, variant, random):
    """Titles, capitals and lower case, each for a whole sentence; the lemma's script follows the form."""
    sentences = len(offset) - 1
    kind = random.choice([PLAIN, TITLE, UPPER, LOWER], size=sentences, p=[0.84, 0.08, 0.04, 0.04])
    of_word = np.repeat(kind, np.diff(offset))
    part["form"] = variant[of_word, part["form"]]
    pick = np.arange(len(of_word))
    part["script"], part["flag"] = part["script"][pick, of_word], part["flag"][pick, of_word]


def change_names(part, gazetteer, labels, keep_script, random):
    """Puts other names in the place of names made of proper nouns alone, of as many words: the tree stays, the words
    are new."""
    begin = {labels["ner"].index("B-" + kind): kind for kind in ("PER", "ORG", "LOC")}
    proper, ner = labels["upos"].index("PROPN"), part["ner"]
    starts = np.nonzero(np.isin(ner, list(begin)))[0]
    share = np.array([NAME_SHARE[begin[tag]] for tag in ner[starts]])
    for a in starts[random.random(len(starts)) < share]:
        b = a + 1
        while b < len(ner) and ner[b] == ner[a] + 1:
            b += 1
        if not (part["upos"][a:b] == proper).all():
            continue
        kind, lists = begin[ner[a]], None
        if kind == "PER" and b - a <= 2:
            pick = [
                gazetteer[key][1]
                for key in (("first", "last") if b - a == 2 else ("last",) if random.random() < 0.7 else ("first",))
            ]
            part["form"][a:b] = [rows[random.integers(len(rows)), 0] for rows in pick]
        else:
            source = (
                "people"
                if kind == "PER"
                else "organisations" if kind == "ORG" else "countries" if random.random() < 0.4 else "places"
            )
            lists = gazetteer[source].get(b - a)
            if lists is None:
                continue
            part["form"][a:b] = lists[random.integers(len(lists))]
        part["script"][a:b] = (keep_script, keep_script, MASKED, MASKED)
        part["flag"][a:b] = (0, 0, MASKED, MASKED)


def drop_stop(part, offset, punctuation, random):
    """Takes the last word away in a tenth of the sentences that end with punctuation on which nothing hangs."""
    keep = np.ones(offset[-1], dtype=bool)
    for s in np.nonzero(random.random(len(offset) - 1) < 0.1)[0]:
        a, b = offset[s], offset[s + 1]
        if (
            b - a > 2
            and part["upos"][b - 1] == punctuation
            and not (part["head"][a:b] == b - a).any()
            and part["head"][b - 1] > 0
        ):
            keep[b - 1] = False
    lengths = np.add.reduceat(keep.astype(np.int32), offset[:-1])
    for key in part:
        part[key] = part[key][keep]
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)


def cross_entropy(scores, target):
    return F.cross_entropy(scores, target, ignore_index=MASKED) if bool((target >= 0).any()) else scores.sum() * 0


def losses(network, part, offset, features, noise=None, context=None):
    offset_t = torch.from_numpy(offset)
    target = {key: torch.from_numpy(np.ascontiguousarray(value).astype(np.int64)) for key, value in part.items()}
    network.bank = target["bank"]
    if context is not None:
        network.context = torch.from_numpy(context[part["place"]].astype(np.float32))
    outputs, sentence_of = network.trunk(features, offset_t, *(noise or ()))
    tags, ner, (ad, ah, ld, lh) = network.heads(outputs, sentence_of, len(offset) - 1)
    scores = network.arc_scores(ad, ah, offset_t)
    place = torch.arange(len(sentence_of)) - offset_t[:-1].long()[sentence_of]
    labels = network.label_scores(ld, lh, target["head"].clamp(min=0), offset_t, sentence_of)
    flag = target["flag"] >= 0
    loss = {
        "arc": cross_entropy(scores[sentence_of, place], target["head"]),
        "label": cross_entropy(labels, target["label"]),
        "upos": cross_entropy(tags[0], target["upos"]),
        "xpos": 0.5 * cross_entropy(tags[1], target["xpos"]),
        "feats": 0.5 * cross_entropy(tags[2], target["feats"]),
        "lemma": 0.5 * cross_entropy(tags[3], target["script"]),
        "flag": (
            0.2 * F.binary_cross_entropy_with_logits(tags[4][flag, 0], target["flag"][flag].float())
            if bool(flag.any())
            else 0.0
        ),
        "ner": 2.5 * cross_entropy(ner, target["ner"]),
    }
    return sum(loss.values()), loss


def word_noise(features, ids, seen, rows, random):
    """Rare words lose what was learned for their own row, so that the ready vectors and the characters carry unseen
    words; a few lose the whole row, to nothing or to another word's, as the hash of an unknown word would give."""
    fixed, count = features[0], len(ids)
    own = random.random(count) >= np.maximum(0.1, 1.0 / (1.0 + seen[ids]))
    whole, swap = random.random(count) < 0.05, random.random(count) < 0.03
    norm = fixed[:, 0].numpy().copy()
    norm[swap] = random.integers(0, rows, swap.sum())
    return (
        torch.from_numpy(norm),
        torch.from_numpy((~whole).astype(np.float32)),
        torch.from_numpy(own.astype(np.float32)),
    )


def spans(tags):
    out, start = set(), None
    for i, tag in enumerate(list(tags) + ["O"]):
        if start is not None and not tag.startswith("I-"):
            out.add((start, i, tags[start][2:]))
            start = None
        if tag.startswith("B-") or (tag.startswith("I-") and start is None):
            start = i
    return out


@torch.no_grad()
def evaluate(network, words, part, labels, bank=None, context=None):
    """Greedy figures in per cent on gold words; the released scores come from the full decoder and the project's
    scorer."""
    offset = part["offset"]
    count = collections.Counter()
    universal = [label.split(":")[0] for label in labels["labels"]]
    universal = np.array([universal.index(label) for label in universal])
    for first in range(0, len(offset) - 1, 64):
        last = min(first + 64, len(offset) - 1)
        a, b = offset[first], offset[last]
        local = (offset[first : last + 1] - a).astype(np.int32)
        t = torch.from_numpy(local)
        network.bank = None if bank is None else torch.full((int(b - a),), bank)
        network.context = None if context is None else torch.from_numpy(context[a:b].astype(np.float32))
        outputs, sentence_of = network.trunk(words.gather(part["form"][a:b]), t)
        tags, ner, (ad, ah, ld, lh) = network.heads(outputs, sentence_of, last - first)
        place = torch.arange(b - a) - t[:-1].long()[sentence_of]
        heads = network.arc_scores(ad, ah, t)[sentence_of, place].argmax(dim=1)
        relation = network.label_scores(ld, lh, heads, t, sentence_of).argmax(dim=1).numpy()
        heads = heads.numpy()
        good = heads == part["head"][a:b]
        count["words"] += int(b - a)
        count["uas"] += int(good.sum())
        count["las"] += int((good & (universal[relation] == universal[part["label"][a:b]])).sum())
        for key, scores, gold in (
            ("upos", tags[0], part["upos"]),
            ("xpos", tags[1], part["xpos"]),
            ("feats", tags[2], part["feats"]),
            ("script", tags[3], part["script"][:, 0]),
        ):
            count[key] += int((scores.argmax(dim=1).numpy() == gold[a:b]).sum())
        guess = [labels["ner"][i] for i in ner.argmax(dim=1).tolist()]
        gold = part["ner"][a:b]
        if len(labels["ner"]) > 1 and (gold >= 0).all():
            truth = [labels["ner"][i] for i in gold.tolist()]
            for s in range(last - first):
                x, y = spans(guess[local[s] : local[s + 1]]), spans(truth[local[s] : local[s + 1]])
                count["hit"] += len(x & y)
                count["span"] += len(x) + len(y)
    out = {
        key: round(100.0 * count[key] / count["words"], 2) for key in ("upos", "xpos", "feats", "script", "uas", "las")
    }
    out["ner"] = round(200.0 * count["hit"] / max(count["span"], 1), 2)
    return out


def main():
    options = arguments()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    random = np.random.default_rng(options.seed)
    bundle = pickle.load(open(options.data, "rb"))
    labels = bundle["labels"]
    ready = np.load(options.vectors)
    words = models.Words(bundle, ready["check"] if "check" in ready else None)
    shares = dict(bundle.get("train") or {"en_ewt-train": 1.0, "en_gumopen-train": 1.0})
    shares.update((name, float(share)) for name, share in (argument.split("=") for argument in options.share))
    context = dict(np.load(options.context)) if options.context else {}
    if context:
        bundle["sizes"]["context"] = next(iter(context.values())).shape[1]
        joined = np.concatenate([context[name] for name in shares])
    dev_sets = bundle.get("dev") or {"en_ewt-dev": None, "en_gumopen-dev": None}
    corpus = Corpus(bundle, shares)
    vectors = torch.from_numpy(ready["table"])
    banks = len(shares) if "dev" in bundle and not options.alone else 0
    tensors = models.initial(
        labels, bundle["sizes"], torch.Generator().manual_seed(options.seed), vectors.shape[1], banks
    )
    if options.start:
        start = torch.load(options.start)["raw"]
        tensors = {name: start[name].clone() if name in start else tensor for name, tensor in tensors.items()}
    for tensor in tensors.values():
        tensor.requires_grad_(True)
    average = {name: tensor.detach().clone() for name, tensor in tensors.items()}
    network, smooth = models.Network(tensors, labels, vectors), models.Network(average, labels, vectors)
    network.dropout = options.dropout
    optimizer = AdamW(tensors.items())
    seen = np.zeros(len(bundle["forms"]), dtype=np.int32)
    seen[: len(bundle["seen"])] = bundle["seen"]
    punctuation, norm_rows = labels["upos"].index("PUNCT"), bundle["sizes"]["norm"]["rows"]
    keep_script = labels["lemma_scripts"].index(("e", 0, "", 0, ""))
    per_epoch = len(corpus.batches(options.words, np.random.default_rng(0)))
    total = per_epoch * options.epochs
    print(
        f"{corpus.words} words, {per_epoch} steps an epoch, {sum(t.numel() for t in tensors.values())} weights",
        flush=True,
    )
    begin, step = time.time(), 0
    for epoch in range(options.epochs):
        network.fake_quantise = smooth.fake_quantise = epoch >= options.epochs - options.quantise
        network.training, sums = True, {}
        for batch in corpus.batches(options.words, random):
            part, offset = corpus.plain(batch)
            if bundle["gazetteer"] and not context:
                change_names(part, bundle["gazetteer"], labels, keep_script, random)
            change_case(part, offset, bundle["variant"], random)
            offset = drop_stop(part, offset, punctuation, random)
            features = words.gather(part["form"])
            total_loss, loss = losses(
                network,
                part,
                offset,
                features,
                word_noise(features, part["form"], seen, norm_rows, random),
                joined if context else None,
            )
            for tensor in tensors.values():
                if tensor.grad is not None:
                    tensor.grad.zero_()
            total_loss.backward()
            rate = (
                options.rate
                * min(1.0, (step + 1) / options.warm)
                * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, step / total))))
            )
            optimizer.step(rate, 5.0)
            step += 1
            if step % 8 == 0:
                keep = min(0.992, step / (step + 80.0))
                for name, tensor in tensors.items():
                    average[name].lerp_(tensor.detach(), 1 - keep)
            for key, value in loss.items():
                sums[key] = sums.get(key, 0.0) + float(value)
            if options.steps and step >= options.steps:
                break
        network.training = False
        clock = time.time() - begin
        last = epoch + 1 == options.epochs or clock > options.minutes * 60 or (options.steps and step >= options.steps)
        if (epoch + 1) % options.every and not last:
            continue
        dev = {
            name: evaluate(smooth, words, bundle["sets"][name], labels, bank if banks else None, context.get(name))
            for name, bank in dev_sets.items()
        }
        print(
            f"epoch {epoch + 1} {clock:.0f}s",
            {key: round(value / per_epoch, 3) for key, value in sums.items()},
            dev,
            flush=True,
        )
        torch.save(
            {
                "raw": average,
                "labels": labels,
                "sizes": bundle["sizes"],
                "layers": network.layers,
                "dev": dev,
                "epoch": epoch + 1,
                "options": vars(options),
                "sources": bundle["sources"],
            },
            options.out,
        )
        if last:
            break


if __name__ == "__main__":
    main()
