import { setTimeout as sleep } from 'node:timers/promises';
import type { CampaignSummary, JobPage } from '@patchsteward/contract';
import { type CampaignState, fold, type Recorded } from '@patchsteward/core/campaign';
import { foldJob, type JobRecorded } from '@patchsteward/core/job';
import { sql } from 'kysely';
import { afterEach, expect, it } from 'vitest';
import { lockPlanJobs, readJob } from '../6-deployment/job-store.ts';
import { plainJson } from '../platform/column-types.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { holdCampaign, lockCampaign } from './campaign-store.ts';
import { type CampaignWorld, HOSTS, openCampaignWorld, PROPOSAL, RING_PAIR } from './testing/campaign-world.ts';
import { approve, assessRisk, carryOut, PRODUCTION, planOf } from './testing/walk.ts';

const WALK_MS_MAX = 180_000;
/** Half a minute: on a busy machine a request may take seconds. */
const LOOKS_MAX = 600;
const LOOK_EVERY_MS = 50;
const TWO_RINGS = [...HOSTS, { name: 'ring-2', environment: 'non-production', criticality: 'low' }] as const;
const RING = ['ring-1', 'ring-2'] as const;

describeWithDatabase('a campaign keeps its promises', () => {
  let world: CampaignWorld | undefined;
  afterEach(async () => {
    await world?.close();
    world = undefined;
  });

  /**
   * Up to the signed plan of the test ring. Its two hosts became one redundancy group after that, so that both may
   * start at once as far as their work orders say, and only the ledger keeps them apart.
   */
  async function ringReady(): Promise<{ open: CampaignWorld; id: string }> {
    const open = await openCampaignWorld({ hosts: TWO_RINGS });
    world = open;
    const { id } = await open.done<CampaignSummary>('ivy', 'POST', 'campaigns', { proposal: PROPOSAL });
    await assessRisk(open, id);
    await open.until(id, 'authentic');
    await open.signed(await planOf(open, id, 'test'), 'ivy', 'ivy', 'test');
    for (const name of RING) {
      const change = { version: 2, redundancyGroups: [RING_PAIR] };
      await open.done('ivy', 'PATCH', `assets/${open.host(name).assetId}`, change);
    }
    return { open, id };
  }

  async function armedRing(open: CampaignWorld) {
    const ready = [];
    for (const name of RING) {
      const host = open.host(name);
      const [task] = (await host.checkIn()).filter(({ kind }) => kind === 'job');
      if (task?.kind !== 'job') throw new Error(`${name} has no job`);
      ready.push({ host, job: task.job, ...(await host.arm(task.job)) });
    }
    const [one, two] = ready;
    if (one === undefined || two === undefined) throw new Error('there are two hosts');
    return { one, two };
  }

  it('two servers that are asked at once let one host of a group go down', { timeout: WALK_MS_MAX }, async () => {
    const { open } = await ringReady();
    const { one, two } = await armedRing(open);
    two.host.agent.move(await open.secondPort());

    const answers = await Promise.all([one, two].map(({ host, job }) => host.askGrant(job)));

    expect(answers.map(({ kind }) => kind).sort()).toEqual(['granted', 'waiting']);
    const waiting = answers.find((answer) => answer.kind === 'waiting');
    expect(waiting?.reasons).toMatchObject([{ code: 'group-budget-taken', subject: RING_PAIR }]);
    // Asked again, whoever was granted has the same grant, and no second one.
    const granted = answers[0]?.kind === 'granted' ? one : two;
    expect(await granted.host.askGrant(granted.job)).toMatchObject({
      kind: 'granted',
      grant: answers.flatMap((answer) => (answer.kind === 'granted' ? [answer.grant] : []))[0],
    });
  });

  it('a host that is cut off after its grant counts as down until it speaks again', {
    timeout: WALK_MS_MAX,
  }, async () => {
    const { open, id } = await ringReady();
    const { one, two } = await armedRing(open);
    expect((await one.host.askGrant(one.job)).kind).toBe('granted');

    open.ahead.ms += 30 * 60_000;
    await open.settle();

    const jobs = await open.done<JobPage>('ivy', 'GET', `campaigns/${id}/jobs`);
    expect(jobs.items.find(({ asset }) => asset === 'ring-1')?.unknownSince).not.toBeNull();
    expect(await two.host.askGrant(two.job)).toMatchObject({
      kind: 'waiting',
      reasons: [{ code: 'group-budget-taken' }],
    });

    await one.host.install(one.offer, one.leaf);
    expect((await two.host.askGrant(two.job)).kind).toBe('granted');
  });

  it('a host that was granted something and has not begun is told of a halt at its next check-in', {
    timeout: WALK_MS_MAX,
  }, async () => {
    const { open, id } = await ringReady();
    const { one } = await armedRing(open);
    const { host, offer, job } = one;
    expect((await host.askGrant(job)).kind).toBe('granted');
    expect(await host.checkIn()).toContainEqual({ kind: 'job', job });
    await open.done('sam', 'POST', `campaigns/${id}/halt`, { why: 'something is odd' });

    expect(await host.checkIn()).toContainEqual(expect.objectContaining({ kind: 'cancel', job }));
    await host.say(offer, { phase: 'returned', detail: 'canceled: the campaign was stopped' });
    expect(await host.checkIn()).toContainEqual({ kind: 'job', job });
  });

  it('a halt stops grants at once, and only an approver who did not ask resumes', {
    timeout: WALK_MS_MAX,
  }, async () => {
    const { open, id } = await ringReady();
    const { one } = await armedRing(open);
    await open.done('sam', 'POST', `campaigns/${id}/halt`, { why: 'something is odd' }).catch(() => undefined);

    expect(await one.host.askGrant(one.job)).toMatchObject({
      kind: 'waiting',
      reasons: [{ code: 'campaign-not-deploying' }],
    });
    const resume = (by: string) => open.statement('resume', id, by, { why: 'it was nothing' });
    expect((await open.say(resume('ivy'), 'ivy')).status).not.toBe(200);
    await open.said(resume('cara'), 'cara');
    expect((await one.host.askGrant(one.job)).kind).toBe('granted');
  });

  it('what ends while people have stopped it is booked, and after the last wave nothing is left to plan for', {
    timeout: WALK_MS_MAX,
  }, async () => {
    const { open, id } = await ringReady();
    await carryOut(open, id, RING, 'tested');
    for (const name of PRODUCTION) await open.prove(name);
    await open.until(id, 'planned');
    await approve(open, id, await planOf(open, id, 'production'));
    open.ahead.ms += 75_000;
    const { host, offer, leaf } = await lastInLine(open, id);
    await open.said(open.statement('halt', id, 'sam', { why: 'something is odd' }), 'sam');

    await host.install(offer, leaf);
    await open.settle();

    expect((await open.state(id)).state).toBe('halted');
    await open.said(open.statement('resume', id, 'cara', { why: 'it was nothing' }), 'cara');
    expect((await open.state(id)).state).toBe('monitoring');
  });

  /** Everybody else in production is done, and the last host was allowed to start. */
  async function lastInLine(open: CampaignWorld, id: string) {
    await open.settle();
    const { items } = await open.done<JobPage>('ivy', 'GET', `campaigns/${id}/jobs`);
    const planned = items.filter(({ asset }) => PRODUCTION.some((name) => name === asset));
    const last = planned.toSorted((a, b) => a.wave - b.wave).at(-1)?.asset ?? '';
    const host = open.host(last);
    const others = PRODUCTION.filter((name) => name !== last);
    let armed: ({ readonly job: string } & Awaited<ReturnType<typeof host.arm>>) | undefined;
    for (let round = 0; round < 600; round += 1) {
      for (const name of others) await open.host(name).work();
      const task = (armed === undefined ? await host.checkIn() : []).find(({ kind }) => kind === 'job');
      if (task?.kind === 'job') armed = { job: task.job, ...(await host.arm(task.job)) };
      if (armed !== undefined && (await host.askGrant(armed.job)).kind === 'granted') return { host, ...armed };
      await open.settle();
      open.ahead.ms += 1_000;
    }
    throw new Error((await open.explain(id)).sentence);
  }

  it('a report counts once, and a second one under its number ends all grants', { timeout: WALK_MS_MAX }, async () => {
    const { open } = await ringReady();
    const { one } = await armedRing(open);
    const { host, offer, job } = one;
    const { sequence, previous } = host;
    const first = host.signed(job, offer.epoch, { phase: 'preflight' });
    const answer = await host.send([first]);
    expect(answer).toEqual({ acknowledged: sequence });
    expect(await host.send([first])).toEqual({ acknowledged: sequence });

    const gap = { ...host.signed(job, offer.epoch, { phase: 'armed' }) };
    host.sequence += 5;
    const late = host.signed(job, offer.epoch, { phase: 'armed' });
    expect(await host.send([late])).toEqual({ acknowledged: sequence, resendFrom: sequence + 1 });
    expect(await host.send([gap])).toEqual({ acknowledged: sequence + 1 });
    const forged = { ...gap, report: { phase: 'installing' } as const };
    await expect(host.send([forged])).rejects.toMatchObject({ code: 'proof-wrong' });

    host.sequence = sequence;
    host.previous = previous;
    const other = host.signed(job, offer.epoch, { phase: 'armed' });
    expect(await host.send([other])).toEqual({ acknowledged: sequence + 1, fork: true });
    expect(await host.askGrant(job)).toMatchObject({
      kind: 'waiting',
      reasons: expect.arrayContaining([expect.objectContaining({ code: 'host-reports-fork' })]),
    });
  });

  it('a grant is said again to the start of the machine that asked, and to no other one', {
    timeout: WALK_MS_MAX,
  }, async () => {
    const { open } = await ringReady();
    const { one } = await armedRing(open);
    const { host, offer, job } = one;
    const granted = await host.askGrant(job);
    if (granted.kind !== 'granted') return expect.unreachable(`the host waits: ${JSON.stringify(granted)}`);

    expect(await host.askGrant(job)).toMatchObject({ kind: 'granted', grant: granted.grant });
    expect(await host.askGrant(job, 'boot-2')).toMatchObject({
      kind: 'waiting',
      reasons: [{ code: 'host-busy', by: null }],
    });
    const { sequence, previous } = host;
    await host.say(offer, { phase: 'returned', detail: 'the answer never came' });
    expect((await host.askGrant(job)).kind).toBe('granted');
    host.sequence = sequence;
    host.previous = previous;
    expect(await host.send([host.signed(job, offer.epoch, { phase: 'installing' })])).toMatchObject({ fork: true });
    expect(await host.askGrant(job)).toMatchObject({
      kind: 'waiting',
      reasons: expect.arrayContaining([expect.objectContaining({ code: 'host-reports-fork' })]),
    });
  });

  it('a grant is handed back by the start of the machine that asked, and by no other one', {
    timeout: WALK_MS_MAX,
  }, async () => {
    const { open } = await ringReady();
    const { one } = await armedRing(open);
    const { host, offer, job } = one;
    expect((await host.askGrant(job)).kind).toBe('granted');
    open.ahead.ms += 11 * 60_000;

    for (const report of [
      { phase: 'returned', detail: 'the answer never came' },
      { phase: 'blocked', reason: 'drift', detail: 'openssl' },
    ] as const) {
      const other = host.signed(job, offer.epoch, report, 'boot-2');
      expect(await host.send([other])).toEqual({ acknowledged: host.sequence - 1 });
      expect(await host.askGrant(job, 'boot-2')).toMatchObject({ kind: 'waiting', reasons: [{ code: 'host-busy' }] });
    }
    expect(await host.askGrant(job)).toMatchObject({ kind: 'waiting', reasons: [{ code: 'grant-outstanding' }] });

    await host.say(offer, { phase: 'returned', detail: 'the answer never came' });
    expect((await host.askGrant(job, 'boot-2')).kind).toBe('granted');
  });

  it('a host that reports does not wait for whoever moves its campaign and is about to sweep its jobs', {
    timeout: WALK_MS_MAX,
  }, async () => {
    const { open, id } = await ringReady();
    const { one } = await armedRing(open);
    const { plan } = await open.database.db
      .selectFrom('deployment.job')
      .select('plan')
      .where('key', '=', one.job)
      .executeTakeFirstOrThrow();

    const swept = await open.database.db.transaction().execute(async (tx) => {
      // Would the two wait for each other, the database would put an end to this one.
      await sql`set local idle_in_transaction_session_timeout = '5s'`.execute(tx);
      await lockCampaign(tx, id);
      // Two words in one transaction: with the second the row of the job is one that this transaction has written.
      await one.host.say(one.offer, { phase: 'preflight' }, { phase: 'armed' });
      return lockPlanJobs(tx, plan);
    });

    expect(swept.find(({ key }) => key === one.job)?.state).toMatchObject({ name: 'armed', lastSequence: 6 });
  });

  it('a failure waits for a grant that is being given', { timeout: WALK_MS_MAX }, async () => {
    const { open, id } = await ringReady();
    const { one } = await armedRing(open);
    const { host, offer } = one;
    expect((await host.askGrant(one.job)).kind).toBe('granted');
    await host.say(offer, { phase: 'installing' });

    const { said, nameBefore } = await open.database.db.transaction().execute(async (tx) => {
      // As a grant of another host holds it until its commit.
      await holdCampaign(tx, id);
      const said = host.say(offer, { phase: 'rolling-back' });
      await somebodyWaits(open);
      return { said: { answer: said }, nameBefore: (await readJob(open.database.db, one.job))?.state.name };
    });

    expect(nameBefore).toBe('installing');
    expect(await said.answer).toEqual({ acknowledged: host.sequence - 1 });
    expect((await readJob(open.database.db, one.job))?.state.name).toBe('rolling-back');
  });

  it('whoever asks for a change cannot approve it, and a forged approval moves no host', {
    timeout: WALK_MS_MAX,
  }, async () => {
    const { open, id } = await ringReady();
    await carryOut(open, id, RING, 'tested');
    for (const name of PRODUCTION) await open.prove(name);
    await open.until(id, 'planned');
    const plan = await planOf(open, id, 'production');
    await open.signed(plan, 'ivy', 'ivy', 'request');

    expect(await open.sign(plan, 'ivySecond', 'ivy', 'approve')).toMatchObject({
      body: { error: { code: 'requester-is-approver' } },
    });
    expect((await open.state(id)).state).toBe('planned');

    // Whoever writes to the database makes approvals, opens a wave and offers jobs; the hosts look at signatures.
    const { db } = open.database;
    await sql`
      insert into approval.plan_signature (plan, keyid, person, roles, key_class, intent, sig, at)
      select ${plan}, 'sha256:' || repeat(digit, 64), person, array[role], 'cli', 'approve', replace(encode(repeat('x', 64)::bytea, 'base64'), chr(10), ''), now()
      from (values ('a', 'cara', 'change'), ('b', 'sam', 'security')) as forged (digit, person, role)
    `.execute(db);
    await sql`
      update campaign.campaign set state = 'approved', fold = fold || '{"name": "approved"}' where id = ${id}
    `.execute(db);
    await sql`insert into campaign.outbox (kind, key, payload, created_at, not_before)
      values ('campaign.progress', ${id}, 'null', now(), now()) on conflict do nothing`.execute(db);
    await open.settle();

    const host = open.host('low-1');
    const [task] = (await host.checkIn()).filter(({ kind }) => kind === 'job');
    if (task?.kind !== 'job') throw new Error('the forged campaign offers a job');
    expect(host.authorized(await host.offer(task.job))).toMatch(
      /^(signature-wrong|signer-not-named|quorum-missing|envelope-unreadable)/,
    );
  });

  it('two servers that die again and again lose and double nothing', { timeout: WALK_MS_MAX }, async () => {
    const open = await openCampaignWorld();
    world = open;
    open.servers = 2;
    let step = 0;
    // Every third step ends in a crash before its commit.
    open.dies = () => {
      step += 1;
      return step % 3 === 0;
    };
    const { id } = await open.done<CampaignSummary>('ivy', 'POST', 'campaigns', { proposal: PROPOSAL });
    await assessRisk(open, id);
    await open.until(id, 'authentic');
    await open.signed(await planOf(open, id, 'test'), 'ivy', 'ivy', 'test');
    await carryOut(open, id, ['ring-1'], 'tested');
    for (const name of PRODUCTION) await open.prove(name);
    await open.until(id, 'planned');
    await approve(open, id, await planOf(open, id, 'production'));
    open.ahead.ms += 75_000;
    await carryOut(open, id, PRODUCTION, 'audited');

    expect(step).toBeGreaterThan(30);
    await expectWhole(open, id);
    // Sent and written down are not one thing: after a crash between the two the same message goes out again.
    expect(new Set(open.notices).size).toBe(1);
    const jobs = await open.done<JobPage>('ivy', 'GET', `campaigns/${id}/jobs`);
    expect(jobs.items.map(({ state }) => state)).toEqual(['succeeded', 'succeeded', 'succeeded', 'succeeded']);
  });
});

