# SPDX-License-Identifier: Apache-2.0
"""Dated holders of high offices, cleaned, checked and restructured from public facts.

    make_roles.py FACTS     # folder with offices.tsv, factbook/, country-codes/ and world-leaders-current/, unpacked

Writes overlay/offices.tsv, overlay/roles.tsv and overlay/roles_sharealike.tsv. Rows of overlay/roles_hand*.tsv (by hand, each with its source) come
first: where they name an office and a start, they win. What the script does to the facts:
  * keeps heads of state and government, vice presidents and deputy heads, foreign, defence, interior and finance ministers, army chiefs, speakers;
  * drops rows without dates, that end before they start, or that ended before 2000;
  * an end that is blank because nobody filled it in is closed when the next holder starts (note "end inferred");
  * a holder inside another's time is marked acting; of two that overlap otherwise the first ends when the second starts;
  * the factbook of January 2026 confirms an open end, or closes it: where a successor since 2022 is not known, a gap row says so.
"""
import collections
import csv
import json
import re
import sys
import pathlib

from common import ISO, OVERLAY, country_codes, factbook, fold, plain, write

SLUGS = {'artsakh': None, 'abkhazia': 'cs:abkhazia-govt', 'south-ossetia': 'cs:south-ossetia-govt', 'donetsk': 'cs:dpr', 'luhansk': 'cs:lpr',
         'northern-cyprus': 'cs:trnc', 'somaliland': 'cs:somaliland-govt', 'scotland': None, 'wales': None, 'northern-ireland': None, 'world': None,
         'us': 'USA', 'uae': 'ARE', 'united-kingdom': 'GBR', 'czech': 'CZE', 'congo-kinshasa': 'COD', 'congo-brazzaville': 'COG', 'north-korea': 'PRK',
         'south-korea': 'KOR', 'ivory-coast': 'CIV', 'saudi': 'SAU', 'solomons': 'SLB', 'russia': 'RUS', 'iran': 'IRN', 'syria': 'SYR', 'moldova': 'MDA',
         'bolivia': 'BOL', 'venezuela': 'VEN', 'tanzania': 'TZA', 'taiwan': 'TWN', 'palestine': 'PSE', 'laos': 'LAO', 'vietnam': 'VNM', 'brunei': 'BRN',
         'kosovo': 'XKX', 'cabo-verde': 'CPV', 'micronesia': 'FSM', 'hong-kong': 'HKG', 'turkey': 'TUR', 'bosnia-herzegovina': 'BIH', 'eswatini': 'SWZ'}
HEADS_OF_STATE = {'president', 'king', 'queen', 'monarch', 'emir', 'amir', 'sultan', 'supreme leader', 'grand duke', 'prince', 'emperor', 'head of state',
                  'president of the republic', 'chairman of the presidency', 'president of montenegro', 'head of the republic', 'chief executive',
                  'federal president', 'interim president', 'president of abkhazia'}
HEADS_OF_GOVERNMENT = {'prime minister', 'premier', 'federal chancellor', 'chancellor', 'taoiseach', 'premier of the state council', 'president of the government',
                       'chairman of the cabinet of ministers (prime minister)', 'chairman of the council of ministers', 'prime minister of montenegro',
                       'president of the council of ministers', 'minister of state', 'chief minister', 'head of government'}
