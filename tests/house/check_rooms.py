#!/usr/bin/env python3
"""Fails when a room includes a room that stands after it. usage: check_rooms.py SOURCE_DIR | --self-test"""
import pathlib, re, sys

ROOMS = ['base', 'source', 'page', 'language', 'knowledge', 'event', 'story', 'record', 'serve', 'cli']
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]casus/([a-z]+)/', re.M)


def backward(files):
    """(file, included room) for every include that points at a later room; `files` yields (path, text)."""
    for path, text in files:
        own = path.parts[path.parts.index('casus') + 1]
        if own not in ROOMS:
            continue
        for room in INCLUDE.findall(text):
            if room not in ROOMS or ROOMS.index(room) > ROOMS.index(own):
                yield path, room


def main():
    if sys.argv[1] == '--self-test':
        bad = [(pathlib.PurePath('src/casus/page/x.cc'), '#include <casus/event/event.h>\n')]
        good = [(pathlib.PurePath('src/casus/event/x.cc'), '#include <casus/page/article.h>\n')]
        assert list(backward(bad)) and not list(backward(good))
        return 0
    root = pathlib.Path(sys.argv[1]) / 'src'
    files = [(p.relative_to(root.parent), p.read_text(encoding='utf8')) for p in sorted(root.rglob('*')) if p.suffix in ('.h', '.cc')]
    assert len(files) > 20, 'found almost no sources: wrong folder?'
    found = list(backward(files))
    for path, room in found:
        print(f'{path}: includes the room "{room}", which stands after its own')
    return 1 if found else 0


sys.exit(main())
