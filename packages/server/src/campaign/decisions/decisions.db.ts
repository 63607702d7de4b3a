import type { CampaignSummary, Decision, ExceptionDetail, Inbox, Overview } from '@patchsteward/contract';
import type { Hash } from '@patchsteward/core/vocabulary';
import { planPhrase } from '@patchsteward/trust/phrase';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWithDatabase } from '../../platform/testing/database.ts';
import { type CampaignWorld, openCampaignWorld, PROPOSAL } from '../testing/campaign-world.ts';
import { assessRisk, carryOut, PRODUCTION, planOf } from '../testing/walk.ts';

const STEP_MS_MAX = 120_000;

/** One campaign from its proposal to the vote, seen by everybody who has a word in it. Each step goes on from the last. */
describeWithDatabase('what waits for people', () => {
  let world: CampaignWorld;
  let id = '';
  let plan: Hash;
  let brokenOff = false;
  beforeAll(async () => {
    world = await openCampaignWorld();
  }, STEP_MS_MAX);
  afterAll(() => world.close());
  beforeEach(({ skip }) => skip(brokenOff, 'an earlier step failed'));
  afterEach(({ task }) => {
    brokenOff ||= task.result?.state === 'fail';
  });

  const inbox = (as: string, query = '') => world.done<Inbox>(as, 'GET', `inbox${query}`);
  const decision = (as: string, of: string = plan) => world.done<Decision>(as, 'GET', `plans/${of}/decision`);
  /** `approve`, and what is not theirs with the reason. */
  async function waiting(as: string): Promise<string[]> {
    const { items, notYours } = await inbox(as);
    return [...items.map(({ kind }) => kind), ...notYours.map(({ kind, barred }) => `${kind} (${barred?.code})`)];
  }
  async function acts(as: string): Promise<Record<string, string>> {
    const { you } = await decision(as);
    return Object.fromEntries(you.acts.map(({ act, barred }) => [act, barred?.code ?? 'yes']));
  }

  it('is nothing while nothing is open', async () => {
    expect(await inbox('ivy')).toEqual({ items: [], next: null, total: 0, notYours: [], notYoursTotal: 0 });
  });

  it('is an exception, for those who must agree and for whoever asked', async () => {
    const asked = await world.done<ExceptionDetail>('ivy', 'POST', 'exceptions', {
      target: { sources: ['acme-web'] },
      ...{ kind: 'accept', owner: 'Web team', why: 'No restart before the sale.', until: soon() },
    });
    const { items, total } = await inbox('sam');
    expect(total).toBe(1);
    expect(items).toMatchObject([
      {
        ...{ kind: 'agree-exception', campaign: null, exception: asked.id, plan: null, title: asked.title },
        ...{ as: ['security'], barred: null, hosts: 4, lane: asked.basis.lane },
        waiting: { code: 'exception-unanswered' },
        command: `patchsteward exception agree ${asked.id}`,
      },
    ]);
    expect(items[0]?.hostNames).toEqual([...(items[0]?.hostNames ?? [])].sort());
    expect(items[0]?.hostNames).toHaveLength(4);
    expect(await waiting('otto')).toEqual(['agree-exception']);
    expect(await waiting('ivy')).toEqual(['agree-exception (exception-needs-others)']);
    expect(await waiting('adrian')).toEqual([]);
    const care = async (as: string) => (await world.done<Overview>(as, 'GET', 'overview')).care;
    expect(await care('sam')).toContainEqual({ kind: 'exceptions-waiting', total: 1 });
    expect((await care('ivy')).map(({ kind }) => kind)).not.toContain('exceptions-waiting');

    for (const person of ['otto', 'sam']) await world.done(person, 'POST', `exceptions/${asked.id}/agree`);
    const { fleet } = await world.done<Overview>('otto', 'GET', 'overview');
    expect(fleet.exceptions).toBe(1);
    expect(await care('otto')).toContainEqual({ kind: 'exceptions-ending', total: 1 });
    expect(await inbox('sam')).toMatchObject({ total: 0 });
    await world.done('ivy', 'POST', `exceptions/${asked.id}/revoke`, { why: 'It is patched after all.' });
    expect((await world.done<Overview>('otto', 'GET', 'overview')).fleet.exceptions).toBe(0);
  });

  /** Within the days that a list warns of, and within the time of any lane. */
  const soon = (): string => new Date(world.ahead.ms + Date.now() + 3 * 24 * 3_600_000).toISOString();

  it('is first the assessment of the risk', { timeout: STEP_MS_MAX }, async () => {
    id = (await world.done<CampaignSummary>('ivy', 'POST', 'campaigns', { proposal: PROPOSAL })).id;
    expect(await waiting('ivy')).toEqual(['assess-risk']);
    expect(await waiting('sam')).toEqual(['assess-risk']);
    expect(await waiting('cara')).toEqual([]);
    await assessRisk(world, id);
  });

  it('then the plan of the test ring, for IT', { timeout: STEP_MS_MAX }, async () => {
    await world.until(id, 'authentic');
    const test = await planOf(world, id, 'test');
    const { items } = await inbox('ivy');
    expect(items).toMatchObject([
      { kind: 'sign-test', plan: test, as: ['it'], barred: null, command: expect.stringContaining(`--plan ${test}`) },
    ]);
    expect(await waiting('cara')).toEqual([]);
    const shown = await decision('ivy', test);
    expect(shown).toMatchObject({ kind: 'test', standing: 'open', hosts: [{ name: 'ring-1', wave: 0 }] });
    expect(shown.you.acts).toMatchObject([{ act: 'sign-test', barred: null }]);
    await world.signed(test, 'ivy', 'ivy', 'test');
    expect((await decision('ivy', test)).standing).toBe('decided');
    await carryOut(world, id, ['ring-1'], 'tested');
  });

  it('then backups, for IT and for the owner', { timeout: STEP_MS_MAX }, async () => {
    expect(await waiting('ivy')).toEqual(['cover-backups']);
    const { items } = await inbox('otto');
    expect(items).toMatchObject([{ kind: 'cover-backups', hosts: 3, as: ['owner'] }]);
    expect(items[0]?.command).toContain('waive-backup');
    for (const name of PRODUCTION) await world.prove(name);
    await world.until(id, 'planned');
    plan = await planOf(world, id, 'production');
  });

  it('then the request, before which nobody votes', { timeout: STEP_MS_MAX }, async () => {
    expect(await waiting('ivy')).toEqual(['request-change', 'approve (requester-never-approves)']);
    expect(await waiting('cara')).toEqual(['approve (change-not-requested)']);
    expect(await waiting('otto')).toEqual(['agree-window', 'approve (change-not-requested)']);
    expect(await acts('ivy')).toEqual({
      request: 'yes',
      approve: 'requester-never-approves',
      refuse: 'requester-never-approves',
    });
    await world.signed(plan, 'ivy', 'ivy', 'request');
  });

  it('then the votes and the window, for those whose they are', { timeout: STEP_MS_MAX }, async () => {
    expect(await waiting('ivy')).toEqual(['approve (requester-never-approves)']);
    expect(await waiting('cara')).toEqual(['approve']);
    expect(await waiting('sam')).toEqual(['approve']);
    expect(await waiting('otto')).toEqual(['agree-window', 'approve']);
    expect(await waiting('adrian')).toEqual([]);
    expect(await acts('adrian')).toEqual({ approve: 'signer-lacks-role', refuse: 'signer-lacks-role' });
  });

  it('comes in pages', async () => {
    const first = await inbox('otto', '?limit=1');
    expect(first).toMatchObject({ items: [{ kind: 'agree-window' }], total: 2 });
    const second = await inbox('otto', `?limit=1&cursor=${encodeURIComponent(first.next ?? '')}`);
    expect(second).toMatchObject({ items: [{ kind: 'approve' }], next: null, total: 2 });
  });

  it('tells on one page what is decided', async () => {
    const shown = await decision('cara');
    expect(shown).toMatchObject({
      plan,
      phrase: planPhrase(plan),
      kind: 'production',
      lane: 'critical',
      standing: 'open',
      requester: { login: 'ivy' },
      change: { person: 'ivy', why: 'a vulnerability that is known' },
      vulnerabilities: [{ advisories: ['DSA-9001-1'] }],
      transactions: [{ hosts: 3, changes: [{ name: 'acme-web', from: '1.0-1', to: '1.1-1' }] }],
      risk: { impact: 'low', note: 'small', person: 'ivy' },
      authenticity: { files: expect.any(Number) },
      trial: { result: 'pass', hosts: [{ name: 'ring-1', result: 'pass' }] },
      leftOut: [],
      cliSignatures: { wanted: 1, given: 0 },
      agreements: [{ owner: 'otto', hosts: 3, agreed: 0 }],
    });
    expect(shown.hosts.map(({ name, criticality, wave }) => [name, criticality, wave])).toEqual([
      ['critical-1', 'critical', 1],
      ['critical-2', 'critical', 2],
      ['low-1', 'low', 3],
    ]);
    expect(shown.hosts[0]).toMatchObject({
      owner: 'otto',
      zone: 'UTC',
      redundancyGroups: ['critical-pair'],
      backup: { kind: 'proof', repository: 'vault' },
      wayBack: { kind: expect.stringMatching(/downgrade|none/) },
    });
    expect(shown.waves).toHaveLength(3);
    expect(shown.seats).toEqual([
      { roles: ['change'], filledBy: null, couldFill: [{ login: 'cara', name: 'cara' }] },
      {
        roles: ['security', 'owner'],
        filledBy: null,
        couldFill: [
          { login: 'otto', name: 'otto' },
          { login: 'sam', name: 'sam' },
        ],
      },
    ]);
    const approve = shown.you.acts.find(({ act }) => act === 'approve');
    expect(approve).toMatchObject({
      barred: null,
      needed: true,
      command: `patchsteward approve ${id} --plan ${plan} --key ~/.ssh/id_ed25519.pub`,
    });
    expect(approve?.afterConsole?.map(({ code }) => code)).toEqual(['approval-missing', 'cli-signature-missing']);
    expect(approve?.afterCli?.map(({ code }) => code)).toEqual(['approval-missing']);
  });

  it('leaves a signature of the command line to be given where the console gave all others', {
    timeout: STEP_MS_MAX,
  }, async () => {
    await world.signed(plan, 'caraScreen', 'cara', 'approve');
    const shown = await decision('cara');
    expect(shown.signatures).toMatchObject([
      { intent: 'request' },
      { login: 'cara', keyClass: 'console', intent: 'approve' },
    ]);
    expect(shown.seats[0]).toMatchObject({ filledBy: { login: 'cara' }, couldFill: [] });
    // Cara has a key of the command line as well: with it her vote would count there.
    expect(await waiting('cara')).toEqual(['approve']);
    expect((await decision('otto')).you.acts).toMatchObject([
      { act: 'agree', barred: null, assets: PRODUCTION.map((name) => world.host(name).assetId).sort() },
      { act: 'approve', barred: null },
      { act: 'refuse', barred: null },
    ]);
  });

  it('is over for everybody once the last has signed', { timeout: STEP_MS_MAX }, async () => {
    const assets = PRODUCTION.map((name) => world.host(name).assetId).sort();
    await world.said(world.statement('window.agreed', id, 'otto', { assets }, plan), 'otto');
    expect(await waiting('otto')).toEqual(['approve']);
    expect((await decision('otto')).hosts.map(({ agreedBy }) => agreedBy)).toEqual(['otto', 'otto', 'otto']);
    await world.signed(plan, 'sam', 'sam', 'approve');
    for (const person of ['ivy', 'cara', 'otto', 'sam']) expect(await waiting(person)).toEqual([]);
    expect(await decision('cara')).toMatchObject({ standing: 'decided', missing: [] });
  });

  it("a plan that nobody keeps is nobody's decision", async () => {
    const { status } = await world.call('cara', 'GET', `plans/sha256:${'0'.repeat(64)}/decision`);
    expect(status).toBe(404);
  });

  it('a halt waits for an approver who did not ask', { timeout: STEP_MS_MAX }, async () => {
    await world.done('adrian', 'POST', `campaigns/${id}/halt`, { why: 'a bad smell' });
    expect(await waiting('cara')).toEqual(['resume']);
    expect(await waiting('ivy')).toEqual([]);
  });
});

describeWithDatabase('a plan that is refused', () => {
  it('says by whom and why, and is over', { timeout: STEP_MS_MAX }, async () => {
    const world = await openCampaignWorld({ fixes: false });
    try {
      const { id } = await world.done<CampaignSummary>('ivy', 'POST', 'campaigns', { proposal: PROPOSAL });
      await assessRisk(world, id);
      await world.until(id, 'authentic');
      await world.signed(await planOf(world, id, 'test'), 'ivy', 'ivy', 'test');
      await carryOut(world, id, ['ring-1'], 'tested');
      for (const name of PRODUCTION) await world.prove(name);
      await world.until(id, 'planned');
      const plan = await planOf(world, id, 'production');
      await world.signed(plan, 'ivy', 'ivy', 'request');
      const why = 'the shop sells until ten';
      await world.said(world.statement('approval.refused', id, 'cara', { why }, plan), 'cara');
      const shown = await world.done<Decision>('otto', 'GET', `plans/${plan}/decision`);
      expect(shown).toMatchObject({ standing: 'refused', refused: { person: 'cara', why } });
      expect((await world.done<Inbox>('otto', 'GET', 'inbox')).total).toBe(0);
    } finally {
      await world.close();
    }
  });
});