/** Every state is the fold of its events, without gaps, and every event has exactly one entry in the record. // S12 */
async function expectWhole({ database: { db } }: CampaignWorld, id: string): Promise<void> {
  const events = await db
    .selectFrom('campaign.event')
    .selectAll()
    .where('campaign', '=', id)
    .orderBy('stream')
    .orderBy('version')
    .execute();
  const leaves = await db.selectFrom('documentation.leaf').select(['id', 'payload']).execute();
  const payloads = new Map(leaves.map((leaf) => [leaf.id, leaf.payload]));
  for (const [stream, own] of Map.groupBy(events, (event) => event.stream)) {
    expect(own.map(({ version }) => version)).toEqual(own.map((_, place) => place + 1));
    for (const { leaf, version, body } of own) expect(payloads.get(leaf)).toEqual({ stream, version, recorded: body });
  }
  const told = events.filter(({ stream }) => stream === id).map(({ body }) => body as unknown as Recorded);
  const row = await db.selectFrom('campaign.campaign').select('fold').where('id', '=', id).executeTakeFirstOrThrow();
  expect(plainJson(fold(told) as CampaignState)).toEqual(row.fold);
  for (const job of await db.selectFrom('deployment.job').select(['key', 'fold']).execute()) {
    const own = events.filter(({ stream }) => stream === `job:${job.key}`);
    const state = foldJob(own.map(({ body }) => body as unknown as JobRecorded));
    expect(state === null ? null : plainJson(state)).toEqual(job.fold);
  }
}

/** Until a transaction of the server waits for a row that another one holds. */
async function somebodyWaits({ database: { db } }: CampaignWorld): Promise<void> {
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const { rows } = await sql<{ waits: boolean }>`
      select exists (
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
      ) as waits`.execute(db);
    if (rows[0]?.waits === true) return;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error('nobody waits for anybody');
}
