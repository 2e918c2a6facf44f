#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Learns the weights of [confidence] in ontology/plover.toml: how far a row with these features is to be believed.

usage: confidence.py CASUS [--judged bench/judged_rows.tsv --pages FOLDER] [--write]

Every row that casus codes on ontology/examples/en/train (with all weights at 1, so that the `why` shows the features themselves) is right when its type
is accepted and its parties overlap the marked ones; rows of real pages are right as judged by hand. A logistic model with an L2 penalty is fitted by
Newton's method; five folds by file tell how well calibrated it is. The test half of the examples is never read here. Needs numpy.
"""
import argparse, collections, glob, json, os, pathlib, re, shutil, subprocess, sys, tempfile
import numpy

ROOT = pathlib.Path(__file__).resolve().parent.parent
SYMMETRIC = {'CONSULT', 'AGREE', 'COOPERATE', 'ASSAULT'}
PENALTY = 3.0
JUDGED_WEIGHT = 1.0
NAMES = ['frame_needs', 'frame_weak', 'verb', 'noun', 'reciprocal', 'both_parties', 'actor_missing', 'recipient_missing', 'required_missing',
         *(f'{side}_{what}' for side in ('actor', 'recipient') for what in ('known', 'described', 'unknown', 'person', 'place', 'stateless')),
         'arcs', 'long_path', 'coreference', 'descended', 'inherited_subject', 'hypothetical', 'negation', 'rewritten', 'attributed', 'headline',
         'long_sentence', 'root', 'relative_clause', 'adverbial_clause', 'trigger_arc', 'merged', 'politics']


def section(text):
    start = text.index('[confidence]')
    end = text.find('\n[', start)
    return start, len(text) if end < 0 else end + 1


def probe_data(program, names):
    """A data folder like the program's whose weights are all 1 and whose floor is 0."""
    data = pathlib.Path(os.environ.get('CASUS_DATA') or pathlib.Path(program).resolve().parent / 'data')
    folder = pathlib.Path(tempfile.mkdtemp())
    for name in ('models', 'knowledge.casus'):
        (folder / name).symlink_to((data / name).resolve())
    shutil.copytree((data / 'ontology').resolve(), folder / 'ontology')
    path = folder / 'ontology/plover.toml'
    text = path.read_text(encoding='utf8')
    start, end = section(text)
    body = '[confidence]\nbase = 0\nfloor = 0\n' + ''.join(f'{n} = 1\n' for n in names)
    path.write_text(text[:start] + body + text[end:], encoding='utf8')
    return folder


def parse_marks(marked):
    """Plain text and (labels, start, end) of each mark, in code points."""
    out, stack, spans, i = [], [], [], 0
    while i < len(marked):
        opening = re.match(r'\[([a-z0-9,]+):', marked[i:])
        if opening:
            stack.append((opening[1].split(','), len(out)))
            i += opening.end()
        elif marked[i] == ']' and stack:
            labels, start = stack.pop()
            spans.append((labels, start, len(out)))
            i += 1
        else:
            out.append(marked[i])
            i += 1
    return ''.join(out), spans


def read_examples():
    for path in sorted(glob.glob(str(ROOT / 'ontology/examples/en/train/*.tsv'))):
        for number, line in enumerate(open(path, encoding='utf8'), 1):
            cells = line.rstrip('\n').split('\t')
            if number == 1 or line.startswith('#') or len(cells) < 2:
                continue
            text, spans = parse_marks(cells[0])
            events = []
            for k, cell in enumerate([] if cells[1] == '-' else cells[1].split(';'), 1):
                word = cell.split()[0]
                types = {t.split('/')[0] for t in word.rstrip('?').split('|')}
                at = lambda role: [(s, e) for labels, s, e in spans if f'{role}{k}' in labels or (k == 1 and role in labels)]
                events.append({'types': types, 'optional': '?' in word, 'a': at('a'), 'r': at('r')})
            yield os.path.basename(path), text, events


def overlaps(parties, spans):
    return not spans or any(p['start'] < e and s < p['end'] for p in parties for s, e in spans)


def verdict(event, gold):
    """True, False, or None where a reader may code it or not."""
    for wanted in gold:
        if event['type'] not in wanted['types']:
            continue
        fits = overlaps(event['actors'], wanted['a']) and overlaps(event['recipients'], wanted['r'])
        both = event['actors'] + event['recipients']
        if event['type'] in SYMMETRIC:
            fits = fits or (overlaps(both, wanted['a']) and overlaps(both, wanted['r']))
        if fits:
            return None if wanted['optional'] else True
    return False


def features(event):
    detail = next(step['detail'] for step in event['why'] if step['step'] == 'confidence')
    return {m[1]: float(m[2]) for m in re.finditer(r'(\w+) ([+-]\d+\.\d+)', detail)}


def code(program, data, arguments, given=None):
    run = subprocess.run([program, 'code', '--why', *arguments], input=given, capture_output=True, text=True, encoding='utf8',
                         env={**os.environ, 'CASUS_DATA': str(data)})
    return [json.loads(line) for line in run.stdout.splitlines()]


