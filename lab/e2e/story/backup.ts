import type { BackupProof, Explanation } from '@patchsteward/contract';
import { PROBER } from '../people.ts';
import { PRODUCTION, type Story } from './story.ts';

const ROOM = '4-backup';
const PLANNED_MS_MAX = 60_000;

/** A snapshot of each production host is made, looked at by a prober, and proved. // SOP P4 */
export function backUp(story: Story): Promise<void> {
  const { world, campaign } = story;
  const { transcript, vault } = world;
  return story.step(ROOM, 'each production host is proved to be restorable', async () => {
    const { reasons } = await world.as('ana').asks<Explanation>(['campaign', 'explain', campaign]);
    const missing = reasons.filter(({ code }) => code === 'backup-missing');
    transcript.equal('three proofs are missing', missing.length, PRODUCTION.length);
    const place = ['--repository', vault.repository, '--password-file', vault.passwordFile, '--label', 'vault'];
    const prober = [
      '--prober',
      PROBER,
      '--key',
      world.credentials(PROBER).keyFile ?? '',
      '--state',
      world.secret('prober'),
    ];
    for (const host of PRODUCTION) {
      await vault.save(world.lab.host(host), world.rootOf(host));
      const of = ['--host', host, '--asset', world.assetOf(host)];
      const proof = await world.prober().asks<BackupProof>(['backup', 'probe', ...place, ...of, ...prober, '--send']);
      transcript.see(`${host}: snapshot ${proof.snapshotId.slice(0, 8)}, ${proof.bytes} bytes, taken ${proof.takenAt}`);
      transcript.equal(`the snapshot is of ${host}`, proof.hostname, host);
    }
    await world.until(campaign, ['planned'], PLANNED_MS_MAX);
  });
}
