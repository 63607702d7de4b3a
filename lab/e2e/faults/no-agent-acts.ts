import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '../world.ts';
import { importAcmeAdvisory } from './acme-advisory.ts';
import { DatabaseOwner } from './database-owner.ts';
import { offerToAll, Patch } from './patch.ts';
import { scenario } from './scenario.ts';

const [RING, LOW] = ['ring-1', 'low-1'] as const;
const BLOCKED_MS_MAX = 60_000;
const TESTED_MS_MAX = 120_000;
const PLANNED_MS_MAX = 60_000;
/** Several check-ins: whoever would act had the chance. */
const WATCHED_MS = 6_000;

/** Whatever the server or its database says, a host acts on what enough people signed, for it, once. // rollout §3.3 */
export async function noAgentActs(world: World): Promise<void> {
  const database = await DatabaseOwner.open(world);
  try {
    await replayedPlan(world, database);
    await importAcmeAdvisory(world, { id: 'DSA-9002-1', vulnerability: 'CVE-2099-0002', fixed: '1.9' });
    await offerToAll(world, '1.9');
    await relabeledHost(world);
    await forgedVotes(world, database);
  } finally {
    await database.close();
  }
}

/** Somebody calls a production host a test ring, where one person of IT is enough. What its owner pinned on it counts. */
function relabeledHost(world: World): Promise<void> {
  return scenario(world, 'a production host is labeled as test ring on the server', async () => {
    const asset = world.assetOf(LOW);
    await world.as('ian').asks(['asset', 'set', asset, '--environment', 'non-production', '--ring']);
    const patch = await Patch.open(world, '1.9', [LOW]);
    await patch.explains('test-host-missing');
    world.transcript.equal('no host has a work order', await patch.jobs(), []);
    await patch.withdraw('it was no test ring');
    await world.as('ian').asks(['asset', 'set', asset, '--environment', 'production', '--no-ring']);
  });
}

/** The server believes the forgery and deploys; no host does. */
function forgedVotes(world: World, database: DatabaseOwner): Promise<void> {
  const moves = [{ host: RING, name: 'acme-web', from: '1.1', to: '1.9' }];
  return scenario(
    world,
    'approvals are forged in the database',
    async () => {
      const patch = await Patch.open(world, '1.9', [RING, LOW]);
      await patch.signTest();
      await world.until(patch.campaign, ['planned'], TESTED_MS_MAX + PLANNED_MS_MAX);
      await patch.request();
      await database.forgeVotes(patch.campaign, ['cara', 'sam']);
      await world.until(patch.campaign, ['scheduled', 'deploying'], PLANNED_MS_MAX);
      const production = await patch.job(
        LOW,
        'refuses',
        BLOCKED_MS_MAX,
        ({ planKind, blockedBy }) => planKind === 'production' && blockedBy !== null,
      );
      const why = production.trouble ?? '';
      world.transcript.equal('it says why', production.blockedBy, 'plan-not-authorized');
      world.transcript.holds('it names what is wrong with it', why.includes('signature-wrong'), why);
      await world.as('ian').asks(['campaign', 'halt', patch.campaign, '--why', 'its approvals are forged']);
    },
    moves,
  );
}

/** A work order that was signed, done and taken back by hand is named again by the server, and put before root's part. */
function replayedPlan(world: World, database: DatabaseOwner): Promise<void> {
  return scenario(world, 'a plan that was carried out is replayed', async () => {
    const host = world.lab.host(LOW);
    await host.copyIn(world.lab.acme.fileOf('1.0'), '/var/tmp/acme-web.deb');
    await host.run(['dpkg', '--install', '/var/tmp/acme-web.deb']);
    const before = await host.dpkgVersions();
    const [offered = ''] = (await host.run(['ls', OFFERS])).trim().split('\n');
    const job = `sha256:${offered.replace('.json', '')}`;
    await database.replay(job);
    await sleep(WATCHED_MS);
    world.transcript.equal('its agent does nothing', await host.dpkgVersions(), before);
    const answer = await host.run(['perl', '-MIO::Socket::UNIX', '-e', PUT_BEFORE_RUNNER, `${OFFERS}/${offered}`]);
    world.transcript.see(`root's part, asked directly, says ${answer.trim()}`);
    world.transcript.holds('it refuses what was done before', /done before/.test(answer), answer);
    const other = await world.lab
      .host('critical-1')
      .run(['perl', '-MIO::Socket::UNIX', '-e', PUT_BEFORE_RUNNER, '/dev/stdin'], {
        input: await host.readFile(`${OFFERS}/${offered}`),
      });
    world.transcript.see(`another host, asked with it, says ${other.trim()}`);
    world.transcript.holds('another host refuses it', /plan-not-authorized.*host/s.test(other), other);
    world.transcript.equal('nothing was done', await host.dpkgVersions(), before);
    await host.copyIn(world.lab.acme.fileOf('1.1'), '/var/tmp/acme-web.deb');
    await host.run(['dpkg', '--install', '/var/tmp/acme-web.deb']);
  });
}

const OFFERS = '/var/lib/patchsteward-runner/offers';
/** What a taken-over agent could do: it has the socket, and every offer that it ever passed on. */
const PUT_BEFORE_RUNNER = `
open my $file, "<", $ARGV[0] or die; local $/; my $offer = <$file>; $offer =~ s/\\s+$//;
my $runner = IO::Socket::UNIX->new("/run/patchsteward/runner.sock") or die "runner: $!"; $/ = "\\n";
print $runner '{"kind":"prepare","offer":' . $offer . ',"spool":"/var/lib/patchsteward-agent/spool"}' . "\\n";
$runner->flush; print scalar <$runner>;
`;
