import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Campaign, FreezeCalendar, MaintenanceGroup } from '@patchsteward/contract';
import type { CallAnswer } from '@patchsteward/contract/client';
import { manualLeaf, type PlanBody, type PlanLeaf } from '@patchsteward/core/plan';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import { type Envelope, payloadOf, preAuthenticationEncoding } from '@patchsteward/trust/dsse';
import { keyIdOf, verifySignature } from '@patchsteward/trust/keys';
import { planPhrase } from '@patchsteward/trust/phrase';
import { encodeLeaf, encodePlan, planIdOf } from '@patchsteward/trust/plan';
import { verifyStatement } from '@patchsteward/trust/statement';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { knownOf, NOW, rootEnvelope, team } from '../../../trust/src/testing/people.ts';
import { DB, leaf, otherLeaf, planOf, sealPlan, WEB } from '../../../trust/src/testing/plans.ts';
import { asset as shownAsset } from '../1-identification/testing/answers.ts';
import { FakeServer } from '../platform/testing/fake-server.ts';
import { run } from '../platform/testing/run.ts';
import { readPublicKey } from '../trust/signer.ts';

const HOUR_MS = 3_600_000;
const DUE_2099 = '2099-12-01T18:00:00.000Z';
const CAMPAIGN = '0190a000-0000-7000-8000-00000000cafe';
const folder = mkdtempSync(join(tmpdir(), 'approve-'));
const keyFile = join(folder, 'cara.key');
let server: FakeServer;
let root: ReturnType<typeof team>;

beforeAll(async () => {
  server = await FakeServer.start();
  expect((await run(['key', 'new', keyFile, '--no-passphrase'])).code).toBe(0);
  const key = await readPublicKey(keyFile);
  const cara = {
    login: 'cara',
    name: 'Cara',
    roles: ['change', 'owner'] as const,
    keys: [{ class: 'cli' as const, key }],
  };
  root = team({
    people: team().people.map((person) => (person.login === 'cara' ? { ...cara, roles: [...cara.roles] } : person)),
  });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  server.calls.length = 0;
});

interface Given {
  readonly leaves?: readonly PlanLeaf[];
  readonly body?: Partial<PlanBody>;
  /** Whether the policy of now is the one that the plan was made by. */
  readonly samePolicy?: boolean;
  readonly groups?: readonly MaintenanceGroup[];
  readonly freezes?: readonly FreezeCalendar[];
  readonly scope?: Partial<Campaign['scope'][number]>;
  /** What the server sends in place of the real bytes. */
  readonly sent?: readonly PlanLeaf[];
  readonly envelope?: Envelope;
}

const asset = (id: string, name: string, owner: string) => ({
  ...{ id, name, owner, criticality: 'normal', environment: 'production' },
  ...{ maintenanceGroup: null, redundancyGroups: [] },
});