MINISTRIES = [('foreign', r'(minister|secretary)( of state)? (of|for) (europe, integration and |european, integration and |europe and |european and )?(foreign|external|international)( and [a-z]+)*( and commonwealth)? (affairs|relations)|foreign (minister|secretary)|external affairs minister|^secretary of state$|secretary of state for foreign|federal minister of foreign affairs|^minister of international relations and cooperation$'),
              ('defence', r'(minister|secretary)( of state)? (of|for) (national )?defen[cs]e($|,| and)|defen[cs]e (minister|secretary)'),
              ('interior', r'minister (of|for) (the )?(interior|internal affairs|home affairs)|home (secretary|minister)|interior minister|secretary of homeland security|secretary of state for the home department'),
              ('finance', r'minister (of|for) [a-z, ]{0,40}\bfinances?\b|^secretary of finance|chancellor of the exchequer|secretary of the treasury|finance minister'),
              ('army', r'^chief of (the )?(general staff|defen[cs]e( staff| force| forces)?|army staff)|^commander-in-chief of the revolutionary guard|^chairman of the joint chiefs'),
              ('vp', r'^(first )?vice[- ]president$'), ('dpm', r'^(first )?(deputy|vice)[ -]prime minister$|^(first )?vice premier$'),
              ('speaker', r'^(speaker|president|chairman) of the (national assembly|senate|chamber of deputies|house of representatives|parliament|congress of deputies|knesset|islamic consultative assembly|state duma|verkhovna rada|storting|riigikogu|saeima|seimas|sejm|national council|supreme people.s assembly|house of commons|lok sabha)'),
              ('justice', r'minister (of|for) justice$|^attorney general$'), ('spokes', r'press secretary$|presidential spokes'),
              ('nsa', r'^national security advis|^secretary of the (supreme )?(national )?security council'),
              ('intel', r'^director of (national|central) intelligence|minister of intelligence|director of the central intelligence agency|^head of the security service')]
SKIP = re.compile(r'ambassador|^deputy (minister|secretary|foreign|chief|head)|assistant|associate|shadow|minister of state for|state secretary|junior|acting head of mission|minister delegate|without portfolio|chief of staff to|spouse|parliamentary|undersecretary|vice[- ]minister|in charge of')
SECTORS = {'hos': 'GOV', 'hog': 'GOV', 'foreign': 'GOV', 'defence': 'GOV MIL', 'interior': 'GOV COP', 'finance': 'GOV', 'army': 'MIL', 'vp': 'GOV', 'dpm': 'GOV',
           'speaker': 'LEG', 'justice': 'GOV JUD', 'spokes': 'GOV', 'nsa': 'GOV', 'intel': 'SPY', 'head': ''}
TITLES = {'foreign': 'Minister of Foreign Affairs', 'defence': 'Minister of Defence', 'interior': 'Minister of the Interior', 'finance': 'Minister of Finance',
          'army': 'Chief of the General Staff', 'vp': 'Vice President', 'dpm': 'Deputy Prime Minister', 'speaker': 'Speaker of Parliament', 'justice': 'Minister of Justice',
          'spokes': 'Press Secretary', 'nsa': 'National Security Adviser', 'intel': 'Head of Intelligence'}
OTHER_NAMES = {'Prime Minister': 'premier', 'Premier': 'Prime Minister', 'Federal Chancellor': 'Chancellor', 'Chancellor': 'Federal Chancellor', 'Taoiseach': 'Prime Minister',
               'Premier of the State Council': 'Premier|Prime Minister', 'Monarch': 'King|Queen|Emperor', 'Emir': 'Amir', 'Supreme Leader': 'Leader'}
# The chancellor of Switzerland heads the chancery; a minister of state heads a government in Monaco alone.
CIVIL_SERVANTS = {'IND', 'PAK', 'BGD', 'LKA', 'NPL'}  # where the foreign secretary is the ministry's first official
NOT_HEADS = {('chancellor', 'CHE'), ('federal chancellor', 'CHE')}
MONTHS = {m: i + 1 for i, m in enumerate('January February March April May June July August September October November December'.split())}
SINGLE = ('hos', 'hog')
# Offices whose holder of 2022 was followed by the factbook's without anybody between (from general knowledge; the date is the factbook's).
DIRECT = set('president-usa president-mex president-arg president-ecu president-pry president-gtm president-pan president-ury president-bol president-sen president-gha '
             'president-nga president-idn president-fin president-pol president-cze president-lva president-cyp president-mne president-mkd president-svk president-isl '
             'president-mdv president-twn president-sgp president-bwa president-moz president-lbr president-mwi president-syc monarch-dnk grand-duke-lux emir-kwt '
             'prime-minister-can prime-minister-bgd prime-minister-sgp prime-minister-khm prime-minister-prt prime-minister-nld prime-minister-bel prime-minister-ukr '
             'prime-minister-lbn prime-minister-fin prime-minister-est prime-minister-lva prime-minister-mkd prime-minister-mne prime-minister-pol premier-of-the-state-council-chn '
             'prime-minister-rwa president-cri'.split())
