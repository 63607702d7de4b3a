import { describe, expect, it } from 'vitest';
import type { IndexSnapshot } from '../vocabulary/index.ts';
import { decide } from './decide.ts';
import { claim, index, installed, offer, offers, packageSet } from './testing/samples.ts';
import type { Update } from './update.ts';

const MAIN = 'deb.debian.org/debian bookworm/main';
const SECURITY = 'deb.debian.org/debian-security bookworm-security/main';

function snapshot(members: Partial<IndexSnapshot>): IndexSnapshot {
  const unnamed = { publisher: 'Debian', label: null, suite: null, codename: null, date: null, validUntil: null };
  return { id: MAIN, ...unnamed, signed: true, ...members };
}

const origins = {
  origins: [snapshot({}), snapshot({ id: SECURITY, suite: 'oldstable-security', label: 'Debian-Security' })],
};

function updateFor(
  update: Parameters<typeof offer>[0],
  members: Parameters<typeof installed>[0] = {},
  claims = [claim({ fixed: '1' })],
): Update {
  const verdict = decide({
    packageSet: packageSet([installed(members)]),
    claims: index(...claims),
    offers: offers(offer(update)),
    origins,
  });
  const first = verdict.kind === 'proceed' ? verdict.value.updates?.[0] : undefined;
  if (first === undefined) throw new Error('the test expects an update');
  return first;
}

describe('updatesOf', () => {
  const fix = claim({ fixed: '7.88.1-11' });
  const second = claim({ fixed: '7.88.1-11', vulnerability: 'CVE-2026-0002', advisory: 'DLA-9-1' });
  const higher = claim({ fixed: '7.88.1-12', vulnerability: 'CVE-2026-0003' });

  it('is for security where it removes findings, and says which', () => {
    expect(updateFor({}, {}, [second, fix, higher])).toMatchObject({
      name: 'curl',
      from: '7.88.1-10',
      to: '7.88.1-11',
      kind: 'security',
      kindWhy: 'It fixes 2 vulnerabilities of this package: DLA-9-1, DSA-1-1.',
      fixes: ['CVE-2026-0001', 'CVE-2026-0002'],
      reasons: [],
    });
  });

  it.each([
    ['suite', { suite: 'jammy-security' }],
    ['label', { label: 'Debian-Security' }],
  ])('is for security where an archive whose %s says so offers it', (_, members) => {
    const id = `archive by ${JSON.stringify(members)}`;
    const verdict = decide({
      packageSet: packageSet([installed()]),
      claims: index(claim({ fixed: '1' })),
      offers: offers(offer({ origins: [MAIN, id] })),
      origins: { origins: [...origins.origins, snapshot({ id, ...members })] },
    });

    expect(verdict).toMatchObject({
      value: { updates: [{ kind: 'security', kindWhy: `The security archive ${id} offers it.`, fixes: [] }] },
    });
  });

  it.each([
    ['7.88.1-11', 'bugfix'],
    ['7.89.0-1', 'feature'],
    ['1:7.88.1-1', 'unknown'],
  ])('to %s without a vulnerability is an update still: %s', (to, kind) => {
    expect(updateFor({ to })).toMatchObject({ kind, fixes: [] });
  });

  it.each([
    [
      'pinned',
      {},
      { hold: true, pin: 'Pin: version 1' },
      ['fix-pinned'],
      { hold: true, pin: 'Pin: version 1', phased: false },
    ],
    ['held', {}, { hold: true }, ['fix-held'], { hold: true, phased: false }],
    ['phased', { phased: true }, {}, ['update-phased'], { hold: false, phased: true }],
  ])('%s', (_, update, members, codes, shown) => {
    const answer = updateFor(update, members);

    expect(answer).toMatchObject(shown);
    expect(answer.reasons.map(({ code }) => code)).toEqual(codes);
  });
});
