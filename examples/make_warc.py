#!/usr/bin/env python3
"""Writes archive.warc.gz: two response records, gzip member by member, with fixed dates and ids so that the bytes never change.

The second page repeats saudi-iran.html inside another site's boilerplate: casus must keep its events once.
usage: make_warc.py  (in examples/)
"""
import gzip, io, pathlib, re, uuid

HERE = pathlib.Path(__file__).parent
TRUCE = '''<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Armenia and Azerbaijan exchange prisoners - Caucasus Notebook</title>
<meta property="article:published_time" content="2023-12-13T12:00:00Z"><meta property="og:site_name" content="Caucasus Notebook"></head><body>
<nav><a href="/">Notebook</a> <a href="/maps">Maps</a></nav><article><h1>Armenia and Azerbaijan exchange prisoners</h1>
<p>Armenia and Azerbaijan exchanged prisoners on Wednesday at their border. Azerbaijan released 32 Armenian soldiers, and Armenia freed two Azerbaijani soldiers.</p>
<p>The two governments had announced the exchange in a joint statement on 7 December, in which Armenia promised to support Azerbaijan's bid to host a UN climate conference.</p>
<p>The European Union and the United States welcomed the step. Armenia's prime minister, Nikol Pashinyan, thanked the mediators in Washington.</p></article>
<footer>Caucasus Notebook. Support us.</footer></body></html>'''


def copy_of(page):
    body = re.search(r'<h1>.*?(?=</div><section)', page, re.S).group(0)
    return ('<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Saudi Arabia and Iran agree to restore relations | Evening Relay</title>'
            '<meta property="article:published_time" content="2023-03-10T17:05:00+00:00"></head><body><div class="menu"><a href="/">Evening Relay</a>'
            '<a href="/weather">Weather</a><a href="/tv">Television</a></div><article>' + body +
            '</article><div class="teasers"><h4>Do not miss</h4><a href="/q">Ten recipes for spring</a></div></body></html>')


def record(url, date, body):
    payload = b'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n' + body.encode()
    head = ('WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%s>\r\nWARC-Date: %s\r\nWARC-Target-URI: %s\r\n'
            'Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n' % (uuid.uuid5(uuid.NAMESPACE_URL, url), date, url, len(payload)))
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode='wb', mtime=0, filename='') as member:
        member.write(head.encode() + payload + b'\r\n\r\n')
    return out.getvalue()


pages = [('https://notebook.example.org/prisoner-exchange', '2023-12-13T13:00:00Z', TRUCE),
         ('https://relay.example.net/saudi-iran', '2023-03-10T18:00:00Z', copy_of((HERE / 'saudi-iran.html').read_text(encoding='utf8')))]
(HERE / 'archive.warc.gz').write_bytes(b''.join(record(*page) for page in pages))
