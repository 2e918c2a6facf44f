# SPDX-License-Identifier: Apache-2.0
"""Adjectives and names of inhabitants in five languages, with their forms, from demonyms_five.tsv.

    make_demonyms.py        # writes overlay/demonyms_five.tsv

Spanish, Portuguese and French words inflect regularly for gender and number here; where they do not, the table gives all forms. Russian and
Ukrainian adjectives get their nominatives; other cases are the business of the lemmatiser.
"""
import csv

from common import ROOT, write

ENDINGS = {
    'es': [('és', 'és esa eses esas'), ('o', 'o a os as'), ('í', 'í íes ís'), ('e', 'e es'), ('a', 'a as'), ('u', 'u us'), ('i', 'i is')],
    'pt': [('ês', 'ês esa eses esas'), ('o', 'o a os as'), ('í', 'í ís'), ('e', 'e es'), ('a', 'a as'), ('ê', 'ê ês'), ('i', 'i is'), ('z', 'z zes')],
    'fr': [('ien', 'ien ienne iens iennes'), ('éen', 'éen éenne éens éennes'), ('yen', 'yen yenne yens yennes'), ('ain', 'ain aine ains aines'), ('ais', 'ais aise aises'),
           ('ois', 'ois oise oises'), ('an', 'an ane ans anes'), ('e', 'e es'), ('é', 'é ée és ées'), ('è', 'è'), ('i', 'i ie is ies')],
    'ru': [('ский', 'ский ская ское ские'), ('цкий', 'цкий цкая цкое цкие')],
    'uk': [('ський', 'ський ська ське ські'), ('цький', 'цький цька цьке цькі'), ('зький', 'зький зька зьке зькі')]}
# Forms that are the country's own name too ("Argentina", "Siria"): the name comes first.
NAMES = set('argentina bosnia bósnia serbia sérvia armenia armênia arménia libia líbia estonia estónia macedonia macedônia macedónia siria síria indonesia indonésia malasia malásia '
            'suiza suíça namibia namíbia eritrea eritreia filipinas maldivas dominicana philippines croacia mauritania granada'.split())


def forms(word, language):
    if word.endswith('ão'):
        return [word]
    for ending, endings in ENDINGS[language]:
        if word.endswith(ending):
            return [word[:-len(ending)] + e for e in endings.split()]
    return [word]


def main():
    with open(ROOT / 'tools' / 'demonyms_five.tsv', encoding='utf8') as f:
        lines = [line for line in f if not line.startswith('#')]
    rows, seen = [], set()
    for row in csv.DictReader(lines, delimiter='\t'):
        for language in ENDINGS:
            for column, kind in ((language, 'adjective'), (language + '_nouns', 'demonym')):
                words = [w for w in (row.get(column) or '-').split('/') if w != '-']
                if kind == 'adjective':
                    # Several words that inflect, or a word with its forms: a form that another word of the cell makes is not made again.
                    words = list(dict.fromkeys(f for w in words for f in (forms(w, language) if len(words) < 3 or w == words[0] else [w])))
                for word in words:
                    kinds = ('adjective', 'demonym') if kind == 'adjective' and language not in ('ru', 'uk') else (kind,)
                    for k in kinds:
                        if (row['alpha3'], word, language, k) in seen:
                            continue
                        seen.add((row['alpha3'], word, language, k))
                        prior = '-0.6' if word in NAMES else ''
                        rows.append(['cc:' + row['alpha3'], word, language, k, prior, 'recall', '2026-01'])
    write('demonyms_five.tsv', 'name', ['Made by tools/make_demonyms.py from tools/demonyms_five.tsv.'],
          ['id', 'text', 'lang', 'type', 'prior', 'src', 'asof'], rows)


main()
