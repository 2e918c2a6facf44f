#!/usr/bin/env python3
"""The same pages give the same record: twice, in another order, with one or two threads, and killed with SIGKILL at 20 moments and resumed.

usage: durability.py CASUS SOURCE_DIR [SEED]

Records are compared by the hash of `casus dump`. A failure prints the seed; with it the same moments are tried again.
"""
import os, pathlib, random, shutil, signal, sqlite3, subprocess, sys, time
from casus_run import PROGRAM, dump_hash, folder, make_inputs, run

SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 20220304
PAGES, RECORDS, KILLS = 90, 4, 5


def add(database, inputs, *options):
    code, _, words = run('add', database, *options, *inputs, timeout=300)
    assert code == 3, f'exit {code}: some inputs are broken, so 3 is right\n{words}'
    return words


def articles(database):
    if not database.exists():
        return 0
    with sqlite3.connect(f'file:{database}?mode=ro', uri=True) as connection:
        try:
            return connection.execute('SELECT count(*) FROM articles').fetchone()[0]
        except sqlite3.Error:
            return 0  # killed before there was a schema


def killed_after(seconds, database, inputs, every):
    """True when the program was still at work when it was killed."""
    process = subprocess.Popen([PROGRAM, 'add', database, '--threads', '2', '--commit-every', str(every), *inputs], stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def main():
    rng = random.Random(SEED)
    with folder() as place:
        place = pathlib.Path(place)
        inputs = make_inputs(place, SEED, PAGES)
        reference = place / 'reference.db'
        started = time.monotonic()
        words = add(reference, inputs, '--threads', '1')
        took = time.monotonic() - started
        expected, total = dump_hash(reference), articles(reference)
        print(f'reference: {total} articles in {took:.1f} s; {words.splitlines()[-1]}')
        assert total > PAGES / 3, words

        add(reference, inputs)
        assert dump_hash(reference) == expected, 'adding the same pages again changed the record'

        for name, options in (('threads', ['--threads', '2']), ('order', ['--threads', '2', '--commit-every', '3'])):
            database = place / f'{name}.db'
            shuffled = list(inputs)
            if name == 'order':
                rng.shuffle(shuffled)
            add(database, shuffled, *options)
            assert dump_hash(database) == expected, f'{name}: another record (seed {SEED})'

        at_work, partial = 0, 0
        for record in range(RECORDS):
            database = place / f'killed{record}.db'
            for _ in range(KILLS):
                at_work += killed_after(rng.uniform(0.02, took * 0.9 / KILLS + 0.3), database, inputs, rng.choice([1, 4, 1000]))
                partial += 0 < articles(database) < total
            add(database, inputs)
            assert dump_hash(database) == expected, f'killed and resumed: another record (seed {SEED}, record {record})'
            with sqlite3.connect(database) as connection:
                assert connection.execute('PRAGMA integrity_check').fetchone()[0] == 'ok'
                connection.execute("INSERT INTO event_search(event_search) VALUES ('integrity-check')")
        print(f'killed {RECORDS * KILLS} times, {at_work} of them at work, {partial} left a part of the record; all resumed to the same')
        assert at_work >= RECORDS * KILLS // 4, 'the kills came too late to mean anything'


main()
