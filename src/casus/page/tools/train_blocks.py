#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Learn which blocks of a page are its article, from pages with known article text.

    train_blocks.py [--folds N] [--write] ROWS TRUTH [ROWS TRUTH …]

ROWS: output of block_rows; TRUTH: {"id","url","body"} a line. A block is article when most of its runs of four words stand in the
body. Hosts are never shared between fitting and measuring. Prints precision, recall and F1 of held-out pages (4-gram shingles,
means over pages) for each set; --write fits on all pages and writes words/class_weights.tsv and model/block_trees.tsv beside this
folder. Needs numpy and lightgbm.
"""
import argparse, collections, json, math, re, urllib.parse, zlib
from pathlib import Path

import lightgbm
import numpy

WORD = re.compile(r'\w+')
SCORES = ['self_score', 'parent_score', 'low_score', 'high_score', 'sum_score']
PARAMETERS = {'objective': 'binary', 'num_leaves': 24, 'learning_rate': 0.09, 'min_data_in_leaf': 60, 'feature_fraction': 0.5,
              'bagging_fraction': 0.8, 'bagging_freq': 1, 'lambda_l2': 5.0, 'verbose': -1, 'num_threads': 2, 'seed': 7, 'deterministic': True,
              'force_row_wise': True}
ROUNDS = 120


def shingles(words, n=4):
    if not words:
        return collections.Counter()
    if len(words) < n:
        return collections.Counter([tuple(words)])
    return collections.Counter(tuple(words[i:i + n]) for i in range(len(words) - n + 1))


class Page:
    def __init__(self, row, truth, name):
        self.set, self.id = name, truth['id']
        url = truth.get('url') or row.get('url') or truth['id']
        self.host = '.'.join((urllib.parse.urlsplit(url).hostname or url).split('.')[-2:])
        self.blocks, self.nodes = row.get('blocks') or [], row.get('nodes') or {}
        self.words = [WORD.findall(b['text']) for b in self.blocks]
        self.gold = shingles(WORD.findall(truth.get('body') or ''))
        self.features = numpy.array([b['f'] for b in self.blocks], dtype=numpy.float32)
        self.label(truth.get('body') or '')

    def label(self, body):
        left = collections.Counter(self.gold)
        flat = ' ' + ' '.join(WORD.findall(body)) + ' '
        share = []
        for words in self.words:
            if len(words) < 4:
                share.append(0.5 if words and ' ' + ' '.join(words) + ' ' in flat else 0.0)
                continue
            own = shingles(words)
            hits = own & left
            share.append(sum(hits.values()) / sum(own.values()))
            if share[-1] >= 0.5:
                left -= hits
        self.labels = numpy.zeros(len(share))
        for i, s in enumerate(share):
            near = any(share[k] > 0.5 for k in (i - 2, i - 1, i + 1, i + 2) if 0 <= k < len(share))
            self.labels[i] = 1.0 if s > 0.5 or (s == 0.5 and len(self.words[i]) >= 4) or (s == 0.5 and near) else 0.0
        total = sum(len(w) for w, l in zip(self.words, self.labels) if l) + 60
        self.weights = numpy.array([(min(len(w), 120) + 3) / total for w in self.words])


def chain(page, node):
    while node in page.nodes:
        yield page.nodes[node]
        node = page.nodes[node]['parent']


def lexicon(pages):
    """word -> log-odds that text under it is article, each host counting once."""
    hosts = collections.defaultdict(lambda: collections.defaultdict(lambda: [0.0, 0.0]))
    base = [0.0, 0.0]
    for page in pages:
        for block, words, label, weight in zip(page.blocks, page.words, page.labels, page.weights):
            seen = set()
            for node in chain(page, block['node']):
                seen.update(node['words'])
            base[int(label)] += weight
            for word in seen:
                hosts[word][page.host][int(label)] += weight
    prior = math.log((base[1] + 1) / (base[0] + 1))
    out = {}
    for word, by_host in hosts.items():
        if len(by_host) < 5:
            continue
        share = sum((p + 0.02) / (p + n + 0.04) for n, p in by_host.values()) / len(by_host)
        odds = math.log((share + 0.02) / (1 - share + 0.02)) - prior
        weight = odds * len(by_host) / (len(by_host) + 6)
        if abs(weight) >= 0.35:
            out[word] = round(max(-3.0, min(3.0, weight)), 2)
    return out


def scored(page, names, words):
    """The features with the five columns that depend on the lexicon."""
    features = page.features.copy()
    columns = [names.index(n) for n in SCORES]
    value = {k: max(-4.0, min(4.0, sum(words.get(w, 0.0) for w in n['words']))) for k, n in page.nodes.items()}
    for i, block in enumerate(page.blocks):
        low = high = total = 0.0
        nearest = []
        node = block['node']
        while node in page.nodes:
            score = value[node]
            low, high, total = min(low, score), max(high, score), total + score
            if page.nodes[node]['block']:
                nearest.append(score)
            node = page.nodes[node]['parent']
        nearest += [0.0, 0.0]
        features[i, columns] = [nearest[0], nearest[1], low, high, total]
    return features


def fold_of(host, folds, salt=''):
    return zlib.crc32((salt + host).encode()) % folds


def fit(pages, names):
    rows = []
    for part in range(3):  # the lexicon never saw the host whose rows it helps to learn from
        words = lexicon([p for p in pages if fold_of(p.host, 3, 'inner') != part])
        rows += [(p, scored(p, names, words)) for p in pages if fold_of(p.host, 3, 'inner') == part and len(p.blocks)]
    data = lightgbm.Dataset(numpy.concatenate([f for _, f in rows]), numpy.concatenate([p.labels for p, _ in rows]),
                            weight=numpy.concatenate([p.weights for p, _ in rows]) * 100, feature_name=list(names))
    return lightgbm.train(PARAMETERS, data, ROUNDS), lexicon(pages)


def measure(pages, threshold):
    pairs = []
    for page in pages:
        words = [w for ws, p in zip(page.words, page.predicted) if p >= threshold for w in ws]
        got = shingles(words)
        hit = sum((got & page.gold).values())
        pairs.append((hit / sum(got.values()) if got else None, hit / sum(page.gold.values()) if page.gold else 1.0))
    precisions = [p for p, _ in pairs if p is not None]
    precision, recall = sum(precisions) / max(1, len(precisions)), sum(r for _, r in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def write(model, words, names, here):
    with open(here / 'words/class_weights.tsv', 'w', encoding='utf8') as out:
        out.write('# Generated by tools/train_blocks.py; do not edit. Learned log-odds that text inside an element with this word in its\n'
                  '# class, id, role or itemprop is article. Columns: word, weight.\n')
        for word, weight in sorted(words.items()):
            out.write(f'{word}\t{weight:g}\n')
    dump = model.dump_model()
    (here / 'model').mkdir(exist_ok=True)
    with open(here / 'model/block_trees.tsv', 'w', encoding='utf8') as out:
        out.write('# Generated by tools/train_blocks.py; do not edit. Decision trees over the features of block_features.cc. A node a line:\n'
                  '# "t" begins a tree; "n" column threshold left right: left when value <= threshold; children are node numbers of the tree,\n'
                  '# or, when negative, leaf -1-k; "l" gives the leaves in order.\n')
        for tree in dump['tree_info']:
            nodes, leaves = [], []

            def walk(n):
                if 'leaf_value' in n:
                    leaves.append(n['leaf_value'])
                    return -len(leaves)
                index = len(nodes)
                nodes.append(None)
                left = walk(n['left_child'])
                right = walk(n['right_child'])
                nodes[index] = (n['split_feature'], n['threshold'], left, right)
                return index

            walk(tree['tree_structure'])
            out.write('t\n')
            for column, threshold, left, right in nodes:
                out.write(f'n\t{names[column]}\t{threshold:.6g}\t{left}\t{right}\n')
            out.write('l\t' + '\t'.join(f'{v:.5g}' for v in leaves) + '\n')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('files', nargs='+')
    parser.add_argument('--folds', type=int, default=4)
    parser.add_argument('--write', action='store_true')
    parser.add_argument('--worst', type=int, default=0)
    a = parser.parse_args()
    pages, names = [], None
    for rows, truth in zip(a.files[::2], a.files[1::2]):
        gold = {str(t['id']): t for t in map(json.loads, open(truth, encoding='utf8'))}
        for row in map(json.loads, open(rows, encoding='utf8')):
            names = row['names']
            key = Path(row['page']).name.split('.')[0]
            if key in gold and gold[key].get('body'):
                pages.append(Page(row, gold[key], Path(truth).parent.name))
    print(len(pages), 'pages', sum(len(p.blocks) for p in pages), 'blocks')
    for page in pages:
        page.predicted = page.labels
    for name in sorted({p.set for p in pages}):
        print(name, 'ceiling', ' '.join(f'{v:.4f}' for v in measure([p for p in pages if p.set == name], 0.5)))
    for fold in range(a.folds):
        model, words = fit([p for p in pages if fold_of(p.host, a.folds) != fold], names)
        for page in pages:
            if fold_of(page.host, a.folds) == fold:
                page.predicted = model.predict(scored(page, names, words), num_threads=2) if len(page.blocks) else []
    for threshold in (0.3, 0.4, 0.5, 0.6):
        for name in sorted({p.set for p in pages}):
            print(threshold, name, ' '.join(f'{v:.4f}' for v in measure([p for p in pages if p.set == name], threshold)))
    if a.worst:
        for page in pages:
            page.f1 = measure([page], 0.5)[2] if any(v >= 0.5 for v in page.predicted) and measure([page], 0.5)[1] > 0 else 0.0
        for page in sorted(pages, key=lambda p: p.f1)[:a.worst]:
            print(f'{page.f1:.3f}', page.set, page.id)
    if a.write:
        model, words = fit(pages, names)
        write(model, words, names, Path(__file__).resolve().parent.parent)
        gain = sorted(zip(model.feature_importance('gain'), names), reverse=True)
        print(' '.join(f'{n}:{g:.0f}' for g, n in gain[:40]))


main()
