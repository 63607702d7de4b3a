import { DAY_MS, type Hash } from '@patchsteward/core/vocabulary';
import type { Envelope } from '@patchsteward/trust/dsse';
import type { Statement } from '@patchsteward/trust/statement';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOW } from '../../../trust/src/testing/people.ts';
import { WEB } from '../../../trust/src/testing/plans.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { supersedePlan } from './plan-store.ts';
import { type ApprovalWorld, CAMPAIGN, openApprovalWorld, signedStatement } from './testing/approval-world.ts';

const OTHER_CAMPAIGN = '0190a000-0000-7000-8000-00000000beef';

describeWithDatabase('signed words about a campaign', () => {
  let world: ApprovalWorld;
  let plan: Hash;
  beforeEach(async () => {
    world = await openApprovalWorld();
    await world.publish();
    plan = await world.storePlan();
  });
  afterEach(() => world.close());

  const said = { campaign: CAMPAIGN, plan: null, at: NOW } as const;
  const risk: Statement = {
    ...said,
    kind: 'risk.assessed',
    by: 'ivy',
    body: {
      impact: 'low',
      reboot: false,
      restarts: ['nginx.service'],
      rollback: 'prepared',
      exposure: 'public',
      note: '',
    },
  };
  const window: Statement = { ...said, kind: 'window.agreed', by: 'otto', plan: null, body: { assets: [WEB] } };
  const waiver: Statement = {
    ...said,
    kind: 'waiver',
    by: 'otto',
    body: { assetId: WEB, expiresAt: NOW + DAY_MS, why: 'Rebuilt from scratch every night.' },
  };
  const accepted = (by: string, why = 'The failure is known.'): Statement => ({
    ...said,
    kind: 'test.accepted',
    by,
    body: { why },
  });
  const post = (envelope: Envelope, campaign = CAMPAIGN) =>
    world.post(`campaigns/${campaign}/statements`, { envelope });

  it('each becomes its event, and stays as it was signed', async () => {
    const envelope = signedStatement(risk, 'ivy');

    const answers = [
      await post(envelope),
      await post(signedStatement({ ...window, plan }, 'otto')),
      await post(
        signedStatement({ ...said, kind: 'approval.refused', by: 'cara', plan, body: { why: 'Freeze.' } }, 'cara'),
      ),
      await post(signedStatement({ ...said, kind: 'audit.signed', by: 'sam', body: { dispositions: [] } }, 'sam')),
      await post(signedStatement({ ...said, kind: 'resume', by: 'cara', body: { why: 'Fixed.' } }, 'cara')),
      await post(signedStatement({ ...said, kind: 'halt', by: 'ada', body: { why: 'Fire.' } }, 'ada')),
    ];

    expect(answers.map(({ status, body }) => [status, body['kind'], body['state']])).toEqual(
      ['risk.assessed', 'window.agreed', 'approval.refused', 'audit.signed', 'resume', 'halt'].map((kind) => [
        200,
        kind,
        'planned',
      ]),
    );
    expect(world.events).toMatchObject([
      { kind: 'risk.assessed', assessment: risk.body, signed: { person: 'ivy', roles: ['it'], keyClass: 'cli' } },
      { kind: 'window.agreed', plan, assets: [WEB], signed: { person: 'otto' } },
      { kind: 'approval.refused', plan, why: 'Freeze.' },
      { kind: 'audit.signed', dispositions: [] },
      { kind: 'resume', why: 'Fixed.' },
      { kind: 'halt', why: 'Fire.' },
    ]);
    expect(await world.get(`campaigns/${CAMPAIGN}/statements`)).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ kind: 'risk.assessed', person: 'ivy', envelope })]),
    });
  });

  it('a waiver is kept with its words, its owner and its end', async () => {
    await post(signedStatement(waiver, 'otto'));

    expect(world.events).toMatchObject([{ kind: 'waiver.signed', assetId: WEB, expiresAt: NOW + DAY_MS }]);
    const rows = await world.database.db.selectFrom('backup.waiver').selectAll().execute();
    expect(rows).toMatchObject([
      { asset_id: WEB, campaign: CAMPAIGN, person: 'otto', why: 'Rebuilt from scratch every night.' },
    ]);
  });

  it('the same word again is neither kept nor counted twice', async () => {
    const envelope = signedStatement(risk, 'ivy');
    await post(envelope);

    expect(await post(envelope)).toMatchObject({ status: 200, body: { state: null } });
    expect(world.events).toHaveLength(1);
  });

  it('where two must say the same, the first word waits for the second', async () => {
    world.refuses = (event) => event.kind === 'test.accepted' && event.signed.length < 2;

    const first = await post(signedStatement(accepted('ivy'), 'ivy'));
    const other = await post(signedStatement(accepted('otto', 'Something else.'), 'otto'));
    const second = await post(signedStatement(accepted('otto'), 'otto'));

    expect([first, other, second].map(({ body }) => body['state'])).toEqual([null, null, 'planned']);
    expect(world.events).toMatchObject([{ kind: 'test.accepted', signed: [{ person: 'ivy' }, { person: 'otto' }] }]);
  });

  describe('refused, and nothing is kept:', () => {
    afterEach(async () => {
      expect(world.events).toEqual([]);
      expect(await world.get(`campaigns/${CAMPAIGN}/statements`)).toEqual({ items: [] });
      expect(await world.database.db.selectFrom('backup.waiver').selectAll().execute()).toEqual([]);
    });

    it.each([
      ['by a stranger', risk, ['stranger'], 'signer-unknown'],
      ['signed by another than it names', risk, ['sam'], 'signer-unknown'],
      ['signed by two', risk, ['ivy', 'sam'], 'signer-unknown'],
      ['by somebody without the role', { ...risk, by: 'cara' }, ['cara'], 'role-missing'],
      ['for another campaign', { ...risk, campaign: OTHER_CAMPAIGN }, ['ivy'], 'statement-refused'],
      ['from the future', { ...risk, at: NOW + DAY_MS }, ['ivy'], 'envelope-unreadable'],
      ['kept back for weeks', { ...risk, at: NOW - 8 * DAY_MS }, ['ivy'], 'statement-refused'],
      ['a waiver that is over', { ...waiver, body: { ...waiver.body, expiresAt: NOW } }, ['otto'], 'statement-refused'],
      ['a waiver by IT', { ...waiver, by: 'ivy' }, ['ivy'], 'role-missing'],
    ] as const)('%s', async (_, statement, names, code) => {
      expect((await post(signedStatement(statement, ...names))).code).toBe(code);
    });

    it('a word about a plan of another campaign, and about one that gave way', async () => {
      const stranger = await world.storePlan({ campaign: OTHER_CAMPAIGN });
      const next = await world.storePlan({ epoch: 8 });
      await world.corridor.change({ actor: 'system', at: NOW }, async (tx) => {
        await supersedePlan(tx, plan, next);
        return { value: undefined };
      });

      expect((await post(signedStatement({ ...window, plan: stranger }, 'otto'))).code).toBe('statement-refused');
      expect((await post(signedStatement({ ...window, plan }, 'otto'))).code).toBe('plan-superseded');
    });

    it('what the campaign does not take', async () => {
      world.refuses = () => true;

      expect((await post(signedStatement(waiver, 'otto'))).code).toBe('event-refused');
    });
  });

  it('without a trust root nobody is heard', async () => {
    const empty = await openApprovalWorld();
    try {
      const answer = await empty.post(`campaigns/${CAMPAIGN}/statements`, { envelope: signedStatement(risk, 'ivy') });
      expect(answer.code).toBe('no-trust-root');
    } finally {
      await empty.close();
    }
  });
});
