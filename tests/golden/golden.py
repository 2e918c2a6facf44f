#!/usr/bin/env python3
"""Holds what casus reads in examples/ against tests/golden/examples/*.expected, files that people can read and review.

usage: golden.py CASUS SOURCE_DIR [--update]

One file per example: title, date, paragraphs, what was removed and why, and each event as a line. --update rewrites them, so that
`git diff` shows what a change does to the rows.
"""
import difflib, json, pathlib, subprocess, sys


def run(program, *arguments):
    result = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, encoding='utf8')
    if result.returncode not in (0, 1, 3):
        sys.exit(f'casus {" ".join(map(str, arguments))}: exit {result.returncode}\n{result.stderr}')
    return [json.loads(line) for line in result.stdout.splitlines() if line.strip()]


def party(actor):
    extra = '/'.join(x for x in (actor.get('country') or '', actor.get('sector') or '') if x)
    return actor['name'] + (f' [{extra}]' if extra else '')


def event_lines(event, text):
    mode = ('-' + event['mode']) if event.get('mode') else ''
    status = ' ' + ' '.join(event['status']) if event['status'] else ''
    recipients = '; '.join(party(r) for r in event['recipients']) or '-'
    yield f'* {event["type"]}{mode}{status}: {"; ".join(party(a) for a in event["actors"]) or "-"} -> {recipients}'
    for link in event['attribution']:
        yield f'    according to {party(link["speaker"])} ({link["stance"]}, "{link.get("verb", "")}")'
    date, place = event.get('date') or {}, event.get('place')
    yield f'    {date.get("value") or "no date"} ({date.get("basis")})' + (f', {place["name"]} ({place.get("basis")})' if place and place.get('name') else '')
    trigger, evidence = event['trigger'], event['evidence']
    yield f'    "{text[trigger["start"]:trigger["end"]]}" in "{text[evidence["start"]:evidence["end"]]}"'


def render(article, events):
    text = article['text']
    lines = [f'title: {article["title"]}', f'published: {article["published"]}', f'authors: {", ".join(article["authors"])}', '']
    lines += [text[p['start']:p['end']] for p in article['paragraphs']]
    lines += ['', 'removed:'] + sorted({f'  {r["reason"]}: {" ".join((r.get("text") or "").split())[:90]}' for r in article['removed'] if r.get('text')})
    lines += ['', 'events:']
    for event in events:
        lines += event_lines(event, text)
    return '\n'.join(lines) + '\n'


def main():
    program, source = sys.argv[1], pathlib.Path(sys.argv[2])
    update = '--update' in sys.argv
    folder = source / 'tests/golden/examples'
    bad = 0
    pages = sorted(p for p in (source / 'examples').iterdir() if p.suffix in ('.html', '.txt', '.rss', '.gz'))
    assert len(pages) >= 18, 'examples are missing'
    for page in pages:
        articles = run(program, 'extract', '--format', 'jsonl', page)
        coded = {d['id']: d['events'] for d in run(program, 'code', '--per-document', page)}
        now = '\n'.join(render(a, coded.get(a['page'], [])) for a in articles)
        expected = folder / (page.name + '.expected')
        before = expected.read_text(encoding='utf8') if expected.exists() else ''
        if now == before:
            continue
        if update:
            folder.mkdir(exist_ok=True)
            expected.write_text(now, encoding='utf8')
            print(f'rewritten: {expected.relative_to(source)}')
            continue
        bad += 1
        sys.stdout.writelines(difflib.unified_diff(before.splitlines(True), now.splitlines(True), str(expected.relative_to(source)), 'now'))
    print('golden: %d pages, %d differ' % (len(pages), bad))
    return 1 if bad else 0


sys.exit(main())