WD_ASOF = '2022-07'
BOOK_ASOF = '2026-01'
NEAR = '2023-01'  # a successor who came before this followed directly


def classify(position, country):
    low = position.lower().strip()
    if SKIP.search(low):
        return None
    if low in HEADS_OF_STATE:
        return 'hos'
    if low in HEADS_OF_GOVERNMENT:
        return None if (low, country) in NOT_HEADS or low == 'minister of state' and country != 'MCO' else 'hog'
    if country in CIVIL_SERVANTS and (low.startswith(('secretary of foreign', 'foreign secretary', 'secretary for foreign')) or low.startswith('secretary')) or low == 'secretary of state' and country != 'USA':
        return None
    if country == 'IND' and low == 'minister of foreign affairs':  # so the source calls the foreign secretaries
        return None
    if re.search(r'foreign trade|external trade|external security|^(state|vice) (minister|foreign|secretary)', low) and 'affairs' not in low:
        return None
    for rank, pattern in MINISTRIES:
        if re.search(pattern, low):
            return rank
    return None


def title_of(position):
    low = position.lower()
    if low in ('monarch', 'king', 'queen', 'emperor'):
        return 'Monarch'
    if low.startswith('chairman of the cabinet') or low.startswith('prime minister of'):
        return 'Prime Minister'
    if low in ('president of montenegro', 'president of the republic', 'federal president', 'president of abkhazia', 'interim president'):
        return 'President'
    return position[0].upper() + position[1:]


def slug(text):
    return re.sub(r'[^a-z0-9]+', '-', fold(text)).strip('-')


def latin(text):
    return bool(text) and all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x2000 or c in '’‘ʻʼ' for c in text)


SPANISH = set('ARG BOL CHL COL CRI CUB DOM ECU ESP GTM HND MEX NIC PAN PER PRY SLV URY VEN'.split())
SECOND_GIVEN = set('antonio jose maria luis carlos manuel alberto fernando enrique eduardo miguel jorge francisco rafael ricardo roberto angel andres javier juan pablo pedro ignacio ernesto alejandro '
                   'arturo guillermo armando alfonso cesar daniel david diego elena isabel lucia patricia augusto vicente ramon raul sergio victor humberto ivan julio mario martin mauricio orlando oscar '
                   'agustin felipe gabriel gonzalo hugo hector joaquin leonel emilio esteban adolfo elias nicolas marcos tomas santiago jesus alfredo rodolfo gustavo edgar edgardo fabian marcelo nelson omar '
                   'rene ruben samuel simon wilson alexander alex ana beatriz carmen claudia cristina gloria laura margarita marta martha mercedes monica rosa rosario silvia sofia teresa alejandra paola '
                   'eugenia fernanda soledad dolores pilar luisa ines irene benito bernardo domingo eugenio federico german gerardo horacio ismael jaime leonardo lorenzo mariano moises norberto octavio '
                   'ramiro rodrigo salvador sebastian ulises valentin xavier yolanda de del la las los van von san'.split())
QUEENS = {'Margrethe', 'Beatrix', 'Elizabeth'}


def person_name(row):
    wiki = re.sub(r' \(.*\)$', '', row['person_enwiki'])
    name = row['person'] if latin(row['person']) else wiki
    if not latin(name):
        return None, None
    name = re.sub(r', (\d+\w+ )?(Baron(ess)?|Viscount|Earl|Duke|Lord|Marquess).*$', '', name)
    aliases = [wiki] if latin(wiki) and wiki != name else []
    # A last word that is no surname: "Salman of Saudi Arabia", "Henri, Grand Duke of Luxembourg", "Aquilino Pimentel, Jr.".
    m = re.match(r'^(\S+)( [IVX]+)?, (Grand Duke|Prince) of ', name) or re.match(r'^([^ ,]+(?: [A-Z][^ ,]+)*?)( [IVX]+)? of (?:the )?[A-Z]', name)
    if m:
        title = m[3] if m.lastindex == 3 else 'Queen' if m[1] in QUEENS else 'King'
        aliases += [name, f'{title} {m[1]}'] + ([m[1] + m[2]] if m[2] else [])
        name = f'{title} {m[1]}{m[2] or ""}'
    elif re.search(r',? J(n)?r\.?$|,? Sr\.?$', name):
        aliases.append(name.replace(',', ''))
        name = re.sub(r',? (Jn?r|Sr)\.?$', '', name)
    elif '(' in name:
        aliases.append(name)
        name = re.sub(r' \([^)]*\)', '', name)
    return name, '|'.join(dict.fromkeys(a for a in aliases if a != name))