function serve(given: Given = {}): string {
  const { leaves = [leaf(), otherLeaf()], body = {}, sent, envelope, samePolicy = false } = given;
  const plan = planOf(leaves, body);
  const payload = encodePlan(plan);
  const hash = planIdOf(payload);
  const summary = {
    ...{ plan: hash, campaign: CAMPAIGN, kind: plan.kind, lane: plan.lane, requester: plan.requester },
    ...{ leafCount: leaves.length, compiledAt: '2026-11-22T18:00:00.000Z', notAfter: '2026-11-23T18:00:00.000Z' },
    ...{ supersededBy: null, signatures: [] },
  };
  const shown = envelope ?? sealPlan(plan);
  const pages = (sent ?? leaves).map((one, index) => ({
    index,
    leaf: Buffer.from(encodeLeaf(one)).toString('base64'),
  }));
  server.answers = {
    'campaign.show': () =>
      ({
        ...{
          id: CAMPAIGN,
          title: 'openssl',
          state: 'planned',
          room: '5-approval',
          lane: 'critical',
          due: null,
          late: false,
          cannotBeMet: false,
          verdict: 'wait',
          sentence: 'It waits.',
          reasons: [],
        },
        ...{
          requester: 'ivy',
          assets: 2,
          ended: false,
          openedAt: '2026-11-22T18:00:00Z',
          updatedAt: '2026-11-22T18:00:00Z',
        },
        ...{ releasedAt: '2026-11-22T18:00:00Z', firstSeen: '2026-11-22T18:00:00Z', updates: [], risk: null },
        ...{
          scope: [asset(WEB, 'web-1', 'cara'), asset(DB, 'db-1', 'otto')].map((one) => ({ ...one, ...given.scope })),
          plans: { test: null, production: hash },
        },
        ...SHOWN_MORE,
        // The rest of a campaign is not what this test is about; the schema of the route still reads it.
      }) as unknown as Campaign,
    'policy.show': () => ({
      hash: samePolicy ? plan.policyHash : knownOf(root).hash,
      file: null,
      policy: DEFAULT_POLICY,
    }),
    'campaign.feasibility': () => ({ feasibility: null }),
    'group.list': () => ({ items: [...(given.groups ?? [])], next: null, total: given.groups?.length ?? 0 }),
    'freeze.list': () => ({ items: [...(given.freezes ?? [])] }),
    'plan.list': () => ({ items: [summary] }),
    'plan.show': () => ({ ...summary, envelope: { ...shown, signatures: [] } }),
    'plan.leaves': ({ query }) => {
      const from = Number(query['cursor'] ?? 0);
      const next = from + 1 < pages.length ? String(from + 1) : null;
      return { items: pages.slice(from, from + 1), next, total: pages.length };
    },
    'plan.sign': ({ body: given }) => {
      const { intent } = given as { intent: CallAnswer<'plan.sign'>['intent'] };
      return { plan: hash, campaign: CAMPAIGN, person: 'cara', intent, state: 'approved' };
    },
    'trust.roots': () => ({
      items: [
        { version: 1, hash: knownOf(root).hash, envelope: { ...rootEnvelope(root, 'ada', 'adrian'), signatures: [] } },
      ],
    }),
    'asset.show': () => shownAsset({ id: WEB }),
    'statement.sign': () => ({ statement: hash, kind: 'window.agreed', person: 'cara', state: 'planned' }),
  };
  return hash;
}

const SHOWN_MORE = {
  ...{ jobs: {}, verdict: 'wait', sentence: 'It waits.', reasons: [] },
  explanation: { state: 'planned', room: '5-approval', verdict: 'wait', sentence: 'It waits.', reasons: [] },
};

const ask = (argv: readonly string[], stdin = '') =>
  run([...argv, '--data', server.data], { stdin, environment: { PATCHSTEWARD_DATA: server.data } });
const approve = (...more: readonly string[]) => ask(['approve', CAMPAIGN, '--key', keyFile, ...more]);
const sentTo = (id: string) => server.calls.filter((call) => call.id === id).map(({ body }) => body);

