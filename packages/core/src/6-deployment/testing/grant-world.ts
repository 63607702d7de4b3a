import { type JobReport, type JobState, type LedgerEntry, slotOf, stepJob } from '../../job/index.ts';
import { job as queuedJob, reportOf } from '../../job/testing/samples.ts';
import { decideGrant, type GrantFacts, START_WITHIN_MS } from '../decide-grant.ts';

/**
 * A redundancy group of a few hosts, two servers over one database, and a network that loses, delays and repeats. The
 * server's side is the real rule (`decideGrant`, `stepJob`, `slotOf`); the host's side is what agentd does, in short.
 * Time goes in half starts and is kept relative, so that there are finitely many worlds. // rollout-and-trust §0.2, §5
 */
export interface GrantWorld {
  readonly hosts: readonly GrantHost[];
  /** Transactions that have begun, one for each server at most. */
  readonly begun: readonly Begun[];
}

interface GrantHost {
  readonly job: JobState;
  readonly agent: Agent;
  /** The request of the question that the agent waits for is on its way. */
  readonly request: boolean;
  /** One that the agent has given up is on its way still. */
  readonly stale: boolean;
  /** To the question that the agent waits for. */
  readonly answer: Answer | null;
  /** On the disk of the host, in their order, until the server has taken them. */
  readonly reports: readonly JobReport['phase'][];
}

/** Ages and what is left are in half starts. */
type Agent =
  | { readonly is: 'armed' | 'down' | 'done' | 'dead' | 'dead-down' }
  | { readonly is: 'asking'; readonly age: number }
  | { readonly is: 'granted'; readonly left: number };

type Answer = { readonly is: 'waiting' | 'outstanding' } | { readonly is: 'granted'; readonly left: number };

interface Begun {
  readonly host: number;
  readonly stale: boolean;
  readonly ledger: readonly LedgerEntry[];
}

/** A rule is taken away where a test asks whether anybody would notice. */
export interface GrantRules {
  /** Which places in the ledger count as taken. */
  readonly counts: (slot: LedgerEntry, job: JobState) => boolean;
  /** Two servers wait for one another. */
  readonly locked: boolean;
  /** Nobody asks before the server has taken what the host said. */
  readonly reportsFirst: boolean;
  /** Time to start counts from the question on. */
  readonly countsFromQuestion: boolean;
  /** A host that is told of a grant it never got gives it back. */
  readonly givesBackUnheard: boolean;
  /** Hosts may die. One that is down and dies is no other than one that stays down, until a person answers for it. */
  readonly mortal: boolean;
}

export const GRANT_RULES: GrantRules = {
  counts: () => true,
  locked: true,
  reportsFirst: true,
  countsFromQuestion: true,
  givesBackUnheard: true,
  mortal: true,
};

const HALF_START_MS = START_WITHIN_MS / 2;
/** Any instant: worlds are told apart by what is left from it. */
const NOW = 100 * HALF_START_MS;
const FOREVER = Number.MAX_SAFE_INTEGER;
/** In half starts: beyond, nothing that is older behaves otherwise. */
const AGE_MAX = 3;
/** In half starts: the time to start has passed. */
const SPENT = -1;
const SERVERS = 2;
const BUDGET = 1;

export function firstWorld(hosts: number): GrantWorld {
  const host = (n: number): GrantHost => ({
    job: queuedJob({ assetId: `front${n}`, name: 'armed' }),
    agent: { is: 'armed' },
    ...{ request: false, stale: false, answer: null, reports: [] },
  });
  return { hosts: Array.from({ length: hosts }, (_, n) => host(n)), begun: [] };
}

/** More hosts are really down by us than may be, without those that a person answered for. // §2.8 S4 */
function isOverBudget({ hosts }: GrantWorld): boolean {
  const down = hosts.filter(({ agent: { is }, job }) => (is === 'down' || is === 'dead-down') && job.declared === null);
  return down.length > BUDGET;
}

/** Every host is patched and known to be, and no place is taken. */
export function isSettledWorld({ hosts }: GrantWorld): boolean {
  return hosts.every(({ agent, job }) => agent.is === 'done' && job.slot === null && job.name === 'succeeded');
}