class Role:
    def __init__(self, person, name, start, end, src, asof, note='', names=''):
        self.person, self.name, self.start, self.end, self.src, self.asof, self.note, self.names = person, name, start, end, src, asof, note, names


def month(date):
    return date[:7]


def read_offices(facts):
    slugs = {slug(r['CLDR display name']): a for a, r in country_codes(facts).items()}
    for r in json.loads(ISO.read_text())['3166-1']:
        slugs.setdefault(slug(r.get('common_name', r['name'])), r['alpha_3'])
    slugs.update(SLUGS)
    timeline = collections.defaultdict(list)
    titles = collections.defaultdict(collections.Counter)
    unknown = set()
    with open(facts / 'offices.tsv', encoding='utf8') as f:
        for row in csv.DictReader(f, delimiter='\t'):
            country = slugs.get(row['country'], '?')
            if country == '?':
                unknown.add(row['country'])
            rank = classify(row['position'], country)
            if not country or country == '?' or not rank:
                continue
            of = country if country.startswith('cs:') else 'cc:' + country
            if not row['start'] or (row['end'] and row['end'] < row['start'][:len(row['end'])]) or (row['end'] and row['end'] < '2000'):
                continue
            name, wiki = person_name(row)
            if not name:
                continue
            title = title_of(row['position']) if rank in SINGLE else TITLES[rank]
            if rank not in SINGLE:
                titles[of, rank][row['position']] += 1
            note = 'acting' if 'acting' in row['position'].lower() else ''
            timeline[of, rank, title].append(Role(row['person_qid'], name, row['start'], row['end'], 'wikidata-offices', WD_ASOF, note, wiki))
    print('unknown countries:', unknown)
    return timeline, titles


TITLE_WORDS = re.compile(r"^((the|interim|transition|transitional|acting|caretaker|overall|former|co-chiefs? of state|captains? regent|president|vice|prime|minister|deputy|king|queen|prince|grand|duke|emperor|sultan|amir|emir|"
                         r"pope|supreme|leader|head of government|chairman|chairperson|chair|of the|presidential|leadership|council|premier|federal|chancellor|taoiseach|sovereign|and|co-vice|crown|first|foreign|cnsp|gnu|"
                         r"general|gen\.|col\.|capt\.|dr\.|ratu|sir|dame|swiss|confederation|national council for the safeguard of the homeland \(cnsp\)|government of spain|\(prime minister-equivalent\)|state|affairs|councils?|ministers|of|lord|mann|taliban|"
                         r"commander-in-chief|sudanese|armed|forces|chief|executive|secretary|high|commissioner|presidency|,)\s+)+", re.I)


