#!/usr/bin/env python3
"""Scores the events that casus finds in examples/ against the hand-made tests/golden/gold.tsv.

usage: score_gold.py CASUS SOURCE_DIR [--list]

found: a coded event in the sentence with the anchor words has an accepted type, every required actor and recipient. Status and
attribution are scored on found events. wrong: a coded event that fits no gold row, "may" rows included. The floors below may only rise.
"""
import json, pathlib, subprocess, sys

FLOOR = {'recall': 0.84, 'precision': 0.93, 'status': 0.96, 'attribution': 0.97}


def alternatives(cell):
    return [] if cell in ('-', '*') else cell.split('|')


def holds(people, cell):
    """Whether each ;-separated party of the cell is among the people, by words of its text or name."""
    for one in cell.split(';'):
        words = one.split('|')
        if '-' in words or '*' in words:
            continue
        if not any(w.lower() in f'{p.get("text", "")} {p.get("name", "")}'.lower() for p in people for w in words):
            return False
    return True


def fits(event, sentence, row):
    if row['anchor'] not in sentence:
        return False
    if row['type'] != '*' and event['type'] not in row['type'].split('|') and event.get('was') not in row['type'].split('|'):
        return False
    return holds(event['actors'] + event['recipients'] if event['type'] in ('CONSULT', 'AGREE', 'COOPERATE', 'ASSAULT', 'SUPPORT') else event['actors'], row['actor']) \
        and holds(event['recipients'] + event['actors'], row['recipient'])


def load(path):
    names = ('page', 'need', 'anchor', 'type', 'actor', 'recipient', 'status', 'attribution')
    rows = [dict(zip(names, line.rstrip('\n').split('\t'))) for line in open(path, encoding='utf8') if line.strip() and not line.startswith('#')]
    for row in rows:
        assert len(row) == len(names), row
    return rows


def documents(program, page):
    def lines(*arguments):
        out = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, encoding='utf8').stdout
        return [json.loads(l) for l in out.splitlines() if l.strip()]
    articles = lines('extract', '--format', 'jsonl', page)
    coded = {d['id']: d['events'] for d in lines('code', '--per-document', page)}
    return [(a['text'], coded.get(a['page'], [])) for a in articles]


def main():
    program, source = sys.argv[1], pathlib.Path(sys.argv[2])
    gold = load(source / 'tests/golden/gold.tsv')
    found = wanted = coded = right = 0
    status = [0, 0]
    attribution = [0, 0]
    for page in sorted({r['page'] for r in gold} | {'world-cup-final.html', 'market-report.html'}):
        rows = [r for r in gold if r['page'] == page]
        events = [(e, text[e['evidence']['start']:e['evidence']['end']]) for text, es in documents(program, source / 'examples' / page) for e in es]
        for row in rows:
            if not any(row['anchor'] in text for text, _ in documents(program, source / 'examples' / page)):
                print(f'{page}: not in the text: {row["anchor"]}')
        for event, sentence in events:
            coded += 1
            if any(fits(event, sentence, r) for r in rows):
                right += 1
            elif '--list' in sys.argv:
                print(f'wrong  {page}: {event["type"]} {[a["name"] for a in event["actors"]]} -> {[a["name"] for a in event["recipients"]]} "{sentence}"')
        for row in (r for r in rows if r['need'] == 'must'):
            wanted += 1
            hits = [e for e, s in events if fits(e, s, row)]
            if not hits:
                if '--list' in sys.argv:
                    print(f'missed {page}: {row["type"]} {row["actor"]} -> {row["recipient"]}: {row["anchor"]}')
                continue
            found += 1
            if row['status'] != '*':
                expected = [] if row['status'] == '-' else [row['status']]
                status[1] += 1
                status[0] += any(e['status'] == expected for e in hits)
            if row['attribution'] != '*':
                attribution[1] += 1
                attribution[0] += any(not e['attribution'] if row['attribution'] == '-' else holds([l['speaker'] for l in e['attribution']], row['attribution']) for e in hits)
    figures = {'recall': found / wanted, 'precision': right / max(1, coded), 'status': status[0] / max(1, status[1]), 'attribution': attribution[0] / max(1, attribution[1])}
    print(json.dumps({**{k: round(v, 3) for k, v in figures.items()}, 'wanted': wanted, 'found': found, 'coded': coded, 'right': right}))
    below = [k for k, v in figures.items() if v < FLOOR[k]]
    if below:
        print('below the floor:', ', '.join(f'{k} {figures[k]:.3f} < {FLOOR[k]}' for k in below))
    return 1 if below else 0


sys.exit(main())
