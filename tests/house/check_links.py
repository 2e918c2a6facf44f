#!/usr/bin/env python3
"""Fails when a document names a file of the project that does not exist. usage: check_links.py SOURCE_DIR

Checked: the targets of Markdown links that are not addresses, and every `path/with/a/slash.ext` in back quotes whose first folder exists.
"""
import pathlib, re, subprocess, sys

LINK = re.compile(r'\]\(([^)#\s]+)[^)]*\)')
QUOTED = re.compile(r'`((?:[\w.-]+/)+[\w.-]+\.[a-z]+)`')


def main():
    root = pathlib.Path(sys.argv[1])
    skip = {'build', 'node_modules', '.git'}
    pages = [p for p in root.rglob('*.md') if not skip & set(p.relative_to(root).parts)]
    bad = []
    for page in sorted(pages):
        text = page.read_text(encoding='utf8')
        for target in LINK.findall(text):
            if re.match(r'[a-z]+:', target):
                continue
            if not (page.parent / target).exists():
                bad.append((page, target))
        for target in QUOTED.findall(text):
            first = target.split('/')[0]
            if (root / first).is_dir() and first not in skip and not (root / target).exists():
                bad.append((page, target))
    for page, target in bad:
        print(f'{page.relative_to(root)}: {target} does not exist')
    return 1 if bad else 0


sys.exit(main())
