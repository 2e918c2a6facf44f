#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains and measures the model of src/casus/language/coref_resolver.cc.

    coref.py train TOOL CASUS TREEBANKS WEIGHTS.tsv      writes the weights; the library must be built again after it
    coref.py score TOOL CASUS TREEBANKS SET              SET: en_gumopen-dev or en_gumopen-test

TOOL is casus_language_log, CASUS the program (it reads the treebank's words anew, so that trees and names are the
model's own, as they are when the library is used). Training: log-linear over the candidates and silence, the mass of
all right candidates against the rest, L2, full batches with Adagrad; each round listens to a library that has the
weights of the round before. Scores are our own (stated as such): MUC, B3 and CEAF-e after their definitions, over
chains of two mentions and more; a mention of ours and one of GUM are the same when our head is in its minimal span.
"""

import collections
import lzma
import pathlib
import re
import subprocess
import sys

import numpy as np

ROUNDS, EPOCHS, RATE, L2, LEAST = 3, 200, 0.3, 0.1, 3
PERSON, IT, THEY, DESCRIPTION, NAME = range(5)
PRECISION = {"P": 0.86, "T": 0.75, "I": 0.75, "D": 0.70}  # asked of the development set, for the thresholds


def documents(text):
    """Of each document: its sentences, lists of rows."""
    found, sentence = [], []
    for line in text.split("\n"):
        if line.startswith("# newdoc"):
            found.append([])
        elif not line and sentence:
            found[-1].append(sentence)
            sentence = []
        elif line and line[0] != "#":
            row = line.split("\t")
            if row[0].isdigit():
                sentence.append(row)
    return found


def gold_mentions(sentences):
    """(sentence, first, last, tokens of the minimal span, entity) from the column Entity= of GUM."""
    found, waiting = [], collections.defaultdict(list)
    for number, sentence in enumerate(sentences):
        for position, row in enumerate(sentence):
            match = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
            for part in re.findall(r"\([^()]*\)?|[^()]+\)", match.group(1)) if match else []:
                fields = part.strip("()").split("-")
                if part.startswith("("):
                    heads = {position + int(n) - 1 for n in re.findall(r"\d+", fields[5] if len(fields) > 5 else "1")}
                    mention = [number, position, position + 1, heads, re.sub(r"\[.*", "", fields[0])]
                    found.append(mention)
                    if not part.endswith(")"):
                        waiting[fields[0]].append(mention)
                elif waiting[fields[0]]:
                    waiting[fields[0]].pop()[2] = position + 1
    return found


def entity_of(gold, sentence, head, joined):
    """The entity of the smallest gold mention with this head; for joined heads, of one that has several."""
    fitting = [m for m in gold.get(sentence, ()) if head in m[3] and (len(m[3]) > 1) == joined]
    if not fitting and not joined:
        fitting = [m for m in gold.get(sentence, ()) if head in m[3]]
    return min(fitting, key=lambda m: m[2] - m[1])[4] if fitting else None


def listen(tool, casus, treebanks, name):
    """(gold sentences, log lines) of each document."""
    raw = lzma.open(pathlib.Path(treebanks) / f"{name}.conllu.xz", "rt", encoding="utf-8").read()
    parsed = subprocess.run(
        [casus, "parse", "--input", "conllu", "-"], input=raw.encode(), stdout=subprocess.PIPE, check=True
    ).stdout
    log = subprocess.run([tool, "coref"], input=parsed, stdout=subprocess.PIPE, check=True).stdout.decode()
    logs = [part.split("\n") for part in re.split(r"^D\t\d+\n", log, flags=re.M)[1:]]
    return list(zip(documents(raw), logs, strict=True))


def questions(pairs):
    """(group, features of silence, [(features, right)], answerable) of each anaphor."""
    found = []
    for sentences, log in pairs:
        gold = collections.defaultdict(list)
        for m in gold_mentions(sentences):
            gold[m[0]].append(m)
        entity = {}
        for line in log:
            cells = line.split("\t")
            if cells[0] == "M":
                entity[cells[1]] = entity_of(gold, int(cells[2]), int(cells[5]), cells[6] == "joined")
            elif cells[0] == "A":
                wanted = entity[cells[1]]
                found.append((cells[2], [], []))
            elif cells[0] == "N":
                found[-1][1].extend(cells[1:])
            elif cells[0] == "C":
                found[-1][2].append((cells[2:], wanted is not None and entity[cells[1]] == wanted))
    return found


def train(asked):
    counts = collections.Counter()
    for _, silence, candidates in asked:
        counts.update(silence)
        for features, _ in candidates:
            counts.update(set(features))
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= LEAST))}
    rows, columns, starts, right = [], [], [], []
    for _, silence, candidates in asked:
        starts.append(len(right))
        options = [(silence, not any(r for _, r in candidates)), *candidates]
        for features, good in options:
            columns += [index[f] for f in features if f in index]
            rows += [len(right)] * sum(f in index for f in features)
            right.append(good)
    rows, columns, starts = np.array(rows), np.array(columns), np.array(starts)
    right = np.array(right, dtype=np.float64)
    of = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(right))))
    weights, squares = np.zeros(len(index)), np.full(len(index), 1e-6)
    for _ in range(EPOCHS):
        scores = np.bincount(rows, weights[columns], len(right))
        scores = np.exp(scores - np.maximum.reduceat(scores, starts)[of])
        share = scores / np.add.reduceat(scores, starts)[of]
        good = scores * right
        target = good / np.add.reduceat(good, starts)[of]
        slope = np.bincount(columns, (share - target)[rows], len(index)) + L2 * len(starts) / 100 * weights
        squares += slope**2
        weights -= RATE * slope / np.sqrt(squares)
    return {f: float(weights[i]) for f, i in index.items()}


def thresholds(asked, weights):
    """The lowest probability at which the development set is as precise as asked."""
    chosen = {}
    for group, least in PRECISION.items():
        answers = []
        for own, silence, candidates in asked:
            if own != group or not candidates:
                continue
            quiet = sum(weights.get(f, 0) for f in silence)
            scores = np.array([sum(weights.get(f, 0) for f in features) for features, _ in candidates])
            best = int(scores.argmax())
            if scores[best] > quiet:
                all_of = np.exp(np.append(scores, quiet) - scores[best]).sum()
                answers.append((1 / all_of, candidates[best][1]))
        answers.sort(reverse=True)
        chosen[group], good = 1.0, 0
        for n, (probability, right) in enumerate(answers, 1):
            good += right
            if good / n >= least:
                chosen[group] = probability
        kept = [right for p, right in answers if p >= chosen[group]]
        print(f"  {group}: threshold {chosen[group]:.2f}, {sum(kept)} of {len(kept)} right", file=sys.stderr)
    return chosen


def write(path, weights, limits):
    with open(path, "w", encoding="utf-8") as out:
        out.write("# Learned by training/coref.py from UD English-GUM, train, genres of en_gumopen (annotation CC BY 4.0).\n")
        out.write("# feature <TAB> weight in thousandths; threshold: the least probability of an answer.\n")
        for group, value in sorted(limits.items()):
            out.write(f"threshold:{group}\t{int(value * 1000)}\n")
        for feature, value in sorted(weights.items()):
            if abs(round(value * 1000)) >= 5:
                out.write(f"{feature}\t{round(value * 1000)}\n")


def chains(links):
    """Sets of mentions out of links between mentions."""
    parent = {}

    def top(x):
        parent.setdefault(x, x)
        while parent[x] != x:
            x = parent[x]
        return x

    for a, b in links:
        parent[top(a)] = top(b)
    groups = collections.defaultdict(set)
    for x in list(parent):
        groups[top(x)].add(x)
    return [g for g in groups.values() if len(g) > 1]


def muc(key, response):
    hit = total = 0
    where = {m: i for i, chain in enumerate(response) for m in chain}
    for chain in key:
        hit += len(chain) - len({where.get(m, ("alone", m)) for m in chain})
        total += len(chain) - 1
    return hit, total


def b_cubed(key, response):
    where = {m: chain for chain in response for m in chain}
    hit = sum(len(chain & where.get(m, set())) / len(chain) for chain in key for m in chain)
    return hit, sum(map(len, key))


def ceaf_e(key, response):
    """The best one-to-one alignment, by similarity 2|K&R| / (|K|+|R|), greedily (chains hardly compete)."""
    pairs = sorted(((-2 * len(k & r) / (len(k) + len(r)), i, j) for i, k in enumerate(key) for j, r in enumerate(response) if k & r))
    used_k, used_r, sum_ = set(), set(), 0.0
    for value, i, j in pairs:
        if i not in used_k and j not in used_r:
            used_k.add(i)
            used_r.add(j)
            sum_ -= value
    return sum_, len(key), len(response)


def f1(hit_p, p, hit_r, r):
    a, b = hit_p / p if p else 0, hit_r / r if r else 0
    return f"P {100 * a:.1f} R {100 * b:.1f} F {200 * a * b / (a + b) if a + b else 0:.1f}"


def score(pairs):
    right, made, there = collections.Counter(), collections.Counter(), collections.Counter()
    sums = collections.defaultdict(lambda: np.zeros(4))
    pronouns = {"he": PERSON, "she": PERSON, "it": IT, "they": THEY}
    for sentences, log in pairs:
        gold = collections.defaultdict(list)
        mentions = gold_mentions(sentences)
        for m in mentions:
            gold[m[0]].append(m)
        size = collections.Counter(m[4] for m in mentions)
        first = {}
        for m in mentions:
            first.setdefault(m[4], m)
        links = []
        seen = {}
        for line in log:
            cells = line.split("\t")
            if cells[0] == "M":
                entity = entity_of(gold, int(cells[2]), int(cells[5]), cells[6] == "joined")
                seen[tuple(cells[2:6])] = entity
                kind = pronouns.get(cells[7])
                if kind is not None and entity and first[entity][:2] != [int(cells[2]), int(cells[3])]:
                    there[kind] += 1
            elif cells[0] == "L":
                kind, a, b = int(cells[1]), tuple(cells[2:6]), tuple(cells[6:10])
                made[kind] += 1
                right[kind] += seen.get(a) is not None and seen.get(a) == seen.get(b)
                links.append((a, b))
        # Our mentions take the place of the gold ones that they match, so that both sides speak of the same things.
        def name(span):
            n, head = int(span[0]), int(span[3])
            fitting = [m for m in gold.get(n, ()) if head in m[3]]
            if not fitting:
                return ("ours", *span)
            return tuple(min(fitting, key=lambda m: m[2] - m[1])[:3])

        response = chains([(name(a), name(b)) for a, b in links])
        by_entity = collections.defaultdict(set)
        for m in mentions:
            if size[m[4]] > 1:
                by_entity[m[4]].add(tuple(m[:3]))
        key = [c for c in by_entity.values() if len(c) > 1]
        for label, measure in (("MUC", muc), ("B3", b_cubed)):
            hit_r, r = measure(key, response)
            hit_p, p = measure(response, key)
            sums[label] += [hit_p, p, hit_r, r]
        hit, r, p = ceaf_e(key, response)
        sums["CEAF-e"] += [hit, p, hit, r]
    for kind, label in enumerate(("he/she", "it", "they", "descriptions", "names")):
        recall = f", recall {100 * right[kind] / there[kind]:.1f} of {there[kind]}" if there[kind] else ""
        print(f"{label}: precision {100 * right[kind] / max(1, made[kind]):.1f} of {made[kind]}{recall}")
    for label, numbers in sums.items():
        print(label, f1(*numbers))


def main():
    verb, tool, casus, treebanks, last = sys.argv[1:]
    if verb == "score":
        score(listen(tool, casus, treebanks, last))
        return
    asked = questions(listen(tool, casus, treebanks, "en_gumopen-train"))
    weights = train(asked)
    held_back = questions(listen(tool, casus, treebanks, "en_gumopen-dev"))
    write(last, weights, thresholds(held_back, weights))
    print(f"{len(asked)} questions, {len(weights)} features; build the library and run this {ROUNDS} times", file=sys.stderr)


if __name__ == "__main__":
    main()