describe('approve', () => {
  it('shows what the work orders say, with the phrase, and signs exactly those bytes', async () => {
    const hash = serve();

    const { code, stdout, stderr } = await approve('--yes');

    expect([stderr, code]).toEqual(['', 0]);
    expect(stdout).toContain(`Phrase    ${planPhrase(hash as Parameters<typeof planPhrase>[0])}`);
    expect(stdout).toContain('openssl  3.0.17-1~deb12u2 -> 3.0.18-1~deb12u1  on 2 hosts');
    expect(stdout).toContain(`web-1 (${WEB}), wave 1: 1 package, restarts nginx.service`);
    expect(stdout).toMatch(/Way back {2}prepared on every host/);
    expect(stdout).toMatch(/Backups {3}proved for 2 hosts/);
    expect(stdout).toContain('The campaign is approved.');
    const [sent] = sentTo('plan.sign') as { keyid: string; sig: string; intent: string }[];
    const key = await readPublicKey(keyFile);
    const sealed = sealPlan(planOf([leaf(), otherLeaf()]));
    const message = preAuthenticationEncoding(sealed.payloadType, payloadOf(sealed));
    expect(sent).toMatchObject({ keyid: keyIdOf(key), intent: 'approve' });
    expect(verifySignature(key, message, Buffer.from(sent?.sig ?? '', 'base64'))).toBe(true);
  });

  it('shows what is not there: no way back, no backup, reboots', async () => {
    serve({
      leaves: [
        leaf({
          rollback: { kind: 'none', why: 'the kernel' },
          backup: { kind: 'waiver', waiver: knownOf(team()).hash },
          reboot: 'if-needed',
        }),
      ],
    });

    const { stdout } = await approve('--yes');

    expect(stdout).toContain('Way back  NONE on 1 host');
    expect(stdout).toContain('Backups   WAIVED for 1 host');
    expect(stdout).toContain('Reboots   allowed on 1 host');
    expect(stdout).toContain('no way back: the kernel');
  });

  it('shows who works by hand, and every word of the checklist', async () => {
    const { intervals, backup } = leaf();
    const parts = {
      assetId: WEB,
      wave: 1,
      intervals,
      backup,
      product: 'cisco/catalyst-9300',
      from: '17.3.4a',
      to: '17.6.4',
    };
    const checklist = [
      { step: 'install', text: 'install add 17.6.4', evidence: 'none' },
      { step: 'check', text: 'show version', evidence: 'file' },
    ] as const;
    serve({ leaves: [manualLeaf({ ...parts, person: 'otto', checklist })] });

    const { stdout } = await approve('--yes');

    expect(stdout).toContain('cisco/catalyst-9300  17.3.4a -> 17.6.4  on 1 host');
    expect(stdout).toContain('by hand: otto');
    expect(stdout).toContain('install: install add 17.6.4\n');
    expect(stdout).toContain('check: show version (a file is filed)');
    expect(stdout).toContain('The campaign is approved.');
  });

  it.each([
    ['yes\n', 0, 1],
    ['YES\n', 0, 1],
    ['no\n', 1, 0],
    ['y\n', 1, 0],
    ['', 1, 0],
  ] as const)('asks before it signs: %j', async (answer, code, signatures) => {
    serve();

    const ended = await ask(['approve', CAMPAIGN, '--key', keyFile], answer);

    expect(ended.code).toBe(code);
    expect(sentTo('plan.sign')).toHaveLength(signatures);
  });

  it.each<[string, Given, string]>([
    ['another work order than the plan has', { sent: [leaf({ wave: 2 }), otherLeaf()] }, 'leaves-root-wrong'],
    ['a work order less', { sent: [leaf()] }, 'leaf-count-wrong'],
    ['a work order more', { sent: [leaf(), otherLeaf(), otherLeaf()] }, 'leaves'],
    [
      'a summary that says less than the work orders do',
      {
        body: {
          summary: {
            ...planOf([leaf(), otherLeaf()]).summary,
            reboots: 0,
            withoutBackup: 0,
            packages: [{ name: 'nothing', from: '1', to: '2', hosts: 2 }],
          },
        },
      },
      'summary-wrong',
    ],
    [
      'the body of another plan under this name',
      { envelope: sealPlan(planOf([leaf(), otherLeaf()], { epoch: 8 })) },
      'not those of this plan',
    ],
  ])('signs nothing where the server sends %s', async (_, given, said) => {
    serve(given);

    const { code, stderr } = await approve('--yes');

    expect(code).toBe(1);
    expect(stderr).toContain('contradict each other');
    expect(stderr).toContain(said);
    expect(sentTo('plan.sign')).toEqual([]);
  });

  it('signs nothing with a file that is no key', async () => {
    serve();
    writeFileSync(join(folder, 'nonsense'), 'hello');

    const { code } = await ask(['approve', CAMPAIGN, '--key', join(folder, 'nonsense'), '--yes']);

    expect(code).toBe(2);
    expect(sentTo('plan.sign')).toEqual([]);
  });

  it('a request carries its why, and the plan of the test ring its own intent', async () => {
    serve();
    await ask(['campaign', 'request', CAMPAIGN, '--key', keyFile, '--why', 'Exploited.', '--yes']);
    serve({ leaves: [leaf({ wave: 0 })], body: { kind: 'test' } });
    await ask(['sign-test', CAMPAIGN, '--key', keyFile, '--yes', '--json']);

    expect(sentTo('plan.sign')).toMatchObject([{ intent: 'request', why: 'Exploited.' }, { intent: 'test' }]);
  });
});

