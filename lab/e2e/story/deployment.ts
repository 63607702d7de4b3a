import type { JobBody, JobPage } from '@patchsteward/contract';
import { overlap, type WorkSpan, workSpan } from '../packages-seen.ts';
import { CRITICAL, PRODUCTION, RING, type Story } from './story.ts';

const ROOM = '6-deployment';
const DEPLOYED_MS_MAX = 240_000;
const NOTHING = 3;

/** By signed work orders alone: critical hosts first once the ring has proved it, of a pair never both. // SOP P6 */
export function deploy(story: Story, since: string): Promise<void> {
  const { world, campaign } = story;
  const { transcript } = world;
  return story.step(
    ROOM,
    'the signed plan is carried out by the hosts, with the package manager of each',
    async () => {
      await world.until(campaign, ['monitoring', 'audited'], DEPLOYED_MS_MAX);
      const { items } = await world.as('ana').asks<JobPage>(['campaign', 'jobs', campaign], { exit: [0, NOTHING] });
      for (const job of items) transcript.see(jobText(job));
      transcript.equal('every work order succeeded', [...new Set(items.map(({ state }) => state))], ['succeeded']);
      await story.arePatched(PRODUCTION);
      await judgeOrder(story, since);
      await judgeHosts(story);
    },
    PRODUCTION,
  );
}

function jobText({ asset, planKind, wave, state, trouble }: JobBody): string {
  return `${asset}: ${planKind}, wave ${wave}, ${state}${trouble === null ? '' : ` (${trouble})`}`;
}

/** By what each host wrote down itself. */
async function judgeOrder({ world }: Story, since: string): Promise<void> {
  const spans = new Map<string, WorkSpan>();
  for (const host of [...RING, ...PRODUCTION]) {
    const span = workSpan(await world.lab.host(host).readFile('/var/log/dpkg.log'), since);
    world.transcript.holds(`${host} wrote its package work down`, span !== null, span);
    if (span === null) return;
    spans.set(host, span);
    world.transcript.see(`${host} worked from ${span.from} to ${span.until}, by its own log`);
  }
  const spanOf = (host: string): WorkSpan => spans.get(host) ?? { from: '', until: '' };
  const [one = '', other = ''] = CRITICAL;
  world.transcript.holds(
    'the pair was never down together',
    !overlap(spanOf(one), spanOf(other)),
    Object.fromEntries(spans),
  );
  const firstOfRing = RING.map((host) => spanOf(host).until);
  const firstOfCritical = CRITICAL.map((host) => spanOf(host).from);
  world.transcript.holds(
    'the test ring was done before any production host',
    firstOfRing.every((end) => PRODUCTION.every((host) => end < spanOf(host).from)),
    Object.fromEntries(spans),
  );
  world.transcript.holds(
    'critical hosts came before the others',
    firstOfCritical.every((start) => start < spanOf('low-1').from),
    Object.fromEntries(spans),
  );
}

async function judgeHosts({ world }: Story): Promise<void> {
  for (const host of PRODUCTION) {
    const { exitCode, stdout } = await world.lab.host(host).exec(['dpkg', '--audit']);
    world.transcript.equal(`${host}: dpkg --audit finds nothing`, [exitCode, stdout], [0, '']);
    const answer = await world.lab.host(host).run(['redis-cli', 'ping']);
    world.transcript.equal(`${host}: the service answers`, answer.trim(), 'PONG');
  }
}