def parse_holder(text):
    """(title words, name, since) from "President Duma BOKO (since 1 November 2024)"."""
    text = re.split(r';| represented by|, represented', plain(text))[0]
    m = re.match(r'(.+?)\s*\((?:since )?(?:(\d+) )?(?:([A-Z][a-z]+) )?(\d{4})', text)
    if not m or (m[3] and m[3] not in MONTHS):
        return None
    head = re.sub(r'\(.*', '', m[1]).strip()
    t = TITLE_WORDS.match(head + ' ')
    title = head[:t.end()].strip() if t else ''
    name = head[t.end():].strip() if t else head
    if not re.search(r"[A-ZÀ-Þ]{2}", name):
        return None
    words = []
    for w in name.split():
        caps = re.sub(r"[^A-Za-zÀ-ÿ]", '', w)
        if '-' in w and len(caps) > 1:
            words.append('-'.join(p.capitalize() if p.isupper() and len(p) > 1 else p for p in w.split('-')))
        elif re.fullmatch(r'[IVX]+', w):
            words.append(w)
        else:
            words.append(w.capitalize() if w.isupper() and len(caps) > 2 or w.isupper() and len(w) == 2 and w.isalpha() else w)
    full = ' '.join(words).replace("'S", "'s")
    surname = [w2 for w, w2 in zip(name.split(), words) if re.search(r"[A-ZÀ-Þ]{2}", w)]
    since = m[4] + (f'-{MONTHS[m[3]]:02}' if m[3] else '') + (f'-{int(m[2]):02}' if m[2] and m[3] else '')
    return title, full, surname, since


def tokens(text):
    out = set(re.findall(r'[a-z]+', fold(text)))
    return {'muhammad' if re.fullmatch(r'm[uo]ham+[ae]d', t) else t for t in out}


def same_person(surname, full, name):
    """The capitals that mark the surname must agree, and so must one other word by its first letters: Li Qiang is not Li Keqiang."""
    key = tokens(' '.join(surname)) - {'al', 'el', 'bin', 'de', 'da', 'van', 'der', 'ii', 'iii', 'iv', 'vi'}
    rest = tokens(full) - key - {'al', 'el', 'bin', 'de', 'da', 'van', 'der', 'ii', 'iii', 'iv', 'vi'}
    other = tokens(name)
    hits = sum(any(o == k or len(k) > 5 and o[:5] == k[:5] for o in other) for k in key)
    if hits == 0:
        return False
    if not rest or hits >= 2:
        return fold(full) == fold(name) or hits >= 2 or (not rest and len(other) == 1)
    return any(r[:3] == o[:3] for r in rest for o in other - key)


def short_name(full, surname):
    words = full.split()
    if len(words) <= 2:
        return full
    first = words[0] if words[0] not in surname else ''
    last = ' '.join(surname)
    keep = []
    if words[0] in surname:  # family name first
        return full
    for w in words:
        if w in surname:
            keep.append(w)
    return f'{first} {" ".join(keep) if keep else last}'.strip()


def office_for(title, of, part, timeline):
    low = title.lower()
    if 'king' in low or 'queen' in low or 'emperor' in low:
        name = 'Monarch'
    elif 'prime minister' in low and part == 'hog':
        name = 'Prime Minister'
    elif 'chancellor' in low:
        name = 'Federal Chancellor'
    elif 'supreme leader' in low:
        name = 'Supreme Leader'
    elif 'president' in low and 'vice' not in low and 'council' not in low:
        name = 'President'
    elif low.startswith(('amir', 'emir')):
        name = 'Emir'
    elif low.startswith('sultan'):
        name = 'Sultan'
    elif low.startswith('premier'):
        name = 'Premier'
    else:
        name = ''
    existing = [k for k in timeline if k[0] == of and k[1] == part]
    exact = [k for k in existing if k[2] == name]
    if exact:
        return exact[0]
    if name == 'Premier' or name == 'Prime Minister':
        other = [k for k in existing if k[2] in ('Premier of the State Council', 'Premier', 'Taoiseach', 'Prime Minister', 'President of the Government')]
        if other:
            return other[0]
    if name == 'Federal Chancellor' and any(k[2] == 'Chancellor' for k in existing):
        return [k for k in existing if k[2] == 'Chancellor'][0]
    if name == 'President' and part == 'hog':
        return next((k for k in timeline if k[0] == of and k[1] == 'hos' and k[2] == 'President'), (of, 'hos', 'President'))
    return (of, part, name) if name else None


