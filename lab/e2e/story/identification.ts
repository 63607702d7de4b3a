import type { AssetFindings, CampaignSummary, Proposal, ProposalPage } from '@patchsteward/contract';
import { advisories } from '../advisories.ts';
import type { Story } from './story.ts';

const ROOM = '1-identification';
/** Fixed in DLA-4682-1, after the packages of the lab were made. */
export const VULNERABILITY = 'CVE-2026-23631';
const FINDINGS = 3;

export async function identify(story: Story): Promise<void> {
  await importAdvisories(story);
  await find(story);
  await open(story);
}

function importAdvisories(story: Story): Promise<void> {
  const { world } = story;
  return story.step(ROOM, 'advisories come in', async () => {
    const { file, real } = await advisories(world.secrets);
    world.transcript.see(
      real ? 'all advisories of Debian' : 'one advisory, in our own words: the real data is not here',
    );
    await world.as('ian').asks(['feeds', 'import', file, '--feed', 'debian-osv']);
  });
}

function find(story: Story): Promise<void> {
  const { world } = story;
  const { transcript } = world;
  return story.step(ROOM, 'a genuinely outdated package is found', async () => {
    const host = world.lab.host('critical-1');
    const found = ['finding', 'list', '--asset', world.assetOf('critical-1')];
    const { items } = await world.as('sam').asks<AssetFindings>(found, { exit: FINDINGS });
    const finding = items.find(({ vulnerability }) => vulnerability === VULNERABILITY);
    transcript.holds(
      `${VULNERABILITY} is found`,
      finding !== undefined,
      items.map((one) => one.vulnerability),
    );
    if (finding === undefined) return;
    transcript.see(`${finding.advisory}: ${finding.why}`);
    const installed = await host.dpkgVersions();
    for (const { name, version } of finding.packages) {
      transcript.equal(`${name} is what the host itself says it is`, version, installed[name]);
    }
    transcript.holds('an origin offers the fix', finding.fixOffered.length > 0, finding.fixOffered);
    story.chosen = {
      ...story.chosen,
      packages: finding.packages.map(({ name }) => name).sort(),
      from: finding.packages[0]?.version ?? '',
      to: finding.fixOffered[0]?.to ?? '',
    };
    transcript.see(`${story.chosen.packages.join(', ')}: ${story.chosen.from} -> ${story.chosen.to}`);
  });
}

function open(story: Story): Promise<void> {
  const { world, chosen } = story;
  const { transcript } = world;
  return story.step(ROOM, 'it is proposed in its lane, with its due time, and adopted by a person', async () => {
    const { items } = await world.as('ivy').asks<ProposalPage>(['campaign', 'propose', '--search', chosen.source]);
    const proposal = items.find(({ id }) => id === chosen.proposal);
    transcript.holds(
      `${chosen.proposal} is proposed`,
      proposal !== undefined,
      items.map(({ id }) => id),
    );
    if (proposal !== undefined) judgeProposal(story, proposal);
    const opened = await world.as('ivy').asks<CampaignSummary>(['campaign', 'open', chosen.proposal]);
    story.campaign = opened.id;
    transcript.equal('who adopted it is its requester', opened.requester, 'ivy');
    transcript.equal('it concerns all four hosts', opened.assets, 4);
    transcript.equal('it goes on the critical lane', opened.lane, 'critical');
  });
}

function judgeProposal({ world: { transcript } }: Story, proposal: Proposal): void {
  const { lane, due, why, testAssets, productionAssets, fixes } = proposal;
  transcript.see(`${proposal.title}: ${lane}, due ${due}; ${why}`);
  transcript.equal('its lane is the critical one', lane, 'critical');
  transcript.holds('its due time is at most 48 hours away', Date.parse(due) <= Date.now() + 48 * 3_600_000, due);
  transcript.holds(`it fixes ${VULNERABILITY}`, fixes.includes(VULNERABILITY), fixes);
  transcript.equal('one host of it is the test ring, three are production', [testAssets, productionAssets], [1, 3]);
}
