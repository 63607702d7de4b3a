import { expect, it } from 'vitest';
import { VERSION_ORDERS } from '../versions/index.ts';
import type { Claim } from './claim.ts';
import { judge } from './judge.ts';
import { tellingClaims } from './telling-claims.ts';
import { claim, curl } from './testing/samples.ts';

const order = VERSION_ORDERS.deb;

function tellersOf(...claims: readonly Claim[]) {
  const [judgment] = judge(curl('1.0-1'), claims, order);
  return judgment === undefined ? [] : tellingClaims(judgment, '1.0-1', order).map(({ advisory }) => advisory);
}

const early = claim({ advisory: 'DSA-1-1', fixed: '2.0-1', published: 1_000 });
const late = claim({ advisory: 'DSA-1-2', fixed: '2.0-2', published: 2_000 });
const status = claim({
  advisory: 'DEBIAN-CVE-2026-0001',
  authority: 'vendor-status',
  fixed: '2.0-1',
  published: 3_000,
});
const harmless: Claim = { ...status, status: 'not_affected', ranges: [] };

it.each<[string, Claim[], string[]]>([
  ['the only advisory', [early], ['DSA-1-1']],
  ['two with other fixes', [late, early], ['DSA-1-1', 'DSA-1-2']],
  ['the advisory behind the status that overtook it', [status, early], ['DEBIAN-CVE-2026-0001', 'DSA-1-1']],
  ['not what was withdrawn', [late, { ...early, withdrawn: 5 }], ['DSA-1-2']],
  [
    'not what speaks of lower versions',
    [status, claim({ advisory: 'DSA-0-1', fixed: '0.9-1' })],
    ['DEBIAN-CVE-2026-0001'],
  ],
  ['not who calls it affected where it is not', [harmless, early], ['DEBIAN-CVE-2026-0001']],
  [
    'not who called it harmless',
    [
      { ...status, modified: 9 },
      { ...harmless, advisory: 'OLD', modified: 8 },
    ],
    ['DEBIAN-CVE-2026-0001'],
  ],
])('are %s', (_, claims, advisories) => {
  expect(tellersOf(...claims)).toEqual(advisories);
});
