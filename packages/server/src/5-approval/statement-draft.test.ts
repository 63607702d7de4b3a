import { StatementDraftRequest } from '@patchsteward/contract';
import { decodeStatement } from '@patchsteward/trust/statement';
import { describe, expect, it } from 'vitest';
import { DB, WEB } from '../../../trust/src/testing/plans.ts';
import { draftOf } from './statement-draft.ts';

const CAMPAIGN = '0190a000-0000-7000-8000-00000000cafe';
const PLAN = `sha256:${'a'.repeat(64)}`;
const AT = Date.UTC(2026, 10, 22, 18);
const context = { campaign: CAMPAIGN, by: 'otto', at: AT };
const [FIRST, SECOND] = [WEB, DB].sort();

/** As the route takes it, and as it is signed in the end. */
function said(request: object) {
  const { payload, payloadType } = draftOf(StatementDraftRequest.parse(request), context);
  const read = decodeStatement(payload, payloadType);
  return read.ok ? { payloadType, statement: read.value } : read.refusal;
}

const RISK = { impact: 'low', reboot: false, restarts: [], rollback: 'prepared', exposure: 'public', note: '' };
const DUE = '2026-11-25T10:00:00Z';

describe('each kind has a draft that its reader takes', () => {
  it.each<readonly [string, object, string | null]>([
    ['risk.assessed', RISK, null],
    ['lane.set', { lane: 'critical', due: DUE, why: 'Exploited.' }, null],
    ['auth.released', { why: 'A new key.' }, null],
    ['test.accepted', { why: 'Known.' }, null],
    ['test.deferred', { due: DUE, why: 'Exploited.' }, null],
    ['window.agreed', { assets: [WEB] }, PLAN],
    ['approval.refused', { why: 'Freeze.' }, PLAN],
    ['approval.revoked', { why: 'Freeze.' }, PLAN],
    ['resume', { why: 'Mended.' }, null],
    ['rollback.requested', { why: 'Slow.' }, PLAN],
    ['host.declared', { assetId: WEB, as: 'down-accepted', why: 'Retired.' }, null],
    ['waiver', { assetId: WEB, expiresAt: DUE, why: 'Rebuilt nightly.' }, null],
    ['exception.signed', { assetId: WEB, expiresAt: DUE, why: 'Vendor.' }, null],
    ['risk.accepted', { expiresAt: DUE, why: 'Isolated.' }, null],
    ['audit.signed', { dispositions: [{ assetId: WEB, text: 'Done.' }] }, null],
    ['halt', { why: 'Smoke.' }, null],
  ])('%s', (kind, body, plan) => {
    const statement = { kind, campaign: CAMPAIGN, plan, by: 'otto', at: AT };
    expect(said({ kind, plan, body })).toMatchObject({ statement });
  });
});

it('lists are put in the one order that is signed', () => {
  expect(said({ kind: 'window.agreed', plan: PLAN, body: { assets: [SECOND, FIRST, SECOND] } })).toMatchObject({
    statement: { body: { assets: [FIRST, SECOND] } },
  });
  const dispositions = [SECOND, FIRST].map((assetId) => ({ assetId, text: 'Done.' }));
  expect(said({ kind: 'audit.signed', body: { dispositions } })).toMatchObject({
    statement: { body: { dispositions: dispositions.toReversed() } },
  });
  const restarts = ['ssh.service', 'nginx.service', 'ssh.service'];
  expect(said({ kind: 'risk.assessed', body: { ...RISK, restarts } })).toMatchObject({
    statement: { body: { restarts: ['nginx.service', 'ssh.service'] } },
  });
});

describe('what cannot be signed is refused before anybody is asked to', () => {
  it.each<readonly [string, object]>([
    ['a unit that is none', { kind: 'risk.assessed', body: { ...RISK, restarts: ['rm -rf /'] } }],
    ['signs that a terminal would obey', { kind: 'resume', body: { why: 'Fine.\u001b[2J' } }],
    [
      'an asset in capitals',
      { kind: 'waiver', body: { assetId: WEB.toUpperCase().replace('0190A', '0190B'), expiresAt: DUE, why: 'Why.' } },
    ],
  ])('%s', (_, request) => {
    expect(() => said(request)).toThrow(expect.objectContaining({ code: 'statement-refused' }));
  });

  it.each<readonly [string, object]>([
    ['a vote without its plan', { kind: 'approval.refused', body: { why: 'Freeze.' } }],
    ['a word without a why', { kind: 'resume', body: { why: ' ' } }],
    ['a field more', { kind: 'resume', body: { why: 'Mended.', force: true } }],
    ['a kind that nobody knows', { kind: 'campaign.delete', body: {} }],
  ])('%s', (_, request) => {
    expect(StatementDraftRequest.safeParse(request).success).toBe(false);
  });
});
