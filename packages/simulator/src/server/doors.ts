import type { Question } from '@patchsteward/agent/engine';
import { isStopped } from '@patchsteward/core/campaign';
import { acceptReports, grantJob, markOffered, noSuchJob, ordersOf } from '@patchsteward/server/engine';
import { CHECK_IN, REPORTS } from '../host/agent-sim.ts';
import type { HostSim } from '../host/host-sim.ts';
import type { CheckIn } from '../store/tables.ts';
import { forge, forgedGrant } from '../world/adversary.ts';
import type { SignedOffer } from '../world/authority.ts';
import type { World } from '../world/world.ts';
import type { ServerSim } from './server-sim.ts';

const JOB = /^\/agent\/v1\/jobs\/([^/?]+)(\/grant)?/;

/** The doors for hosts: what a request means is the product's own; what is read and written is the model's. */
export function answerAt(server: ServerSim, world: World, host: HostSim, question: Question): Promise<unknown> {
  const { path, json } = question;
  // Bodies travel as they are: the contract between the two sides is the product's own types.
  if (path === CHECK_IN) return checkIn(server, world, host, json as Told);
  if (path === REPORTS) return reports(server, world, host, json as ReportsSent);
  const [, job = '', grant] = JOB.exec(path) ?? [];
  return grant === undefined ? offer(server, world, host, job) : askGrant(server, world, host, job);
}

interface Told {
  /** null: it is being changed, and tells what it told before. */
  readonly versions: CheckIn['versions'] | null;
}

interface ReportsSent {
  readonly reports: Parameters<typeof acceptReports>[2];
}

async function checkIn(server: ServerSim, world: World, { assetId }: HostSim, { versions }: Told) {
  const at = world.scheduler.now;
  return server.change({ at }, async (store) => {
    const jobs = await store.listOpenJobs(assetId);
    await store.storeCheckIn(assetId, versions, at);
    const stopped = new Set(world.engine.slips.has('halt-not-told') ? [] : stoppedNow(server));
    return {
      value: { tasks: ordersOf(jobs, stopped), nextPollMs: jobs.length > 0 ? world.busyPollMs : world.idlePollMs },
    };
  });
}

function stoppedNow(server: ServerSim): string[] {
  const { campaigns } = server.parts.database.tables;
  return [...campaigns].flatMap(([id, { state }]) => (isStopped(state) ? [id] : []));
}

async function offer(server: ServerSim, world: World, { assetId }: HostSim, key: string): Promise<SignedOffer> {
  const at = world.scheduler.now;
  const { tables } = server.parts.database;
  const job = tables.jobs.get(key);
  if (job?.assetId !== assetId) throw noSuchJob(key);
  if (job.state.name === 'queued') {
    const change = { silenceMs: server.parts.silenceMs, change: server.change.bind(server) };
    await markOffered(change, job, at);
  }
  const plan = tables.plans.get(job.plan);
  if (plan === undefined) throw noSuchJob(key);
  const signers = world.authority.signatures.get(job.plan) ?? [];
  return forge(world, { job: job.key, epoch: job.state.epoch, leaf: job.plan, plan, assetId, signers });
}

async function askGrant(server: ServerSim, world: World, host: HostSim, key: string) {
  const forged = forgedGrant(world);
  if (forged !== null) return forged;
  const { policy, silenceMs, database } = server.parts;
  const parts = {
    ...{ policy, silenceMs, pollMs: world.busyPollMs, decide: world.engine.decideGrant },
    newId: () => world.newId(),
    change: server.change.bind(server),
    ownJob: (asked: string, assetId: string) => {
      const job = database.tables.jobs.get(asked);
      return job?.assetId === assetId ? Promise.resolve(job) : Promise.reject(noSuchJob(asked));
    },
  };
  const { assetId } = host;
  const bootId = world.engine.slips.has('boot-not-compared') ? assetId : host.bootId;
  const answer = await grantJob(parts, { key, assetId, bootId, at: world.scheduler.now });
  if (answer.kind === 'granted') world.promises.onGranted(host);
  return answer;
}

async function reports(server: ServerSim, world: World, host: HostSim, { reports: sent }: ReportsSent) {
  const { assetId } = host;
  world.promises.onSaid(host, sent);
  const parts = { silenceMs: server.parts.silenceMs, hashOf: world.seal.hashOf, change: server.change.bind(server) };
  const reporter = { assetId, keyFingerprint: assetId, at: world.scheduler.now };
  if (world.engine.slips.has('reports-acknowledged-first')) {
    world.scheduler.begin(async () => void (await acceptReports(parts, reporter, sent)));
    return { acknowledged: sent.at(-1)?.sequence ?? 0 };
  }
  const answer = await acceptReports(parts, reporter, sent);
  world.promises.onTaken(assetId, sent, answer);
  return answer;
}