/** What may happen next. */
export interface GrantMove {
  readonly what: string;
  /** Nobody may rely on it: a death, a person's word. */
  readonly unlucky: boolean;
  /** What it breaks, in the world as it really is. */
  readonly broken: 'over-budget' | 'started-without-grant' | 'started-late' | null;
  readonly next: GrantWorld;
}

export function movesOf(world: GrantWorld, rules: GrantRules): GrantMove[] {
  const ofHosts = world.hosts.flatMap((host, at) => [
    ...agentMoves(host, rules).map(({ next, abandons = false, ...move }) => ({
      ...move,
      next: withHost(abandons ? abandoned(world, at) : world, at, next),
    })),
    ...serverMoves(world, host, at, rules),
  ]);
  const ofServers = world.begun.flatMap((_, n) => endings(world, n));
  const all: Move<GrantWorld>[] = [...ofHosts, ...ofServers, { what: 'half a start passes', next: later(world) }];
  return all.map(({ what, unlucky = false, broken = null, next }) => ({
    ...{ what, unlucky, next },
    broken: broken ?? (isOverBudget(next) ? 'over-budget' : null),
  }));
}

interface Move<Next> {
  readonly what: string;
  readonly unlucky?: boolean;
  readonly broken?: GrantMove['broken'];
  readonly next: Next;
}

interface AgentMove extends Move<GrantHost> {
  /** Nobody waits for the question any more: what a server makes of it, this host will not hear. */
  readonly abandons?: boolean;
}

function abandoned(world: GrantWorld, at: number): GrantWorld {
  return { ...world, begun: world.begun.map((begun) => (begun.host === at ? { ...begun, stale: true } : begun)) };
}

function agentMoves(host: GrantHost, rules: GrantRules): AgentMove[] {
  const { agent, request, stale } = host;
  const moves = [...questionMoves(host, rules), ...workMoves(host)].filter(
    ({ unlucky }) => rules.mortal || unlucky !== true,
  );
  if (request) moves.push(change(host, 'loses its question', { request: false }));
  if (stale) moves.push(change(host, 'loses an old question', { stale: false }));
  if (rules.mortal && (agent.is === 'armed' || agent.is === 'asking' || agent.is === 'granted')) {
    const dead = { agent: { is: 'dead' }, request: false, stale: stale || request, answer: null } as const;
    moves.push({ ...change(host, 'dies', dead), unlucky: true, abandons: true });
  }
  return moves;
}

function change(host: GrantHost, what: string, changed: Partial<GrantHost>): AgentMove {
  return { what: `${host.job.assetId} ${what}`, next: { ...host, ...changed } };
}

function questionMoves(host: GrantHost, rules: GrantRules): AgentMove[] {
  const { agent, answer, request, stale, reports } = host;
  if (agent.is === 'armed' && (reports.length === 0 || !rules.reportsFirst)) {
    return [change(host, 'asks', { agent: { is: 'asking', age: 0 }, request: true })];
  }
  if (agent.is !== 'asking') return [];
  const armed = { agent: { is: 'armed' }, answer: null } as const;
  // Also what a restart of agentd comes to.
  const givesUp = change(host, 'gives its question up', { ...armed, request: false, stale: stale || request });
  const moves = [{ ...givesUp, abandons: true }];
  if (answer?.is === 'waiting') moves.push({ ...change(host, 'is to wait', armed), abandons: false });
  if (answer?.is === 'outstanding') {
    const back = rules.givesBackUnheard ? { reports: handBack(host) } : {};
    moves.push({ ...change(host, 'is told of a grant it never got', { ...armed, ...back }), abandons: false });
  }
  if (answer?.is === 'granted') {
    const left = Math.max(SPENT, answer.left - (rules.countsFromQuestion ? agent.age : 0));
    const granted = { agent: { is: 'granted', left }, answer: null } as const;
    moves.push({ ...change(host, 'is allowed to start', granted), abandons: false });
  }
  return moves;
}

