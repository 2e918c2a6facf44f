# SPDX-License-Identifier: Apache-2.0
"""How many months of 2001-2022 have a head of state and a head of government, and which lack one.

    coverage.py [--gaps] [--from 2001] [--to 2022] [--consistency]

Reads overlay/roles*.tsv and overlay/offices*.tsv. Each UN member owes one head of state and one head of government a month; a gap row ("not known")
does not count. In the states of HOS_GOVERNS one person is both, for the years named. --gaps lists the missing stretches, --consistency the
offices with two holders at once (as days, however short) that are neither acting nor disputed.
"""
import argparse
import collections
import csv

from common import OVERLAY

UN = ('AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN BGR BFA BDI CPV KHM CMR CAN CAF TCD CHL CHN COL COM COG '
      'COD CRI CIV HRV CUB CYP CZE DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST SWZ ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN ISL IND IDN '
      'IRN IRQ IRL ISR ITA JAM JPN JOR KAZ KEN KIR PRK KOR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS MEX FSM MDA MCO MNG MNE '
      'MAR MOZ MMR NAM NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT QAT ROU RUS RWA KNA LCA VCT WSM SMR STP SAU SEN SRB SYC SLE SGP '
      'SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE SYR TJK TZA THA TLS TGO TON TTO TUN TUR TKM TUV UGA UKR ARE GBR USA URY UZB VUT VEN VNM YEM ZMB ZWE').split()
INDEPENDENT_SINCE = {'TLS': '2002-05', 'SSD': '2011-07', 'MNE': '2006-06', 'SRB': '2006-06'}
# States without a head of government beside the head of state, and since or until when.
ALWAYS = ('2001-01', '2099-12')
HOS_GOVERNS = {a: ALWAYS for a in
               'USA MEX GTM HND SLV NIC CRI PAN COL VEN ECU BOL PRY CHL ARG URY BRA DOM BWA ZAF NAM AGO ZMB MWI GHA LBR GMB NGA SLE BEN PHL IDN IRN AFG CYP '
               'TKM PLW FSM MHL NRU KIR MDV SYC COM BRN CHE TUR KEN SMR'.split()}
HOS_GOVERNS.update({a: ALWAYS for a in 'ERI OMN SUR GUY SSD SYC ZWE COM'.split()})
HOS_GOVERNS.update({'AFG': ('2001-01', '2021-08'), 'AGO': ('2001-01', '2002-12', '2010-02', '2099-12'), 'TUR': ('2018-07', '2099-12'), 'SDN': ('2001-01', '2017-03'), 'BDI': ('2001-01', '2020-06'),
                    'SEN': ('2019-05', '2022-09'), 'COG': ('2001-01', '2005-01', '2009-09', '2016-04'), 'MMR': ('2011-03', '2016-03'), 'SAU': ('2001-01', '2022-09'),
                    'CUB': ('2001-01', '2019-12'), 'TCD': ('2018-05', '2021-04')})


def table(name):
    for path in sorted(OVERLAY.glob(name)):
        with open(path, encoding='utf8') as f:
            lines = [line for line in f if not line.startswith('#') and line.strip()]
        yield from csv.DictReader(lines, delimiter='\t', quoting=csv.QUOTE_NONE)


def months(first, last):
    y, m = int(first[:4]), int(first[5:7])
    while f'{y}-{m:02}' <= last:
        yield f'{y}-{m:02}'
        y, m = (y, m + 1) if m < 12 else (y + 1, 1)


def span(role):
    start = role['from'] if role['from'] != '-' else '1900'
    end = role['to'] if role['to'] != '-' else '2099-12'
    return (start + '-01')[:7], (end + '-12')[:7] if len(end) == 4 else end[:7]


def full(date, last):
    if date == '-':
        return '2099-12-31' if last else '1900-01-01'
    return date + ('-12-31' if last else '-01-01')[:10 - len(date)] if len(date) == 4 else date + (('-31' if last else '-01') if len(date) == 7 else '')


def main():
    args = argparse.ArgumentParser()
    args.add_argument('--gaps', action='store_true')
    args.add_argument('--consistency', action='store_true')
    args.add_argument('--from', dest='first', default='2001')
    args.add_argument('--to', dest='last', default='2022')
    args.add_argument('--ranks', default='hos hog')
    opts = args.parse_args()
    offices = {o['id']: o for o in table('offices*.tsv')}
    filled = collections.defaultdict(set)
    by_office = collections.defaultdict(list)
    total = 0
    for role in table('roles*.tsv'):
        total += 1
        office = offices.get(role['office'])
        if not office:
            print('no office', role['office'])
            continue
        by_office[role['office']].append(role)
        if office['of'].startswith('cc:') and 'gap' not in role['note'] and role['person'] != '-':
            a, b = span(role)
            filled[office['of'][3:], office['rank']].update(months(max(a, '2000-01'), min(b, '2030-12')))
    print(total, 'role rows')
    for rank in opts.ranks.split():
        want = got = 0
        for country in UN:
            owed = set(months(max(opts.first + '-01', INDEPENDENT_SINCE.get(country, '')), opts.last + '-12'))
            have = filled[country, rank] & owed
            if rank == 'hog' and country in HOS_GOVERNS:
                periods = HOS_GOVERNS[country]
                for a, b in zip(periods[::2], periods[1::2]):
                    have |= filled[country, 'hos'] & owed & set(months(max(a, opts.first + '-01'), min(b, opts.last + '-12')))
            want += len(owed)
            got += len(have)
            if opts.gaps:
                lost, stretch = sorted(owed - have), []
                for m in lost:
                    if stretch and m in list(months(stretch[-1][1], m))[:2]:
                        stretch[-1][1] = m
                    else:
                        stretch.append([m, m])
                if stretch:
                    print(rank, country, ' '.join(a if a == b else f'{a}..{b}' for a, b in stretch))
        print(f'{rank}: {got} of {want} months filled, {got / want:.4f}')
    if opts.consistency:
        for office, roles in sorted(by_office.items()):
            if offices[office]['rank'] not in opts.ranks.split():
                continue
            roles = [r for r in roles if 'acting' not in r['note'] and 'disputed' not in r['note']]
            roles.sort(key=lambda r: full(r['from'], False))
            for a, b in zip(roles, roles[1:]):
                if full(a['to'], False) > full(b['from'], True) and a['person'] != b['person']:
                    print('overlap', office, a['name'], a['from'], a['to'], '|', b['name'], b['from'], b['to'])


main()
