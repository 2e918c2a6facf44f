#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Does reading grow? usage: language_memory.py CASUS [--words 10000000]

Pipes that many words through one `casus parse` process and watches its resident memory: the most of the first tenth
of the words against the most of the last. A tenth of the words are made up anew each time, so that a store of forms
would show. Takes some minutes of one core, so it is no part of CI. Exit status 1 if memory grew by 2 per cent or more.
"""
import argparse, pathlib, random, subprocess, sys, threading

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORDS = (ROOT / 'training/exact_sentences.txt').read_text(encoding='utf8').split('\n')[:53]


def lines(total, seed=1):
    """Lines of text and the number of words so far."""
    draw, done = random.Random(seed), 0
    syllables = [a + b for a in 'bdfgklmnprstvz' for b in ('a', 'e', 'i', 'o', 'u', 'an', 'or')]
    while done < total:
        words = draw.choice(WORDS).split()
        for i in range(len(words)):
            if draw.random() < 0.1:
                words[i] = ''.join(draw.choice(syllables) for _ in range(draw.randint(2, 4)))
        done += len(words)
        yield ' '.join(words) + '\n', done


def resident(pid):
    for line in open(f'/proc/{pid}/status'):
        if line.startswith('VmRSS'):
            return int(line.split()[1])


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('casus')
    arguments.add_argument('--words', type=int, default=10_000_000)
    options = arguments.parse_args()
    process = subprocess.Popen([options.casus, 'parse', '--threads', '1', '--input', 'text', '-'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    read = [0]

    def drain():
        while block := process.stdout.read(1 << 20):
            read[0] += block.count(b'\n')
    reader = threading.Thread(target=drain)
    reader.start()
    marks, step, most = [], options.words // 10, 0
    for number, (line, done) in enumerate(lines(options.words)):
        process.stdin.write(line.encode())
        if number % 500 == 0:
            most = max(most, resident(process.pid))
        if done >= step * (len(marks) + 1):
            marks.append(most)
            print(f'{done:,} words: {most:,} KiB at most', flush=True)
            most = 0
    process.stdin.close()
    reader.join()
    if process.wait() != 0:
        sys.exit('casus parse failed')
    growth = 100 * (marks[-1] - marks[0]) / marks[0]
    print(f'{read[0]:,} lines of CoNLL-U; growth from {marks[0]:,} to {marks[-1]:,} KiB: {growth:.2f} %')
    sys.exit(growth >= 2)


main()