# What the factbook's prose or its slips make of some names: the person meant, or None where the row cannot be used.
FACTBOOK_PEOPLE = {('KOR', 'Lee Jae-myung'): ('Q12612463', 'Lee Jae-myung'), ('MMR', 'Min Aung Hlaing'): ('Q3462649', 'Min Aung Hlaing'),
                   ('GNB', 'Man'): ('cs:horta-inta-a', 'Horta Inta-A Na Man'), ('ROU', 'Bolojan'): None, ('VAT', 'Vergez'): None, ('LSO', 'Letsie'): ('Q57537', 'King Letsie III'), ('BLR', 'Turchyn'): ('Q56235580', 'Aleksandr Turchin'), ('MOZ', 'Levi'): ('Q6761049', 'Maria Benvinda Levi'), ('PRT', 'Montenegro'): ('cs:luis-montenegro', 'Luís Montenegro'), ('TLS', 'Gusmao'): ('Q11509', 'Xanana Gusmão'),
                   ('MDG', 'Herintsalama'): ('cs:herintsalama-rajaonarivelo', 'Herintsalama Rajaonarivelo'),
                   ('KWT', 'Ahmad Abdullah'): ('Q16151955', 'Ahmad Al-Abdullah Al-Sabah'),
                   ('QAT', 'Abd al-Rahman'): ('Q23020336', 'Mohammed bin Abdulrahman Al Thani'),
                   ('GRC', 'Tasoulas'): ('Q20995518', 'Konstantinos Tasoulas')}


def read_factbook(facts, timeline, hand):
    people = collections.defaultdict(dict)
    for row in hand.values():
        people[row['of']][row['person']] = row['name']
    for (of, _, _), roles in timeline.items():
        for r in roles:
            people[of][r.person] = r.name
    done = set()
    for alpha3, book in factbook(facts):
        of = 'cc:' + alpha3
        branch = book.get('Government', {}).get('Executive branch', {})
        for part, field in (('hos', 'chief of state'), ('hog', 'head of government')):
            text = branch.get(field, {}).get('text', '')
            holder = parse_holder(text)
            if not holder:
                if text:
                    print('factbook, not read:', alpha3, plain(text)[:90])
                continue
            title, full, surname, since = holder
            if alpha3 not in INDEPENDENT or 'represented' in text or 'Governor' in title:
                if part == 'hos' and 'KING CHARLES' in plain(text).upper():
                    continue
                if alpha3 not in INDEPENDENT:
                    continue
            key = office_for(title, of, part, timeline)
            if not key or (key, full) in done:
                continue
            done.add((key, full))
            roles = timeline[key]
            fixed = next((v for (a, n), v in FACTBOOK_PEOPLE.items() if a == alpha3 and fold(n) in fold(full)), '')
            if fixed is None:
                continue
            acting = 'acting' if re.search(r'interim|acting|transition|caretaker', title, re.I) else ''
            # The same start in the same office is the same person in another spelling.
            open_row = next((r for r in roles if (not r.end or r.end == r.start) and
                             (same_person(surname, full, r.name) or r.start[:7] == since[:7] or r.start[:4] == since[:4] and fold(r.name)[:2] == fold(full)[:2])), None)
            if open_row:
                open_row.end, open_row.names = '', '|'.join(dict.fromkeys([open_row.names or full, short_name(full, surname)]))
                open_row.asof, open_row.note = BOOK_ASOF, (open_row.note + ' open end confirmed by factbook').strip()
                if open_row.src == 'wikidata-offices':
                    open_row.src = 'factbook'
                continue
            match = [q for q, n in people[of].items() if same_person(surname, full, n) and fold(n.split()[0])[:3] == fold(full.split()[0])[:3]]
            name = short_name(full, surname)
            person = match[0] if match else 'cs:' + slug(name)
            if fixed:
                person, name = fixed
            open_by_hand = [h for h in hand.values() if h['office'] == f'cs:{slug(key[2])}-{of[3:].lower()}' and h['to'] == '-' and 'disputed' not in h['note']]
            if any(h['person'] == person or h['from'][:7] == since[:7] for h in open_by_hand):
                continue
            roles.append(Role(person, people[of].get(person, name), since, '', 'factbook', BOOK_ASOF, acting, full if full != name else ''))


def read_hand(timeline):
    offices = set()
    for row in table('roles_hand*.tsv'):
        start = row['from'] if row['from'] != '-' else '1900'
        offices.add((row['office'], start, row['person'], row['to'], row['note']))
    return offices


