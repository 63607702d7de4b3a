import type {
  Campaign,
  CampaignEventBody,
  CampaignEventPage,
  CampaignSummary,
  Explanation,
  JobBody,
  JobPage,
  OriginBody,
  ProposalPage,
} from '@patchsteward/contract';
import type { World } from '../world.ts';

const PROPOSAL = 'debian:12/acme-web';
const PROPOSED_MS_MAX = 60_000;
const EXPLAINED_MS_MAX = 60_000;
const TEST_PLAN_MS_MAX = 60_000;
const NOTHING = 3;
/** It does not go on by itself. */
const STOPPED = 3;

/** The vendor offers exactly this version, and the hosts hear of it. */
export async function offer(world: World, version: string): Promise<void> {
  await world.lab.acme.publish({ versions: [version] });
  await Promise.all(world.lab.hosts.map((host) => host.run(['apt-get', '--quiet=2', 'update'])));
}

/** The same, and the server has looked as well: it does so hourly by itself. */
export async function offerToAll(world: World, version: string): Promise<void> {
  await offer(world, version);
  const { items } = await world
    .as('ana')
    .looks<{ items: readonly OriginBody[] }>(['origin', 'list'], { exit: [0, STOPPED] });
  const acme = items.find(({ suite }) => suite === 'acme');
  await world.as('ada').asks(['origin', 'refresh', acme?.id ?? '']);
}

/** One update of acme-web on its way, by people's commands alone. */
export class Patch {
  readonly world: World;
  readonly campaign: string;

  private constructor(world: World, campaign: string) {
    this.world = world;
    this.campaign = campaign;
  }

  /** As soon as the hosts that are meant (all, where none is named) say that they are offered it. */
  static async open(world: World, version: string, hosts: readonly string[] = []): Promise<Patch> {
    const wanted = hosts.length === 0 ? world.lab.hosts.length : hosts.length;
    await world.eventually(`acme-web ${version} is proposed`, PROPOSED_MS_MAX, async () => {
      const { items } = await world.as('ivy').looks<ProposalPage>(['campaign', 'propose', '--search', 'acme-web']);
      return items.find((one) => one.id === PROPOSAL && one.sourceVersion === version && one.assets >= wanted) ?? null;
    });
    const only = hosts.flatMap((host) => ['--asset', world.assetOf(host)]);
    const { id } = await world.as('ivy').asks<CampaignSummary>(['campaign', 'open', PROPOSAL, ...only]);
    const risk = ['--impact', 'low', '--way-back', 'prepared', '--restart', 'acme-web.service'];
    await world.as('ian').signs(['assess-risk', id, ...risk, '--exposure', 'reached from inside only']);
    return new Patch(world, id);
  }

  /** Lets the test ring be changed, as soon as there is a plan for it. */
  async signTest(): Promise<void> {
    const show = ['campaign', 'show', this.campaign];
    await this.world.eventually('a plan of the test ring', TEST_PLAN_MS_MAX, async () => {
      const { plans } = await this.world.as('ana').looks<Campaign>(show);
      return plans.test;
    });
    await this.world.as('ivy').signs(['sign-test', this.campaign]);
  }

  /** Waits until `campaign explain` names this reason. */
  async explains(code: string): Promise<Explanation> {
    const explain = ['campaign', 'explain', this.campaign];
    const found = await this.world.eventually(`campaign explain names ${code}`, EXPLAINED_MS_MAX, async () => {
      const explanation = await this.world.as('ana').looks<Explanation>(explain, { exit: [0, STOPPED] });
      return explanation.reasons.some((reason) => reason.code === code) ? explanation : null;
    });
    this.world.transcript.see(`explain: ${found.sentence}`);
    this.world.transcript.holds(`explain names ${code}`, true, found.reasons);
    return found;
  }

  async jobs(): Promise<readonly JobBody[]> {
    const argv = ['campaign', 'jobs', this.campaign, '--all'];
    return (await this.world.as('ana').looks<JobPage>(argv, { exit: [0, NOTHING] })).items;
  }

  /** Waits until the work order of a host is so, and tells what the host says of it. */
  async job(host: string, what: string, timeoutMs: number, isSo: (job: JobBody) => boolean): Promise<JobBody> {
    const found = await this.world.eventually(`${host}: ${what}`, timeoutMs, async () => {
      const ofHost = (await this.jobs()).filter(({ assetId }) => assetId === this.world.assetOf(host));
      return ofHost.find(isSo) ?? null;
    });
    const trouble = found.trouble === null ? '' : ` (${found.trouble})`;
    this.world.transcript.see(`${host}: work order of the ${found.planKind} plan is ${found.state}${trouble}`);
    return found;
  }

  async events(): Promise<readonly CampaignEventBody[]> {
    const argv = ['campaign', 'events', this.campaign, '--all'];
    return (await this.world.as('ana').looks<CampaignEventPage>(argv)).items;
  }

  /** Asked for by ivy, agreed to by the owner, approved by Change Management and Security. */
  async approve(): Promise<void> {
    await this.request();
    await this.world.as('cara').signs(['approve', this.campaign]);
    await this.world.as('sam').signs(['approve', this.campaign]);
  }

  async request(): Promise<void> {
    await this.world.as('ivy').signs(['campaign', 'request', this.campaign, '--why', 'a weakness of acme-web']);
    await this.world.as('otto').signs(['agree-window', this.campaign]);
  }

  async withdraw(why: string): Promise<void> {
    await this.world.as('ian').asks(['campaign', 'withdraw', this.campaign, '--why', why]);
  }
}
