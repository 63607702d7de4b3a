import type { StatementDraftRequest } from '@patchsteward/contract';
import { describe, expect, test } from 'vitest';
import { saysTheSame } from './signed-word.ts';

const CAMPAIGN = '01890000-0000-7000-8000-0000000000c1';
const draft: StatementDraftRequest = {
  kind: 'risk.assessed',
  plan: null,
  body: {
    ...{ impact: 'low', reboot: false, restarts: ['b.service', 'a.service'], rollback: 'none' },
    ...{ exposure: '', note: '' },
  },
};
const payload = {
  ...{
    type: 'statement',
    kind: 'risk.assessed',
    campaign: CAMPAIGN,
    plan: null,
    by: 'ivy',
    at: '2026-03-14T04:00:00Z',
  },
  body: {
    ...{ note: '', exposure: '', rollback: 'none', restarts: ['a.service', 'b.service'], reboot: false, impact: 'low' },
  },
};

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const said = { campaign: CAMPAIGN, draft };

describe('what the server gives to be signed', () => {
  test('may have its lists and names in another order', () => {
    expect(saysTheSame(bytes(payload), said)).toBe(true);
  });

  test('may write an instant in another way', () => {
    const body = { assetId: CAMPAIGN, expiresAt: '2026-03-21T00:00:00.000Z', why: 'x' };
    const waiver: StatementDraftRequest = { kind: 'waiver', plan: null, body };
    const written = { ...payload, kind: 'waiver', body: { ...body, expiresAt: '2026-03-21T00:00:00Z' } };
    expect(saysTheSame(bytes(written), { campaign: CAMPAIGN, draft: waiver })).toBe(true);
    const later = { ...written, body: { ...body, expiresAt: '2026-04-21T00:00:00Z' } };
    expect(saysTheSame(bytes(later), { campaign: CAMPAIGN, draft: waiver })).toBe(false);
  });

  test.each<[string, unknown]>([
    ['another kind', { ...payload, kind: 'resume' }],
    ['another campaign', { ...payload, campaign: '01890000-0000-7000-8000-0000000000c2' }],
    ['a plan', { ...payload, plan: 'sha256:ab' }],
    ['another value', { ...payload, body: { ...payload.body, impact: 'high' } }],
    ['one more unit', { ...payload, body: { ...payload.body, restarts: ['a.service', 'b.service', 'c.service'] } }],
    ['one field more', { ...payload, body: { ...payload.body, waive: true } }],
    ['one field less', { ...payload, body: { impact: 'low' } }],
    ['a list', []],
    ['nothing', null],
  ])('is not signed where it says %s', (_, other) => {
    expect(saysTheSame(bytes(other), said)).toBe(false);
  });

  test('is not signed where it is no text', () => {
    expect(saysTheSame(new Uint8Array([0xff, 0x00]), said)).toBe(false);
    expect(saysTheSame(new TextEncoder().encode('{'), said)).toBe(false);
  });
});