describe('a plan that is read again before it is signed', () => {
  /** Sundays and Mondays, from 16:00 for eight hours: the plans here start on Sunday at 17:00, and on Monday. */
  const GROUP: MaintenanceGroup = {
    ...{ name: 'nights', zone: 'UTC', assets: 2, next: [], tzdata: '2026a', version: 1 },
    windows: (['sun', 'mon'] as const).map((weekday) => ({
      ...{ kind: 'weekly', weekday, start: '16:00', durationMs: 8 * HOUR_MS },
    })),
  };
  const FREEZE: FreezeCalendar = {
    ...{ id: '01890a5d-ac96-774b-bcce-b302099a8057', name: 'close', groups: ['nights'], goesOn: false },
    ...{ knownUntil: '2029-01-31T00:00:00.000Z', importedAt: '2026-11-20T12:00:00.000Z', importedBy: 'ivy' },
    freezes: [
      { uid: 'a', title: 'Close', freeze: { kind: 'local', from: '2026-11-22T12:00', until: '2026-11-22T18:00' } },
    ],
  };
  const leaves = [leaf(), otherLeaf({ wave: 2, intervals: [{ from: NOW + 23 * HOUR_MS, until: NOW + 24 * HOUR_MS }] })];
  const body = { notAfter: NOW + 48 * HOUR_MS };
  const given: Given = { leaves, body, samePolicy: true, groups: [GROUP], scope: { maintenanceGroup: 'nights' } };

  it('is signed where all of it holds, and says so', async () => {
    serve(given);

    const { stdout, stderr, code } = await approve('--yes');

    expect([stderr, code]).toEqual(['', 0]);
    expect(stdout).toContain('Read      again here: its times lie in the windows of now');
  });

  it('says where it could not be: the policy is another one', async () => {
    serve({ ...given, samePolicy: false, groups: [] });

    const { stdout, code } = await approve('--yes');

    expect(code).toBe(0);
    expect(stdout).toContain('Read      NOT again here: the policy is another one');
  });

  it.each<[string, Given, string]>([
    ['in no window of its group', { groups: [] }, 'start-outside-windows (web-1)'],
    ['in a freeze', { freezes: [FREEZE] }, 'start-outside-windows (web-1)'],
    [
      'beside the host that stands for it',
      {
        leaves: [leaf(), otherLeaf({ wave: 2, intervals: leaf().intervals })],
        scope: { maintenanceGroup: 'nights', redundancyGroups: ['pair'] },
      },
      'group-meets (pair)',
    ],
    ['before the wave before it was watched', { leaves: [leaf(), otherLeaf({ wave: 2 })] }, 'wave-too-early (db-1)'],
    [
      'in the test ring',
      { scope: { maintenanceGroup: 'nights', environment: 'non-production' } },
      'ring-mixed (web-1)',
    ],
    [
      'more critical than the plan says',
      { scope: { maintenanceGroup: 'nights', criticality: 'critical' } },
      'criticality-wrong (normal)',
    ],
  ])('is not signed, nor agreed to, with a host %s', async (_, more, said) => {
    serve({ ...given, ...more });

    const approved = await approve('--yes');
    const agreed = await ask(['agree-window', CAMPAIGN, '--key', keyFile, '--yes']);

    for (const { code, stderr } of [approved, agreed]) {
      expect(code).toBe(1);
      expect(stderr).toContain(said);
      expect(stderr).toContain('sign nothing');
    }
    expect([...sentTo('plan.sign'), ...sentTo('statement.sign')]).toEqual([]);
  });
});