def rows_of_examples(program, data):
    examples = list(read_examples())
    given = ''.join(json.dumps({'id': str(i), 'text': t, 'date': '2024-05-15', 'language': 'en'}) + '\n' for i, (_, t, _) in enumerate(examples))
    for event in code(program, data, ['--jsonl', '-'], given):
        name, _, gold = examples[int(event['document'])]
        right = verdict(event, gold)
        if right is not None:
            yield name, features(event), right, 1.0


def rows_of_pages(program, data, table, folder):
    judged = {}
    for line in open(table, encoding='utf8'):
        if not line.startswith('#') and line.strip() and not line.startswith('page\t'):
            page, trigger, kind, actor, right = line.rstrip('\n').split('\t')[:5]
            judged[page, int(trigger), kind, actor] = right == 'yes'
    pages = [str(p) for p in sorted(pathlib.Path(folder).rglob('*.html')) if any(key[0] == p.stem for key in judged)]
    for event in code(program, data, pages):
        actor = str(event['actors'][0]['start']) if event['actors'] else '-'
        key = (pathlib.Path(event['document']).stem, event['trigger']['start'], event['type'], actor)
        if key in judged:
            yield 'page ' + key[0], features(event), judged[key], JUDGED_WEIGHT


def fit(x, y, weight):
    w = numpy.zeros(x.shape[1])
    penalty = numpy.full(x.shape[1], PENALTY)
    penalty[0] = 1e-3
    for _ in range(50):
        p = 1 / (1 + numpy.exp(-x @ w))
        step = numpy.linalg.solve((x * (weight * p * (1 - p))[:, None]).T @ x + numpy.diag(penalty), x.T @ (weight * (y - p)) - penalty * w)
        w += step
        if numpy.abs(step).max() < 1e-9:
            break
    return w


def calibration_error(p, y):
    bins = numpy.minimum((p * 10).astype(int), 9)
    return sum(abs(p[bins == b].mean() - y[bins == b].mean()) * (bins == b).sum() for b in range(10) if (bins == b).any()) / len(p)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('casus')
    parser.add_argument('--judged')
    parser.add_argument('--pages')
    parser.add_argument('--floor', type=float, default=0.3)
    parser.add_argument('--write', action='store_true')
    given = parser.parse_args()
    toml = ROOT / 'ontology/plover.toml'
    text = toml.read_text(encoding='utf8')
    types = re.findall(r'^([A-Z]+) = \{ quad', text, re.M)
    names = NAMES + ['type_' + t for t in types]
    data = probe_data(given.casus, names)
    rows = list(rows_of_examples(given.casus, data))
    if given.judged:
        rows += list(rows_of_pages(given.casus, data, given.judged, given.pages))
    shutil.rmtree(data)
    x = numpy.array([[1.0] + [f.get(n, 0.0) for n in names] for _, f, _, _ in rows])
    y = numpy.array([float(r) for _, _, r, _ in rows])
    weight = numpy.array([w for _, _, _, w in rows])
    groups = sorted({name for name, _, _, _ in rows})
    fold = numpy.array([groups.index(name) % 5 for name, _, _, _ in rows])
    held = numpy.zeros(len(rows))
    for k in range(5):
        held[fold == k] = 1 / (1 + numpy.exp(-x[fold == k] @ fit(x[fold != k], y[fold != k], weight[fold != k])))
    page = numpy.array([name.startswith('page ') for name, _, _, _ in rows])
    order = numpy.argsort(held)
    ranks = numpy.empty(len(rows))
    ranks[order] = numpy.arange(len(rows))
    auc = (ranks[y == 1].sum() - (y == 1).sum() * ((y == 1).sum() - 1) / 2) / ((y == 1).sum() * (y == 0).sum())
    print(f'{len(rows)} rows, {int(page.sum())} of pages; right {y.mean():.3f} (pages {y[page].mean() if page.any() else 0:.3f})')
    print(f'held out: calibration error {calibration_error(held, y):.3f}, area under the curve {auc:.3f}')
    for cut in (0.3, 0.4, 0.5, 0.6, 0.7):
        for what, mask in (('examples', ~page), ('pages', page)):
            if mask.any():
                kept = mask & (held >= cut)
                print(f'  at >= {cut} {what}: kept {kept.sum()} of {mask.sum()}, right {y[kept].mean():.3f}, right rows lost {(mask & (y == 1) & ~kept).sum()}')
    w = fit(x, y, weight)
    lines = ['[confidence]', '# Learnt by training/confidence.py; a feature that is not here weighs nothing. `floor` is no weight: what ends below it is no row but a near miss.',
             f'base = {w[0]:.2f}', f'floor = {given.floor}']
    lines += [f'{n} = {v:.2f}' for n, v in zip(names, w[1:]) if abs(v) >= 0.005]
    print('\n'.join(lines))
    if given.write:
        start, end = section(text)
        toml.write_text(text[:start] + '\n'.join(lines) + '\n' + text[end:], encoding='utf8')


if __name__ == '__main__':
    main()
