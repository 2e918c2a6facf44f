"""What the tests of the program share: running it, and pages made from a seed."""
import gzip, hashlib, json, os, pathlib, random, subprocess, sys, tempfile

PROGRAM = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
SOURCE = pathlib.Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else None


def run(*arguments, stdin=b'', timeout=60):
    """(exit code, stdout, stderr) of one command."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, capture_output=True, timeout=timeout)
    return done.returncode, done.stdout.decode('utf8'), done.stderr.decode('utf8', 'replace')


def json_lines(text):
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def dump_hash(database):
    code, out, words = run('dump', database)
    assert code == 0, words
    return hashlib.sha256(out.encode()).hexdigest()


COUNTRIES = ['France', 'Russia', 'Venezuela', 'Germany', 'China', 'Cuba', 'Ukraine', 'Norway', 'Mexico', 'Colombia']
ACTS = ['imposed sanctions on', 'criticized', 'signed a trade agreement with', 'threatened', 'sent humanitarian aid to', 'accused', 'praised',
        'suspended talks with', 'attacked', 'met with']
FILLER = ('officials told reporters that further details of the measure would be published within days while parliament debated its cost and '
          'the opposition asked for a vote before the end of the session in the capital').split()


def sentence(rng):
    actor, recipient = rng.sample(COUNTRIES, 2)
    return f'The government of {actor} {rng.choice(ACTS)} {recipient} on {rng.choice(["Monday", "Friday"])}.'


def paragraph(rng):
    words = rng.sample(FILLER, len(FILLER))
    return sentence(rng) + ' ' + ' '.join(words).capitalize() + '. ' + sentence(rng)


def page(rng, url, title, paragraphs, day):
    links = ''.join(f'<li><a href="/{rng.randrange(10**6)}">Other story {rng.randrange(100)}</a></li>' for _ in range(5))
    body = ''.join(f'<p>{p}</p>' for p in paragraphs)
    return (f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><link rel="canonical" href="{url}">'
            f'<meta property="article:published_time" content="2022-03-{day:02d}T10:00:00Z"></head><body><nav><ul>{links}</ul></nav>'
            f'<article><h1>{title}</h1>{body}</article><footer>Outlet {rng.randrange(9)}</footer></body></html>')


def warc_record(url, html):
    http = b'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n' + html.encode()
    return (f'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n'
            f'Content-Length: {len(http)}\r\n\r\n').encode() + http + b'\r\n\r\n'


def make_inputs(folder, seed, count):
    """Pages, a WARC, JSON Lines and broken things, with copies under other URLs, revisions and repetitions; the list of inputs."""
    rng, inputs, reports = random.Random(seed), [], []
    archive, lines = [], []
    for i in range(count):
        if reports and rng.random() < 0.3:
            title, paragraphs = rng.choice(reports)             # another print of a report
            if rng.random() < 0.5: paragraphs = paragraphs + [sentence(rng)]
        else:
            title, paragraphs = f'Story number {i} of {seed}', [paragraph(rng) for _ in range(4)]
            reports.append((title, paragraphs))
        url = f'https://example.org/{rng.randrange(count)}'     # now and then the same URL: a revision
        html = page(rng, url, title, paragraphs, rng.randrange(1, 29))
        kind = rng.random()
        if kind < 0.2:
            archive.append(gzip.compress(warc_record(url, html), mtime=0))
        elif kind < 0.4:
            lines.append(json.dumps({'id': str(i), 'text': '\n'.join(paragraphs), 'url': url, 'title': title, 'date': '2022-03-05', 'language': 'en'}))
        else:
            path = folder / f'{i:03d}.html'
            path.write_text(html, encoding='utf8')
            inputs.append(path)
    lines.insert(len(lines) // 2, '{"text": "broken')
    (folder / 'archive.warc.gz').write_bytes(b''.join(archive) + b'\x1f\x8b\x08 not gzip')
    (folder / 'lines.jsonl').write_text('\n'.join(lines) + '\n', encoding='utf8')
    (folder / 'empty.html').write_text('')
    return inputs + [folder / 'archive.warc.gz', folder / 'lines.jsonl', folder / 'empty.html']


def folder():
    """A temporary folder, in memory where that is possible."""
    return tempfile.TemporaryDirectory(dir='/dev/shm' if os.path.isdir('/dev/shm') else None)