def table(pattern):
    for path in sorted(OVERLAY.glob(pattern)):
        with open(path, encoding='utf8') as f:
            lines = [line for line in f if not line.startswith('#') and line.strip()]
        yield from csv.DictReader(lines, delimiter='\t', quoting=csv.QUOTE_NONE)


def tidy(key, roles):
    """One consistent line of holders; see the head of this file."""
    roles.sort(key=lambda r: (r.start, r.end or '9999'))
    merged = []
    for r in roles:
        last = merged[-1] if merged else None
        if last and last.person == r.person and (not last.end or last.end >= r.start) and (last.src == 'hand') == (r.src == 'hand'):
            if last.end and (not r.end or r.end > last.end):
                last.end = r.end
            last.asof = max(last.asof, r.asof)
            continue
        merged.append(r)
    if key[1] not in SINGLE:
        for a, b in zip(merged, merged[1:]):
            if not a.end and key[1] not in ('vp', 'dpm') and a.person != b.person:
                a.end, a.note = b.start, (a.note + ' end inferred').strip()
        return merged
    out = []
    for i, r in enumerate(merged):
        nxt = next((m for m in merged[i + 1:] if m.person != r.person), None)
        inside = next((m for m in merged[:i] if m.person != r.person and m.end and r.end and m.end > r.end and m.start <= r.start), None)
        if inside:
            r.note = (r.note + ' acting').strip()
            out.append(r)
            continue
        if nxt and not (r.end and nxt.end and nxt.end < r.end):
            if not r.end:
                office = f'{slug(key[2])}-{key[0].split(":")[1].lower()}'
                if r.asof == WD_ASOF and month(nxt.start) > NEAR and nxt.src == 'factbook' and office not in DIRECT:
                    r.end, r.note = WD_ASOF, (r.note + ' held at least until then').strip()
                    out.append(r)
                    start = max(['2022-08'] + [m.end for m in out if m.end and m.person])
                    out.append(Role('', '', start, nxt.start, 'factbook', BOOK_ASOF, 'gap: holder not known between the sources'))
                    continue
                r.end, r.note = nxt.start, (r.note + ' end inferred').strip()
            elif r.end > nxt.start and len(r.end) >= len(nxt.start):
                r.end, r.note = nxt.start, (r.note + ' end trimmed').strip()
        elif not nxt and not r.end and r.asof == WD_ASOF and r.start < '2015' and key[1] == 'hog':
            r.note = (r.note + ' stale').strip()
        out.append(r)
    return out


# The tracker gives the crown prince as king.
NOT_FROM_TRACKER = {('SA', 'head_of_state')}


def read_tracker(facts, timeline):
    """Leaders who came after the factbook was frozen; share-alike, so they go into a file of their own."""
    iso = {r['alpha_2']: r['alpha_3'] for r in json.loads(ISO.read_text())['3166-1']}
    out = []
    for path in sorted((facts / 'world-leaders-current/data/countries').glob('*/current.json')):
        data = json.loads(path.read_text(encoding='utf8'))
        alpha2, asof = data['country']['iso_code'], data['snapshot_date']
        for part, position in data['positions'].items():
            holder = position.get('current_holder') or {}
            since, name, person = holder.get('since'), holder.get('name_en'), holder.get('wikidata_id')
            if not since or not name or since <= BOOK_ASOF + '-31' or (alpha2, part) in NOT_FROM_TRACKER or alpha2 not in iso:
                continue
            key = office_for(position['title_en'], 'cc:' + iso[alpha2], 'hos' if part == 'head_of_state' else 'hog', timeline)
            if not key:
                continue
            office = f'cs:{slug(key[2])}-{iso[alpha2].lower()}'
            out.append([person, name, office, since, '', '', '', 'world-leaders', asof])
    return out