function workMoves(host: GrantHost): AgentMove[] {
  const { agent, job, reports } = host;
  if (agent.is === 'granted') {
    const starts = change(host, 'starts', { agent: { is: 'down' }, reports: [...reports, 'installing'] });
    // Its time has passed, or its runner does not answer, or it has another boot id.
    const back = change(host, 'gives back', { agent: { is: 'armed' }, reports: handBack(host) });
    return agent.left >= 0 ? [{ ...starts, broken: brokenBy(job) }, back] : [back];
  }
  if (agent.is === 'down') {
    const done = change(host, 'is up and patched', { agent: { is: 'done' }, reports: [...reports, 'succeeded'] });
    return [done, { ...change(host, 'dies while it is down', { agent: { is: 'dead-down' } }), unlucky: true }];
  }
  return [];
}

function handBack({ reports }: GrantHost): GrantHost['reports'] {
  return [...reports, 'returned'];
}

function brokenBy({ grant }: JobState): GrantMove['broken'] {
  if (grant === null) return 'started-without-grant';
  return grant.startBy < NOW ? 'started-late' : null;
}

function serverMoves(world: GrantWorld, host: GrantHost, at: number, rules: GrantRules): Move<GrantWorld>[] {
  const { job, reports, agent, request, stale } = host;
  const moves: Move<GrantWorld>[] = [];
  const to = (what: string, changed: Partial<GrantHost>): Move<GrantWorld> => {
    return { what: `${job.assetId} ${what}`, next: withHost(world, at, { ...host, ...changed }) };
  };
  const begins = ({ what, next }: Move<GrantWorld>, late: boolean) =>
    moves.push({
      what,
      next: { ...next, begun: [...next.begun, { host: at, stale: late, ledger: ledgerOf(world, rules) }] },
    });
  // A transaction under way holds the row of its job, and where the rule says so the ledger.
  const held = world.begun.some((begun) => begun.host === at);
  const free = !held && world.begun.length < (rules.locked ? 1 : SERVERS);
  if (free && request) begins(to('is heard', { request: false }), false);
  if (free && stale) begins(to('is heard late', { stale: false }), true);
  const [first, ...rest] = reports;
  // Of a dead host too: it may have sent what it had.
  if (first !== undefined && !held) moves.push(to(`reports ${first}`, { job: told(job, first), reports: rest }));
  const silent = stepJob(job, { kind: 'job.silent' }, NOW);
  if ('state' in silent) moves.push(to('is silent', { job: silent.state }));
  if (agent.is !== 'dead' && agent.is !== 'dead-down') return moves;
  const declared = stepJob(job, { kind: 'job.declared', as: 'down-accepted', person: 'eve' }, NOW);
  if ('state' in declared) moves.push({ ...to('is accepted as down', { job: declared.state }), unlucky: true });
  return moves;
}

function ledgerOf({ hosts }: GrantWorld, rules: GrantRules): LedgerEntry[] {
  return hosts.flatMap(({ job }) => {
    const slot = slotOf(job.assetId, job);
    return slot !== null && rules.counts(slot, job) ? [slot] : [];
  });
}

/** A transaction is committed, and its answer comes or is lost; or its server dies before. */
function endings(world: GrantWorld, n: number): Move<GrantWorld>[] {
  const begun = world.begun[n];
  const host = begun === undefined ? undefined : world.hosts[begun.host];
  if (begun === undefined || host === undefined) throw new RangeError(`nothing has begun as ${n}`);
  const rest = { ...world, begun: world.begun.filter((_, other) => other !== n) };
  const { job, answer } = granting(host.job, begun.ledger);
  const { assetId } = host.job;
  const heard = begun.stale ? [] : [{ what: `${assetId} is answered ${answer.is}`, next: { ...host, job, answer } }];
  return [
    ...[...heard, { what: `${assetId} does not get its answer`, next: { ...host, job } }].map(({ what, next }) => ({
      ...{ what, next: withHost(rest, begun.host, next) },
    })),
    { what: `the server that heard ${assetId} dies`, next: rest },
  ];
}