describe('signed words', () => {
  beforeEach(() => void serve());

  const verified = () => {
    const [sent] = sentTo('statement.sign') as { envelope: unknown }[];
    return verifyStatement(sent?.envelope, knownOf(root), Date.now());
  };

  it('an owner agrees to the windows of the own systems alone, after seeing the plan', async () => {
    const { code, stdout } = await ask(['agree-window', CAMPAIGN, '--key', keyFile, '--yes']);

    expect(code).toBe(0);
    expect(stdout).toContain('may start');
    expect(verified()).toMatchObject({
      ok: true,
      value: { statement: { kind: 'window.agreed', by: 'cara', campaign: CAMPAIGN, body: { assets: [WEB] } } },
    });
  });

  it('an owner agrees for a host that the plan leaves out as well: the campaign asks for it', async () => {
    serve({ leaves: [otherLeaf()] });

    const { code, stderr } = await ask(['agree-window', CAMPAIGN, '--key', keyFile, '--yes']);

    expect([stderr, code]).toEqual(['', 0]);
    expect(verified()).toMatchObject({ ok: true, value: { statement: { body: { assets: [WEB] } } } });
  });

  it.each([
    [['refuse', '--why', 'A freeze.'], { kind: 'approval.refused', body: { why: 'A freeze.' } }],
    [['revoke', '--why', 'New facts.'], { kind: 'approval.revoked', body: { why: 'New facts.' } }],
    [['resume', '--why', 'Fixed.'], { kind: 'resume', plan: null }],
    [['accept-risk', '--until', '7d', '--why', 'Isolated.'], { kind: 'risk.accepted' }],
    [['request-rollback', '--why', 'Errors.'], { kind: 'rollback.requested' }],
  ] as const)('%j', async ([verb, ...more], statement) => {
    const { code, stderr } = await ask([verb, CAMPAIGN, '--key', keyFile, '--yes', ...more]);

    expect([stderr, code]).toEqual(['', 0]);
    expect(verified()).toMatchObject({ ok: true, value: { statement: { by: 'cara', ...statement } } });
  });

  // Who may say it, the server decides by its trust root; here it is composed and signed to the letter.
  it.each([
    [
      ['set-lane', '--lane', 'emergency', '--due', '2099-12-01T18:00:00Z', '--why', 'Exploited.'],
      { kind: 'lane.set', body: { lane: 'emergency', due: DUE_2099, why: 'Exploited.' } },
    ],
    [
      ['defer-test', '--until', '2099-12-01T18:00:00Z', '--why', 'No time.'],
      { kind: 'test.deferred', body: { due: DUE_2099, why: 'No time.' } },
    ],
    [
      ['sign-exception', '--asset', WEB, '--until', '2099-12-01T18:00:00Z', '--why', 'Goes on Friday.'],
      { kind: 'exception.signed', body: { assetId: WEB, expiresAt: DUE_2099, why: 'Goes on Friday.' } },
    ],
  ] as const)('%j', async ([verb, ...more], statement) => {
    const { code, stderr } = await ask([verb, CAMPAIGN, '--key', keyFile, '--yes', ...more]);

    expect([stderr, code]).toEqual(['', 0]);
    const [sent] = sentTo('statement.sign') as { envelope: { payload: string } }[];
    const said: unknown = JSON.parse(Buffer.from(sent?.envelope.payload ?? '', 'base64').toString());
    expect(said).toMatchObject({ by: 'cara', campaign: CAMPAIGN, ...statement });
  });

  it.each([
    [['waive-backup', '--asset', 'web-1', '--until', 'yesterday', '--why', 'x'], 2],
    [['waive-backup', '--asset', 'web-1', '--why', 'x'], 2],
    [['accept-risk', '--until', '2020-01-01T00:00:00Z', '--why', 'x'], 2],
    [['audit', '--disposition', 'web-1'], 2],
    [['set-lane', '--lane', 'urgent', '--due', '7d', '--why', 'x'], 2],
    [['set-lane', '--lane', 'critical', '--why', 'x'], 2],
    [['set-lane', '--lane', 'critical', '--due', '2020-01-01T00:00:00Z', '--why', 'x'], 2],
    [['defer-test', '--why', 'x'], 2],
    [['sign-exception', '--asset', 'web-1', '--why', 'x'], 2],
    [['refuse'], 2],
  ] as const)('%j is not understood', async ([verb, ...more], code) => {
    expect((await ask([verb, CAMPAIGN, '--key', keyFile, '--yes', ...more])).code).toBe(code);
    expect(sentTo('statement.sign')).toEqual([]);
  });

  it('a key that belongs to nobody says nothing', async () => {
    const other = join(folder, 'other.key');
    await run(['key', 'new', other, '--no-passphrase']);

    const { code, stderr } = await ask(['resume', CAMPAIGN, '--key', other, '--why', 'x', '--yes']);

    expect(code).toBe(1);
    expect(stderr).toContain('belongs to nobody');
    expect(sentTo('statement.sign')).toEqual([]);
  });
});
