#!/usr/bin/env python3
"""Hostile input: each ends in bounded time and memory with a result or a clear refusal, and the good pages of the batch are kept.

usage: hostile.py CASUS SOURCE_DIR
"""
import gzip, os, pathlib, random, resource, subprocess, sys, time, zlib
from casus_run import PROGRAM, folder, json_lines, page, paragraph, run, warc_record

SECONDS, MEGABYTES = 2, 300     # a page: the promise of the project
SLACK = 5                       # machines that run tests are slow and busy; what hangs or grows with the square is far above this


def gzip_bomb(megabytes):
    """A WARC member whose record says that it holds that much, and does."""
    head = f'WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {megabytes << 20}\r\n\r\n'.encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b''.join([packer.compress(head)] + [packer.compress(bytes(1 << 20)) for _ in range(megabytes)] + [packer.flush()])


def inputs(rng):
    good = page(rng, 'https://example.org/good', 'A good page', [paragraph(rng) for _ in range(4)], 4)
    inner = gzip.compress(b'<p>' + bytes(64 << 20))
    yield 'good-1.html', good.encode(), True
    yield 'nested.html', b'<div>' * 100_000 + b'text' + b'</div>' * 100_000, None
    yield 'formatting.html', b''.join(b'<b i=%d>' % i for i in range(4000)) + b''.join(b'<i i=%d>' % i for i in range(4000)) + b'x</b>' * 4000, None
    yield 'foster.html', b'<table>' + b'<b>x' * 20_000, None
    yield 'attributes.html', b'<p ' + b' '.join(b'a%d=1' % i for i in range(50_000)) + b'>text', None
    yield 'comments.html', b'<!--' * 1_000_000, None
    yield 'one-word.txt', b'a' * (9 << 20), None
    yield 'too-large.html', b'<p>' + b'a ' * (6 << 20), False
    yield 'random.bin', random.Random(1).randbytes(1 << 20), False
    yield 'empty.html', b'', False
    yield 'bomb.warc.gz', gzip_bomb(400) + gzip.compress(warc_record('https://example.org/behind', good)), None
    yield 'bomb.html.gz', gzip.compress(bytes(64 << 20)), False
    http = b'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n' + inner
    yield 'http-bomb.warc', b'WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n' % len(http) + http + b'\r\n\r\n', False
    yield 'laughs.xml', b'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel><item><description>&b;</description></item></channel></rss>', False
    yield 'deep.jsonl', b'{"text":' + b'[' * 100_000 + b']' * 100_000 + b'}', False
    yield 'good-2.html', good.replace('good page', 'second page').encode(), True


def measured(*arguments):
    """Exit code, stdout, stderr, seconds of processor time and peak megabytes of one run."""
    process = subprocess.Popen([PROGRAM, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, words = process.stdout.read(), None
    words = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, out.decode(), words.decode('utf8', 'replace'), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    rng, bad = random.Random(7), []
    with folder() as place:
        place = pathlib.Path(place)
        names = []
        for name, content, readable in inputs(rng):
            path = place / name
            path.write_bytes(content)
            names.append(path)
            code, out, words, seconds, megabytes = measured('extract', '--threads', '1', '--format', 'jsonl', path)
            print(f'{name:18} exit {code}  {seconds:5.2f} s  {megabytes:4.0f} MB  {(words.splitlines() or [""])[0][:90]}')
            if code not in (0, 3): bad.append(f'{name}: exit {code}')
            if readable is True and (code != 0 or not json_lines(out)): bad.append(f'{name}: a good page was not read')
            if readable is False and (code != 3 or 'refused' not in words): bad.append(f'{name}: not refused with exit 3 and a reason')
            if code == 3 and 'refused' not in words: bad.append(f'{name}: exit 3 without a word')
            if seconds > SECONDS * SLACK: bad.append(f'{name}: {seconds:.1f} s of processor time')
            if megabytes > MEGABYTES: bad.append(f'{name}: {megabytes:.0f} MB')
        code, out, words, seconds, megabytes = measured('extract', '--threads', '2', '--format', 'jsonl', *names)
        pages = [d['page'] for d in json_lines(out)]
        if code != 3: bad.append(f'the batch: exit {code}')
        for wanted in ('good-1.html', 'good-2.html', 'bomb.warc.gz#'):
            if not any(wanted in p for p in pages): bad.append(f'the batch lost {wanted}')
        code, _, words, _, _ = measured('add', place / 'events.db', *names)
        if code != 3: bad.append(f'add: exit {code}')
        ledger = [d for d in json_lines(run('dump', place / 'events.db')[1]) if d['table'] == 'ledger']
        if not any(d['outcome'] == 'refused' and 'laughs.xml' in d['source'] and d['reason'] for d in ledger): bad.append('add: a refusal without a ledger row')
    print('\n'.join(bad) or 'hostile: all bounded, all said')
    return 1 if bad else 0


sys.exit(main())
