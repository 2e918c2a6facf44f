#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the example files and counts what they hold. usage: lint.py [--quiet] [--self-test] [FOLDER]

Errors (exit 1): cells, marks and their nesting, roles, event numbers, types, modes, statuses, stances, a status that a
rewrite should have taken, an event without trigger, sentences that stand twice, near copies, and any run of six words
that train and test share.
Notes (exit 0): a run of six words shared by two sentences of one split. The format: ontology/examples/README.md.
"""
import collections, pathlib, re, sys, tomllib

HERE = pathlib.Path(__file__).resolve().parent
STATUSES = {'negation', 'future', 'hypothetical', 'historical'}
STANCES = {'asserts', 'denies', 'accuses', 'promises', 'quotes'}
LABEL = re.compile(r'([arthdp])([1-9][0-9]?)?$')
SHINGLE = 6        # words; shorter runs are shared by honest prose
NEAR_COPY = 0.25   # share of the shorter sentence's runs that another sentence also has


def read_marks(text):
    """(plain text, [(letter, number or None, start, end)]); raises ValueError."""
    plain, open_marks, marks, i = [], [], [], 0
    while i < len(text):
        c = text[i]
        if c == '[':
            colon = text.find(':', i)
            if colon < 0:
                raise ValueError('a mark without a colon')
            labels = []
            for part in text[i + 1:colon].split(','):
                hit = LABEL.match(part)
                if not hit:
                    raise ValueError(f'bad label "{part[:20]}"')
                labels.append((hit[1], int(hit[2]) if hit[2] else None))
            open_marks.append((labels, len(plain)))
            i = colon + 1
        elif c == ']':
            if not open_marks:
                raise ValueError('a bracket closes nothing')
            labels, start = open_marks.pop()
            words = ''.join(plain[start:])
            if not words or words != words.strip():
                raise ValueError(f'mark with blank edge or nothing in it: "{words}"')
            marks += [(letter, number, start, len(plain)) for letter, number in labels]
            i += 1
        else:
            plain.append(c)
            i += 1
    if open_marks:
        raise ValueError('a mark is not closed')
    if len(set(marks)) != len(marks):
        raise ValueError('one span has the same role twice')
    return ''.join(plain), marks


def read_event(cell, modes):
    """(types, unsure, modes, statuses, stance); raises ValueError."""
    words = cell.split(' ')
    if len(words) > 3 or '' in words:
        raise ValueError(f'event "{cell}": blanks')
    head, *own = words[0].split('/')
    unsure = head.endswith('?')
    types = head.rstrip('?').split('|')
    for name in types:
        if name not in modes:
            raise ValueError(f'unknown type "{name}"')
    for mode in own:
        if not any(mode in modes[name] for name in types):
            raise ValueError(f'{head} has no mode "{mode}"')
    if len(set(own)) != len(own):
        raise ValueError(f'mode twice in "{cell}"')
    statuses, stance = [], None
    for word in words[1:]:
        if word in STANCES and stance is None:
            stance = word
        elif not statuses and stance is None and set(word.split(',')) <= STATUSES:
            statuses = word.split(',')
        else:
            raise ValueError(f'"{word}" is neither status nor stance, or stands out of order')
    return types, unsure, own, statuses, stance


def rewritten(types, statuses, rules):
    """The name of the rewrite that should have changed this event, or None. Rules that ask who speaks are not judged."""
    for name, rule in rules.items():
        if 'by' in rule or rule['keep'] or len(types) > 1 or 'negation' in statuses:
            continue
        if types[0] in rule['from'] and set(rule['when']) & set(statuses):
            return name
    return None


def read_line(line, modes, rules):
    """(plain text, events); raises ValueError."""
    cells = line.split('\t')
    if len(cells) != 3:
        raise ValueError(f'{len(cells)} cells instead of 3')
    if any(cell != cell.strip() or not cell for cell in cells):
        raise ValueError('a cell is empty or has blanks at its edge')
    text, marks = read_marks(cells[0])
    if '  ' in text:
        raise ValueError('two blanks')
    if cells[1] == '-':
        if marks:
            raise ValueError('marks without an event')
        return text, []
    events = [read_event(cell, modes) for cell in cells[1].split(' ; ')]
    seen = collections.defaultdict(set)
    for letter, number, _, _ in marks:
        if number is None and len(events) > 1:
            raise ValueError(f'{letter} has no number, but there are {len(events)} events')
        if (number or 1) > len(events):
            raise ValueError(f'{letter}{number}: there are {len(events)} events')
        seen[number or 1].add(letter)
    for number, (types, _, _, statuses, stance) in enumerate(events, 1):
        if 't' not in seen[number]:
            raise ValueError(f'event {number} has no trigger')
        if not seen[number] & {'a', 'r'}:
            raise ValueError(f'event {number} has no party')
        if stance and 'h' not in seen[number]:
            raise ValueError(f'event {number} has a stance and no holder')
        rule = rewritten(types, statuses, rules)
        if rule:
            raise ValueError(f'event {number}: {types[0]} {",".join(statuses)} is rewritten by {rule}')
    return text, events


def shingles(text):
    words = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text.lower())
    return {' '.join(words[i:i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def copies(rows):
    """(errors, notes) about sentences that repeat others. rows: (where, split, plain text)."""
    errors, notes, whole, runs, pairs = [], [], {}, collections.defaultdict(list), collections.Counter()
    sizes, shared = [], {}
    for n, (where, _, text) in enumerate(rows):
        key = text.casefold()
        if key in whole:
            errors.append(f'{where}: the same sentence as {rows[whole[key]][0]}')
        whole.setdefault(key, n)
        own = shingles(text)
        sizes.append(len(own))
        for run in own:
            runs[run].append(n)
    for run, holders in runs.items():
        for i, first in enumerate(holders):
            for second in holders[i + 1:]:
                pairs[first, second] += 1
                shared.setdefault((first, second), run)
    for (first, second), count in sorted(pairs.items()):
        if rows[first][2].casefold() == rows[second][2].casefold():
            continue
        text = f'{rows[second][0]}: shares "{shared[first, second]}" with {rows[first][0]}'
        split_apart = rows[first][1] != rows[second][1]
        bad = split_apart or count / min(sizes[first], sizes[second]) >= NEAR_COPY
        (errors if bad else notes).append(text)
    return errors, notes


def lint(root):
    plover = tomllib.loads((HERE.parent / 'plover.toml').read_text(encoding='utf8'))
    modes = {name: set(plover['mode'].get(name, {})) for name in plover['type']}
    errors, rows, counts, sentences = [], [], collections.Counter(), collections.Counter()
    for path in sorted(root.glob('*/*/*.tsv')):
        split = path.parent.name
        lines = path.read_text(encoding='utf8').split('\n')
        name = path.relative_to(root)
        if lines[0] != 'text\tevents\tnote':
            errors.append(f'{name}:1: the first line must name the columns')
        for n, line in enumerate(lines[1:], 2):
            if not line or line.startswith('#'):
                continue
            try:
                text, events = read_line(line, modes, plover['rewrite'])
            except ValueError as error:
                errors.append(f'{name}:{n}: {error}')
                continue
            rows.append((f'{name}:{n}', split, text))
            sentences[split, 'several' if len(events) > 1 else 'one' if events else 'none'] += 1
            for types, _, own, _, _ in events:
                for type_name in types:
                    counts[split, type_name, ''] += 1
                    for mode in own:
                        if mode in modes[type_name]:
                            counts[split, type_name, mode] += 1
    again, notes = copies(rows)
    return errors + again, notes, counts, sentences, modes


def self_test():
    modes, rules = {'AID': set(), 'ACCUSE': {'allege'}}, {'f': {'from': ['AID'], 'when': ['future'], 'keep': False}}
    assert read_line('[a:A] [t:sued] [r:B].\tACCUSE/allege\tx', modes, rules)[0] == 'A sued B.'
    assert read_marks('[a1:the [r2:B] men]')[1] == [('r', 2, 4, 5), ('a', 1, 0, 9)]
    bad = ['A [t:sued B.\tACCUSE\tx', '[a:A] sued.\tACCUSE\tx', '[a:A] [t:sued].\tACCUSE/sue\tx',
           '[a:A] [t:aids] [r:B].\tAID future\tx', '[a:A] [t:sued].\t-\tx', '[a:A] [t2:sued].\tACCUSE\tx',
           '[a:A] [t:sued].\tACCUSE asserts\tx', '[a:A] [t:sued ]x.\tACCUSE\tx']
    for line in bad:
        try:
            read_line(line, modes, rules)
        except ValueError:
            continue
        raise AssertionError(line)
    six = 'one two three four five six'
    assert copies([('1', 'train', six + ' seven'), ('2', 'test', 'zero ' + six)])[0]
    assert not copies([('1', 'train', six), ('2', 'train', 'six five four three two one')])[0]


def main():
    arguments = [a for a in sys.argv[1:] if not a.startswith('--')]
    if '--self-test' in sys.argv:
        self_test()
        return 0
    errors, notes, counts, sentences, modes = lint(pathlib.Path(arguments[0]) if arguments else HERE)
    if '--quiet' not in sys.argv:
        print(f'{"":28}{"train":>7}{"test":>7}')
        for name in modes:
            for mode in ['', *sorted(modes[name])]:
                label = f'  {mode}' if mode else name
                print(f'{label:28}{counts["train", name, mode]:7}{counts["test", name, mode]:7}')
        for kind in ('one', 'several', 'none'):
            print(f'{"sentences with " + kind:28}{sentences["train", kind]:7}{sentences["test", kind]:7}')
        for note in notes:
            print('note:', note)
    for error in errors:
        print('error:', error, file=sys.stderr)
    print(f'{sum(sentences.values())} sentences, {len(errors)} errors, {len(notes)} notes')
    return 1 if errors else 0


sys.exit(main())
