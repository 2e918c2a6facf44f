#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains and measures models/en.roles: PropBank's roles over the trees of models/en.casm.

    roles.py train TOOL CASUS PROPBANK OUT.roles     about five minutes of one core
    roles.py score TOOL CASUS PROPBANK MODEL SET     SET: en_ewt-dev or en_ewt-test; its F1 goes into the manifest

TOOL is casus_language_log: it writes the features that the library itself computes, so the two cannot disagree. The
model is a multinomial logistic regression, trained with Adagrad on batches of candidates, its weights kept within
what eight bits hold. A candidate is right when it heads a gold argument: of the words of the span whose head (in the
tree at hand) is outside, the first. Score, with gold predicates: an argument counts when its head word (by the gold
tree) and its label are both right; R- and C- arguments and rare labels count as gold as they are, nothing is left out.
"""

import collections
import lzma
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

import casm

SEED, EPOCHS, BATCH, RATE, DECAY, LEAST, MOST, LEAST_LABEL = 7, 10, 512, 0.08, 2e-7, 3, 150_000, 100
BOUND = 4.0  # of a weight


def sentences(path):
    rows = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line and line[0] != "#":
                rows.append(line.split("\t"))
            elif not line and rows:
                yield rows
                rows = []
    if rows:
        yield rows


def parse(casus, gold):
    """The same words with the trees, tags and names of the shipped model."""
    text = []
    for rows in gold:
        text += ["\t".join([*row[:8], "_", "_"]) for row in rows]
        text.append("")
    out = subprocess.run(
        [casus, "parse", "--input", "conllu", "-"], input="\n".join(text + [""]).encode(), stdout=subprocess.PIPE, check=True
    ).stdout
    parsed, rows = [], []
    for line in out.decode().split("\n"):
        if line and line[0] != "#":
            if line.split("\t", 1)[0].isdigit():
                rows.append(line.split("\t"))
        elif not line and rows:
            parsed.append(rows)
            rows = []
    assert [[r[1] for r in s] for s in parsed] == [[r[1] for r in s] for s in gold]
    return out, parsed


def predicates(gold):
    """(sentence, token, roleset, [(label, first, last)]) of every predicate."""
    found = []
    for number, rows in enumerate(gold):
        at = [i for i, row in enumerate(rows) if row[8] not in ("-", "_")]
        for column, token in enumerate(at):
            spans = []
            for i, row in enumerate(rows):
                label = row[9 + column]
                if label.startswith("B-"):
                    spans.append([label[2:], i, i + 1])
                elif label.startswith("I-") and spans:
                    spans[-1][2] = i + 1
            found.append((number, token, rows[token][8], [tuple(s) for s in spans if s[0] != "V"]))
    return found


def head_of(rows, first, last):
    for i in range(first, last):
        head = int(rows[i][6]) - 1
        if not first <= head < last and rows[i][3] != "PUNCT":
            return i
    return first


def run(tool, parsed, chosen, *arguments):
    with tempfile.NamedTemporaryFile("w") as file:
        file.write("".join(f"{p[0]} {p[1]}\n" for p in chosen))
        file.flush()
        command = [tool, arguments[0], file.name, *arguments[1:]]
        return subprocess.run(command, input=parsed, stdout=subprocess.PIPE, check=True).stdout


def candidates(tool, parsed, trees, gold):
    """Labels by name, and the features of each candidate as flat numbers with offsets."""
    chosen = predicates(gold)
    data = np.frombuffer(run(tool, parsed, chosen, "roles"), "<u4")
    wanted = {}
    for number, token, _, spans in chosen:
        wanted[number, token] = {head_of(trees[number], a, b): label for label, a, b in reversed(spans)}
    starts, names, at = [], [], 0
    while at < len(data):
        names.append(wanted[int(data[at]), int(data[at + 1])].get(int(data[at + 2]), "-"))
        starts.append(at + 4)
        at += 4 + int(data[at + 3])
    starts = np.array(starts)
    lengths = data[starts - 1].astype(np.int64)
    flat = np.concatenate([data[s : s + n] for s, n in zip(starts, lengths, strict=True)])
    return names, flat, np.concatenate([[0], np.cumsum(lengths)])


def fit(rows, offsets, targets, labels, features):
    """Weights [features × labels]; the last row takes the features that are not kept, and stays zero."""
    random = np.random.default_rng(SEED)
    weights = np.zeros((features + 1, labels), np.float32)
    squares = np.full((features + 1, labels), 1e-4, np.float32)
    width = int((offsets[1:] - offsets[:-1]).max())
    table = np.full((len(targets), width), features, np.int32)
    for column in range(width):
        some = offsets[:-1] + column < offsets[1:]
        table[some, column] = rows[offsets[:-1][some] + column]
    for epoch in range(EPOCHS):
        order, loss = random.permutation(len(targets)), 0.0
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            ids = table[batch]
            scores = weights[ids].sum(axis=1)
            scores -= scores.max(axis=1, keepdims=True)
            share = np.exp(scores)
            share /= share.sum(axis=1, keepdims=True)
            loss -= np.log(share[np.arange(len(batch)), targets[batch]] + 1e-9).sum()
            share[np.arange(len(batch)), targets[batch]] -= 1
            flat = ids.ravel()
            by = np.argsort(flat, kind="stable")
            first = np.flatnonzero(np.r_[True, flat[by][1:] != flat[by][:-1]])
            touched = flat[by][first]
            slope = np.add.reduceat(share[by // width], first, axis=0) / len(batch)
            slope += DECAY * weights[touched]
            squares[touched] += slope**2
            weights[touched] -= RATE * slope / np.sqrt(squares[touched])
            weights[features] = 0
        np.clip(weights, -BOUND, BOUND, out=weights)
        print(f"epoch {epoch + 1}: loss {loss / len(order):.4f}", file=sys.stderr, flush=True)
    return weights[:features]


def lexicon(trees, gold):
    """What the reader must know to find predicates: senses, and lemmas that are predicates where their kind is not."""
    senses, yes, no = collections.defaultdict(collections.Counter), collections.Counter(), collections.Counter()
    for rows, own in zip(trees, gold, strict=True):
        if not any(row[8] not in ("-", "_") for row in own):
            continue
        for row, real in zip(rows, own, strict=True):
            name = f"{row[2].lower()} {row[3]}"
            kind = f"{name} {row[7]}" if row[3] == "AUX" else name
            if real[8] in ("-", "_"):
                no[kind] += 1
            else:
                yes[kind] += 1
                senses[kind][real[8].rsplit(".", 1)[1]] += 1
    known = [f"{n}.{c.most_common(1)[0][0]}" for n, c in sorted(senses.items()) if c.most_common(1)[0][0] != "01"]
    listed = [k for k, n in sorted(yes.items()) if not k.endswith(" VERB") and n > no[k] and n > 1]
    listed += [f"not {k}" for k, n in sorted(no.items()) if k.endswith(" VERB") and n > yes[k] and n > 1]
    return known, listed


def train(tool, casus, folder, out):
    gold = list(sentences(folder / "en_ewt-train.conllup.xz"))
    parsed, trees = parse(casus, gold)
    names, flat, offsets = candidates(tool, parsed, trees, gold)
    counts = collections.Counter(names)
    labels = ["-"] + sorted(n for n, c in counts.items() if n != "-" and c >= LEAST_LABEL)
    index = {n: i for i, n in enumerate(labels)}
    targets = np.array([index.get(n, 0) for n in names])
    keys, inverse, often = np.unique(flat, return_inverse=True, return_counts=True)
    rank = np.lexsort((keys, -often))[:MOST]
    kept = np.sort(rank[often[rank] >= LEAST])
    number = np.full(len(keys), len(kept), np.int32)
    number[kept] = np.arange(len(kept), dtype=np.int32)
    print(f"{len(targets)} candidates, {len(keys)} features, {len(kept)} kept, {len(labels)} labels", file=sys.stderr)
    weights = fit(number[inverse], offsets, targets, len(labels), len(kept))
    scale = BOUND / 127
    table = np.concatenate(
        [keys[kept].astype("<u4").view(np.int8).reshape(-1, 4), np.rint(weights / scale).astype(np.int8)], axis=1
    )
    senses, listed = lexicon(trees, gold)
    manifest = {
        "task": "roles",
        "language": "en",
        "labels": labels,
        "features": len(kept),
        "scale": scale,
        "senses": senses,
        "predicates": listed,
        "seed": SEED,
        "data": [
            {
                "name": "PropBank on UD English-EWT, train",
                "licence": "CC BY-SA 4.0",
                "source": "propbank-release and UD 2.16, joined by word",
            }
        ],
        "licence": "The weights were learned from data under CC BY-SA 4.0: attribution and share alike.",
    }
    size = casm.write(out, manifest, {"table": (table, np.ones(len(kept), np.float32))})
    print(f"{out}: {size} bytes", file=sys.stderr)


def score(tool, casus, folder, model, name):
    gold = list(sentences(folder / f"{name}.conllup.xz"))
    parsed, _ = parse(casus, gold)
    chosen = predicates(gold)
    read, found = {}, set()
    for line in run(tool, parsed, chosen, "read", model).decode().split("\n"):
        cells = line.split("\t")
        if cells[0] == "found":
            found.add((int(cells[1]), int(cells[2])))
        elif len(cells) > 2:
            read[int(cells[0]), int(cells[1])] = (cells[2], [c.split(":", 1) for c in cells[3:]])
    hit, made, there = collections.Counter(), collections.Counter(), collections.Counter()
    senses = 0
    for number, token, roleset, spans in chosen:
        wanted = {(head_of(gold[number], a, b), label) for label, a, b in spans}
        ours = {(int(t), label) for t, label in read[number, token][1]}
        senses += read[number, token][0].rsplit(".", 1)[1] == roleset.rsplit(".", 1)[1]
        for group, members in ((hit, wanted & ours), (made, ours), (there, wanted)):
            group.update(label for _, label in members)
            group["all"] += len(members)
    def f1(a, b, c):
        return 200 * a / (b + c) if b + c else 0.0

    for label, n in there.most_common(16):
        p, r = 100 * hit[label] / max(1, made[label]), 100 * hit[label] / n
        print(f"{label:10} P {p:5.1f} R {r:5.1f} F1 {f1(hit[label], made[label], n):5.1f} of {n}")
    manifest, tensors = casm.read_raw(model)
    manifest.setdefault("scores", {})[f"{name}, argument heads of gold predicates, own trees, F1"] = round(
        f1(hit["all"], made["all"], there["all"]), 1
    )
    casm.write(model, manifest, tensors)
    right = {(p[0], p[1]) for p in chosen}
    print(f"sense number right: {100 * senses / len(chosen):.1f} %")
    print(f"predicates found: F1 {f1(len(right & found), len(right), len(found)):.1f}")


def main():
    verb, tool, casus, folder, *rest = sys.argv[1:]
    {"train": train, "score": score}[verb](tool, casus, pathlib.Path(folder), *rest)


if __name__ == "__main__":
    main()
