import { RoomEvidence } from '@patchsteward/contract';
import { ROOMS } from '@patchsteward/core/campaign';
import { describe, expect, test } from 'vitest';
import { evidenceOf } from './room-evidence.ts';
import { ASSET, entriesOf, foldOf, hashOf, signed, stepsTo } from './testing/states.ts';

const at = (state: Parameters<typeof stepsTo>[0], ...more: Parameters<typeof stepsTo>[1][]) =>
  foldOf(entriesOf(stepsTo(state, ...more)));

describe('what a verdict rests on', () => {
  test('is there for each room as far as the campaign is, and fits the contract', () => {
    const state = at('audited');
    const kinds = ROOMS.map((room) => evidenceOf(state, room).map(({ kind }) => kind));
    expect(kinds).toEqual([
      ['updates', 'scope'],
      ['lane', 'risk'],
      ['authenticity', 'trial'],
      ['backups'],
      ['change', 'windows', 'votes', 'notice'],
      ['waves'],
      ['soak', 'rescan', 'audit'],
    ]);
    for (const room of ROOMS) for (const one of evidenceOf(state, room)) expect(RoomEvidence.parse(one)).toEqual(one);
  });

  test('is nothing in rooms that were not reached', () => {
    const state = at('identified');
    expect(ROOMS.slice(1).map((room) => evidenceOf(state, room))).toEqual([[], [], [], [], [], []]);
  });

  test('names each package once, and counts who is production', () => {
    expect(evidenceOf(at('planned'), '1-identification')).toMatchObject([
      { updates: [{ packages: ['libssl3'], fixes: ['CVE-2026-1'] }] },
      { production: 2, testing: 1 },
    ]);
  });

  test('tells hosts by their names, and a waiver from a proof', () => {
    expect(evidenceOf(at('planned'), '4-backup')).toMatchObject([
      {
        assets: [
          { asset: 'web-1', waived: false },
          { asset: 'mail-1', waived: true, evidence: hashOf('waiver') },
        ],
      },
    ]);
  });

  test('says for which assets nobody agreed on the window yet', () => {
    expect(evidenceOf(at('approved'), '5-approval').find(({ kind }) => kind === 'windows')).toMatchObject({
      agreed: [{ signed: { person: 'otto' }, assets: ['web-1'] }],
      open: ['mail-1'],
    });
  });

  test('does not count an agreement of somebody who does not own the asset', () => {
    const agreed = [
      { kind: 'window.agreed', plan: hashOf('production plan'), signed: signed('eve', 'owner'), assets: [ASSET.web] },
      'planned',
      'eve',
    ] as const;
    const windows = evidenceOf(at('planned', agreed), '5-approval').find(({ kind }) => kind === 'windows');
    expect(windows).toMatchObject({ open: ['web-1', 'mail-1'] });
  });

  test('asks the audit for what became of a host that was never reached, until somebody says it', () => {
    const before = evidenceOf(at('audited'), '7-documentation').find(({ kind }) => kind === 'audit');
    expect(before).toMatchObject({ unexplained: [{ assetId: ASSET.mail, asset: 'mail-1' }], dispositions: [] });
    const said = [
      {
        kind: 'audit.signed',
        signed: signed('sam', 'security'),
        dispositions: [{ assetId: ASSET.mail, text: 'replaced' }],
      },
      'audited',
      'sam',
    ] as const;
    const after = evidenceOf(at('audited', said), '7-documentation').find(({ kind }) => kind === 'audit');
    expect(after).toMatchObject({ unexplained: [], dispositions: [{ asset: 'mail-1', text: 'replaced' }] });
  });

  test.each([
    ['halted', [{ kind: 'halt', why: 'smoke in the rack' }, 'halted', 'ivy'], 'ivy'],
    ['paused', [{ kind: 'limit.hit', reasons: [] }, 'paused'], 'system'],
  ] as const)('tells who stopped a %s campaign', (how, step, by) => {
    expect(evidenceOf(at('deploying', step), '6-deployment')[0]).toMatchObject({ kind: 'stopped', how, by });
  });
});
