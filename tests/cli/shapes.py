#!/usr/bin/env python3
"""Exit codes, streams, and the fixed JSON shapes that scorers and users' scripts depend on.

usage: shapes.py CASUS SOURCE_DIR
"""
import csv, io, json, os, pathlib, random, signal, subprocess, sys, time, unittest, urllib.request
from casus_run import PROGRAM, folder, json_lines, make_inputs, page, run, sentence

TEXT = 'In Caracas, the government of France imposed sanctions on Russia on Friday, 4 March 2022. Ñandú 😀 said nothing.'


class Shapes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = folder()
        cls.place = pathlib.Path(cls.temporary.name)
        rng = random.Random(3)
        cls.page = cls.place / 'page.html'
        cls.page.write_text(page(rng, 'https://example.org/a', 'France imposes sanctions', [TEXT] + [sentence(rng) for _ in range(5)], 5), encoding='utf8')
        cls.lines = cls.place / 'in.jsonl'
        given = '  ' + TEXT + '\n\n\nThe government of Cuba praised Mexico on Monday.\n'
        cls.given = {'one': TEXT, '2': given}
        cls.lines.write_text('\n'.join(json.dumps({'id': i, 'text': t, 'date': '2022-03-05'}) for i, t in cls.given.items()), encoding='utf8')
        cls.database = cls.place / 'events.db'
        assert run('add', cls.database, cls.page)[0] == 0

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def test_exit_codes(self):
        empty = self.place / 'nothing'
        empty.mkdir(exist_ok=True)
        cases = [(0, ['--help']), (0, ['--version']), (0, ['extract', '--help']), (2, []), (2, ['no-such-verb']), (2, ['extract']),
                 (2, ['extract', '--no-such-option', self.page]), (2, ['extract', '--format', 'xml', self.page]), (2, ['extract', '--threads', '0', self.page]),
                 (0, ['extract', self.page]), (1, ['extract', empty]), (2, ['extract', self.place / 'missing']),
                 (3, ['extract', self.page, self.place / 'missing']), (2, ['find', self.place / 'missing.db']), (0, ['find', self.database]),
                 (1, ['find', self.database, 'zzzzzz']), (2, ['find', self.database, '--since', 'yesterday']), (1, ['show', self.database, 'ffffffff']),
                 (2, ['why']), (2, ['find', self.page]), (0, ['completions', 'bash']), (2, ['kb', 'find'])]
        for expected, arguments in cases:
            code, out, words = run(*arguments)
            self.assertEqual(code, expected, f'{arguments}: {words}')
            if expected == 2:
                self.assertEqual(out, '', arguments)
                self.assertNotEqual(words, '', arguments)

    def test_help_shows_examples_before_options(self):
        for verb in ('extract', 'parse', 'locate', 'code', 'add', 'find', 'show', 'why', 'export', 'serve', 'eval', 'doctor', 'dump'):
            out = run(verb, '--help')[1]
            self.assertIn('casus ' + verb, out)
            self.assertLess(out.index('Examples:'), out.index('Options:'), verb)

    def test_extract(self):
        code, out, words = run('extract', '--format', 'jsonl', self.page)
        self.assertEqual((code, words), (0, ''))
        d, = json_lines(out)
        for key in ('page', 'url', 'title', 'authors', 'published', 'language', 'text', 'paragraphs', 'removed'):
            self.assertIn(key, d)
        self.assertEqual(d['url'], 'https://example.org/a')
        raw = self.page.read_bytes()
        for p in d['paragraphs']:
            begin, end = p['page']
            if d['text'][p['start']:p['end']] == TEXT:
                self.assertEqual(raw[begin:end].decode(), TEXT)
                break
        else:
            self.fail('the paragraph is not there whole')
        self.assertIn(TEXT, run('extract', self.page)[1])

    def test_code_offsets_count_characters_of_the_given_text(self):
        documents = json_lines(run('code', '--jsonl', self.lines, '--per-document')[1])
        self.assertEqual([d['id'] for d in documents], list(self.given))
        self.assertGreater(sum(len(d['events']) for d in documents), 1)
        for d in documents:
            text = self.given[d['id']]
            for e in d['events']:
                for key in ('type', 'mode', 'contexts', 'status', 'actors', 'recipients', 'trigger', 'evidence', 'attribution', 'date', 'place', 'confidence'):
                    self.assertIn(key, e)
                for span in [e['trigger'], e['evidence'], *e['actors'], *e['recipients']]:
                    self.assertEqual(text[span['start']:span['end']], span['text'])

    def test_code_gives_an_event_a_line(self):
        events = json_lines(run('code', self.page)[1])
        self.assertGreater(len(events), 1)
        for e in events:
            self.assertEqual(e['document'], str(self.page))
        self.assertIn('→', run('code', '--format', 'table', self.page)[1])

    def test_locate(self):
        first, second = json_lines(run('locate', '--jsonl', self.lines)[1])
        for p in first['places'] + second['places']:
            for key in ('start', 'end', 'text', 'name', 'lat', 'lon', 'geonameid', 'country', 'kind'):
                self.assertIn(key, p)
        self.assertIn('Caracas', [TEXT[p['start']:p['end']] for p in first['places']])

    def test_parse_keeps_given_words(self):
        code, out, words = run('parse', '--input', 'text', '-', stdin=(TEXT + '\n').encode())
        self.assertEqual(code, 0, words)
        rows = [line.split('\t') for line in out.splitlines() if line and not line.startswith('#')]
        self.assertTrue(all(len(r) == 10 for r in rows))
        self.assertIn('NE=B-', out)
        again = run('parse', '--input', 'conllu', '-', stdin=out.encode())[1]
        self.assertEqual([r.split('\t')[1] for r in again.splitlines() if r and r[0] != '#'], [r[1] for r in rows])

    def test_threads_do_not_change_the_output(self):
        many = make_inputs(self.place, 5, 12)
        for verb in (['extract', '--format', 'jsonl'], ['code'], ['locate']):
            one, two = (run(*verb, '--threads', n, *many)[:2] for n in (1, 3))
            self.assertEqual(one, two)

    def test_find_show_why_and_export(self):
        rows = json_lines(run('find', self.database, '--format', 'jsonl')[1])
        self.assertGreater(len(rows), 1)
        self.assertEqual(len(rows), len(json_lines(run('export', self.database)[1])))
        text = json_lines(run('extract', '--format', 'jsonl', self.page)[1])[0]['text']
        for r in rows:
            self.assertEqual(r['quote'], text[r['evidence']['start']:r['evidence']['end']])
        shown = json.loads(run('show', self.database, rows[0]['id'][:8], '--format', 'json')[1])
        self.assertEqual(shown['id'], rows[0]['id'])
        self.assertGreater(len(shown['why']), 0)
        self.assertIn('^', run('why', self.database, rows[0]['id'])[1])
        self.assertIn('trigger', run('why', '--text', 'The government of France imposed sanctions on Russia.')[1])
        table = list(csv.DictReader(io.StringIO(run('export', self.database, '--format', 'csv')[1], newline='')))
        self.assertEqual({r['quote'] for r in table}, {r['quote'] for r in rows})
        for line in json_lines(run('export', self.database, '--format', 'plover')[1]):
            for key in ('id', 'date', 'actor', 'event'):
                self.assertIn(key, line)
        self.assertEqual(run('show', self.database, rows[0]['article'][:10])[0], 0)

    def test_a_closed_pipe_ends_quietly(self):
        big = self.place / 'big.jsonl'
        big.write_text((json.dumps({'text': TEXT}) + '\n') * 400)
        process = subprocess.Popen([PROGRAM, 'extract', '--format', 'jsonl', big], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.read(10)
        process.stdout.close()
        self.assertEqual(process.stderr.read(), b'')
        self.assertEqual(process.wait(30), 0)

    def test_a_second_writer_is_refused(self):
        database = self.place / 'busy.db'
        first = subprocess.Popen([PROGRAM, 'add', database, '-'], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for _ in range(100):
            if database.exists() and run('dump', database)[0] == 0: break
            time.sleep(0.1)
        code, _, words = run('add', database, self.page)
        first.stdin.close()
        first.wait(30)
        self.assertEqual(code, 2)
        self.assertIn('another program', words)

    def test_escape_sequences_of_pages_do_not_reach_the_terminal(self):
        evil = self.place / 'evil.jsonl'
        evil.write_text(json.dumps({'text': 'The government of France imposed \u001b[2J sanctions on Russia on Friday.', 'title': 'a\u001b]0;x\u0007b'}))
        database = self.place / 'evil.db'
        run('add', database, evil)
        for arguments in (['find', database], ['code', '--format', 'table', evil]):
            self.assertNotIn('\x1b', run(*arguments)[1])

    def test_doctor_and_knowledge(self):
        code, out, words = run('doctor', self.database)
        self.assertIn(code, (0, 3), words)
        self.assertIn('self test: SANCTION', out)
        self.assertEqual(run('kb', 'find', 'France')[0], 0)
        self.assertEqual(run('kb', 'find', 'Xyzzyqux')[0], 1)

    def test_serve_answers_and_ends(self):
        process = subprocess.Popen([PROGRAM, 'serve', self.database, '--port', '0'], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            url = process.stdout.readline().strip()
            with urllib.request.urlopen(url, timeout=10) as answer:
                self.assertEqual(answer.status, 200)
        finally:
            process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(20), 0)
        process.stdout.close()


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
