import { describe } from 'vitest';
import { itAgreesWithTheData, itOrders, itRefuses } from '../testing/agreement.ts';
import { itIsTheOrderOfItsKeys, itKeepsTheLawsOfAnOrder } from '../testing/laws.ts';
import { apkOrder } from './index.ts';

const PIECES = [
  ...[
    '1',
    '0',
    '00',
    '.0',
    '.00',
    '.01',
    '.1',
    '.10',
    '.9',
    '.',
    '..',
    'a',
    'p1',
    'z',
    '_',
    '_alpha',
    '_beta2',
    '_pre',
  ],
  ...[
    '_rc1',
    '_cvs',
    '_svn1',
    '_git20240101',
    '_hg',
    '_p',
    '_p1',
    '_p01',
    '_x',
    '~',
    '~a1',
    '~ff',
    '-r',
    '-r0',
    '-r01',
  ],
  ...['-r10', '-', 'r2', '9'.repeat(300), `.${'9'.repeat(300)}`],
];

describe('apkOrder', () => {
  itOrders(apkOrder, [
    ['1.2', '<', '1.10'],
    ['1.2', '<', '1.2.0'],
    ['1.2', '<', '1.2a'],
    ['1.2a', '<', '1.2.0'],
    ['9007199254740993', '>', '9007199254740992'],
    // Behind a point a leading zero makes text of a number, below all that have none.
    ['1.02', '<', '1.1'],
    ['1.010', '<', '1.02'],
    ['1.0', '<', '1.00'],
    ['006', '=', '6'],
    // Suffixes: alpha to rc before the release, cvs to p behind it.
    ['1_alpha', '<', '1_beta'],
    ['1_beta', '<', '1_pre'],
    ['1_pre', '<', '1_rc'],
    ['1_rc9', '<', '1'],
    ['1', '<', '1_cvs'],
    ['1_cvs', '<', '1_svn'],
    ['1_svn', '<', '1_git'],
    ['1_git', '<', '1_hg'],
    ['1_hg', '<', '1_p'],
    ['1_p2', '<', '1_p10'],
    ['1_rc', '<', '1_rc1'],
    ['1_rc_alpha', '<', '1_rc'],
    ['1_p1', '<', '1a'],
    // A commit, then the revision of the package.
    ['1', '<', '1~1f'],
    ['1~1e', '<', '1~1f'],
    ['1-r1', '<', '1~1f'],
    ['1~1f', '<', '1~1f-r0'],
    ['1-r9', '<', '1-r10'],
    ['1-r01', '=', '1-r1'],
    ['1', '<', '1-r0'],
    ['1_rc1-r9', '<', '1-r0'],
    // What apk 2 took: digits behind a letter.
    ['1.8.1p1-r0', '<', '1.8.1p2-r0'],
    ['1.8.1p9', '<', '1.8.1p10'],
    // Where apk cannot read on, all that follows is one and comes before the end.
    ['1.0D', '=', '1.0Z-r1'],
    ['1.0D', '<', '1.0'],
    ['1_rc', '<', '1_unknown'],
    ['1-r1-1', '=', '1-r1x'],
  ]);

  itRefuses(apkOrder, [
    ['a space', '1 2', 'character'],
    ['a colon', '1:2', 'character'],
    ['a letter outside ASCII', '1é', 'character'],
    ['a line feed at the end', '1\n', 'character'],
  ]);
  itAgreesWithTheData(apkOrder, ['alpine.txt', 'alpine-generated.txt'], 7_000);
  itKeepsTheLawsOfAnOrder(apkOrder, PIECES);
  itIsTheOrderOfItsKeys(apkOrder, PIECES);
});