def main():
    facts = pathlib.Path(sys.argv[1])
    global INDEPENDENT
    INDEPENDENT = {a for a, r in country_codes(facts).items() if r['is_independent'] == 'Yes'} | {'XKX', 'TWN', 'PSE', 'VAT', 'ESH', 'SSD'}
    timeline, titles = read_offices(facts)
    by_hand = {o['id'] for o in table('offices_hand*.tsv')}
    hand = read_hand(timeline)
    office_of = {o['id']: o['of'] for o in table('offices*.tsv')}
    hand_rows = {(r['person'], r['office'], r['from']): dict(r, of=office_of.get(r['office'], '')) for r in table('roles_hand*.tsv') if r['person'] != '-'}
    hand_offices = collections.defaultdict(list)
    for office, start, person, end, note in hand:
        hand_offices[office].append((start, person, end, note))
    read_factbook(facts, timeline, hand_rows)
    offices, rows = [], []
    seen = {}
    hand_whole = {o for o, entries in hand_offices.items() if any('whole' in h[4] for h in hand if h[0] == o)}
    for key in sorted(timeline):
        of, rank, title = key
        code = of.split(':')[1].lower()
        office = f'cs:{slug(title)}-{code}'
        if office in seen:
            continue
        seen[office] = key
        names = OTHER_NAMES.get(title, '')
        if rank not in SINGLE:
            names = '|'.join(t for t, _ in titles[of, rank].most_common(4) if t != title)
        if office not in by_hand:
            offices.append([office, title, of, rank, SECTORS[rank] + (' PRE' if of.startswith('cs:') and rank in SINGLE else ''), names, 'own', '2026-11'])
        if office in hand_whole:
            continue
        roles = timeline[key]
        if hand_offices.get(office):
            for start, person, end, note in hand_offices[office]:
                roles[:] = [r for r in roles if not (r.person == person and r.start < (end if end != '-' else '9') and (r.end or '9') > start)]
                if 'disputed' not in note:
                    roles.append(Role(person, '', start, '' if end == '-' else end, 'hand', '', 'acting' if 'acting' in note else 'direct'))
        for r in tidy(key, roles):
            if r.end and r.end[:len(r.start)] < r.start[:len(r.end)]:
                continue
            r.asof = max(r.asof, month(r.end))
            if r.src == 'hand' or r.person == '-' or any(h[0] == office and h[2] == r.person and h[1][:7] == r.start[:7] for h in hand):
                continue
            rows.append([r.person, r.name, office, r.start, r.end, r.note, r.names, r.src, r.asof])
    # One name per person: the one met most often.
    names = collections.defaultdict(collections.Counter)
    for r in rows:
        if r[0]:
            names[r[0]][r[1]] += 1
    for r in rows:
        if r[0]:
            r[1] = names[r[0]].most_common(1)[0][0]
    for r in rows:
        plain_name = re.sub(r'^(\S+) [A-Z]\.? (?=\S)', r'\1 ', r[1])
        words = r[1].split()
        # "Luis Videgaray Caso" is Luis Videgaray in the news; "José Antonio Abad" is nobody's José Antonio.
        if len(words) == 3 and r[2][-3:].upper() in SPANISH and fold(words[1]) not in SECOND_GIVEN and words[1][0].isupper() and len(words[1]) > 2:
            plain_name = ' '.join(words[:2])
        if plain_name != r[1]:
            r[6] = '|'.join(n for n in (r[6], plain_name) if n)
    write('offices.tsv', 'office', ['Made by tools/make_roles.py. rank: hos and hog have one holder at a time.'],
          ['id', 'title', 'of', 'rank', 'sectors', 'names', 'src', 'asof'], offices)
    write('roles.tsv', 'role', ['Made by tools/make_roles.py. A blank end means: held until asof at least.'],
          ['person', 'name', 'office', 'from', 'to', 'note', 'names', 'src', 'asof'], rows)
    write('roles_sharealike.tsv', 'role', ['Made by tools/make_roles.py from world-leaders-current (CC BY-SA 4.0): who came into office after January 2026.'],
          ['person', 'name', 'office', 'from', 'to', 'note', 'names', 'src', 'asof'], read_tracker(facts, timeline))
    print(collections.Counter(k[1] for k in timeline), sum(1 for r in rows if 'gap' in r[5]), 'gaps')


main()