/** As the server grants: the same grant to whoever asks again, else what the rule says. */
function granting(job: JobState, ledger: readonly LedgerEntry[]): { readonly job: JobState; readonly answer: Answer } {
  if (job.name === 'granted' && job.grant !== null && job.grant.startBy > NOW) {
    return { job, answer: { is: 'granted', left: halves(job.grant.startBy - NOW) } };
  }
  const verdict = decideGrant(factsOf(job, ledger), NOW);
  if (verdict.kind !== 'proceed') {
    const reasons = verdict.kind === 'wait' ? verdict.waitingOn : verdict.blockedBy;
    const isOut = reasons.some(({ code }) => code === 'grant-outstanding');
    return { job, answer: { is: isOut ? 'outstanding' : 'waiting' } };
  }
  const { startBy } = verdict.value;
  const stepped = stepJob(job, { kind: 'job.granted', grant: 'g', startBy }, NOW);
  if ('refused' in stepped) throw new Error(`a grant was decided and refused: ${stepped.refused.code}`);
  return { job: stepped.state, answer: { is: 'granted', left: halves(startBy - NOW) } };
}

function factsOf(job: JobState, ledger: readonly LedgerEntry[]): GrantFacts {
  return {
    ...{ host: job.assetId, job, campaignDeploys: true, waveOpen: true, plan: { notAfter: FOREVER } },
    ...{ intervals: [{ from: 0, until: FOREVER }], groups: [{ name: 'front', members: 3, budget: BUDGET }], ledger },
    ...{ otherActiveJobs: 0, forked: false, rolledBackBefore: false, backup: [], limit: [] },
  };
}

/** What a job does not take is out of order, and is set aside. Numbers begin anew, so that worlds stay finitely many. */
function told(job: JobState, phase: JobReport['phase']): JobState {
  const stepped = stepJob(job, { kind: 'job.reported', sequence: job.lastSequence + 1, report: reportOf(phase) }, NOW);
  return 'state' in stepped ? { ...stepped.state, lastSequence: 0 } : job;
}

/** Half a start later: for everybody at once. */
function later(world: GrantWorld): GrantWorld {
  return { ...world, hosts: world.hosts.map(hostLater) };
}

/** What an answer leaves was said when it set out: the age of the question counts the way. */
function hostLater(host: GrantHost): GrantHost {
  const { job, agent } = host;
  const grant = job.grant === null ? null : { ...job.grant, startBy: earlier(job.grant.startBy) };
  return { ...host, job: { ...job, grant }, agent: agentLater(agent) };
}

function earlier(startBy: number): number {
  return Math.max(NOW - HALF_START_MS, startBy - HALF_START_MS);
}

function agentLater(agent: Agent): Agent {
  if (agent.is === 'asking') return { is: 'asking', age: Math.min(AGE_MAX, agent.age + 1) };
  if (agent.is === 'granted') return { is: 'granted', left: Math.max(SPENT, agent.left - 1) };
  return agent;
}

function halves(ms: number): number {
  return Math.round(ms / HALF_START_MS);
}

function withHost(world: GrantWorld, at: number, host: GrantHost): GrantWorld {
  return { ...world, hosts: world.hosts.with(at, host) };
}

/** What tells one world from another. Hosts are alike, so that their order does not count. */
export function keyOf({ hosts, begun }: GrantWorld): string {
  const words = hosts.map(({ job, agent, request, stale, answer, reports }, at) => {
    const own = begun.filter(({ host }) => host === at);
    const seen = own.map((one) => [one.stale, one.ledger.filter(({ job: key }) => key !== job.assetId).length]);
    const left = job.grant === null ? null : halves(job.grant.startBy - NOW);
    const known = [job.name, left, job.slot?.why ?? null, job.unknownSince !== null, job.declared !== null];
    return JSON.stringify([known, agent, request, stale, answer, reports, seen]);
  });
  return words.sort().join('\n');
}

/** A place that is given up with the time to start: what a lock with a term does. // rollout-and-trust §0.2 */
export function holdsForATime(_: LedgerEntry, { grant }: JobState): boolean {
  return grant === null || grant.startBy >= NOW;
}
