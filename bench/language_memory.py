#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Does reading grow? usage: language_memory.py CASUS [--words 10000000]

Pipes that many words through one `casus parse` process and watches its resident memory, which moves up and down with
the pieces in work: the median over the first three tenths of the words against the median over the last three. A tenth of the words are made up anew each time, so that a store of forms
would show. Takes some minutes of one core, so it is no part of CI. Exit status 1 if memory grew by 2 per cent or more.
"""
import argparse, pathlib, random, statistics, subprocess, sys, threading

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
    samples, step, told = [], options.words // 10, 0
    for number, (line, done) in enumerate(lines(options.words)):
        process.stdin.write(line.encode())
        if number % 500 == 0:
            samples.append((done, resident(process.pid)))
        if done >= step * (told + 1):
            told += 1
            part = [kib for at, kib in samples if at > step * (told - 1)]
            print(f'{done:,} words: median {statistics.median(part):,.0f}, most {max(part):,} KiB', flush=True)
    process.stdin.close()
    reader.join()
    if process.wait() != 0:
        sys.exit('casus parse failed')
    first = statistics.median(kib for at, kib in samples if at <= 3 * step)
    last = statistics.median(kib for at, kib in samples if at > 7 * step)
    growth = 100 * (last - first) / first
    print(f'{read[0]:,} lines of CoNLL-U; growth from {first:,.0f} to {last:,.0f} KiB: {growth:.2f} %')
    sys.exit(growth >= 2)


main()
