import type { BackupProof } from '@patchsteward/contract';
import { PROBER } from '../people.ts';
import { PRODUCTION } from '../story/story.ts';
import type { World } from '../world.ts';

/** Every production host can be restored, so that no fault of another kind is hidden behind a missing proof. // SOP P4 */
export async function proveBackups(world: World): Promise<void> {
  const { vault } = world;
  const place = ['--repository', vault.repository, '--password-file', vault.passwordFile, '--label', 'vault'];
  const key = world.credentials(PROBER).keyFile ?? '';
  const prober = ['--prober', PROBER, '--key', key, '--state', world.secret('prober')];
  for (const host of PRODUCTION) {
    await vault.save(world.lab.host(host), world.rootOf(host));
    const of = ['--host', host, '--asset', world.assetOf(host)];
    await world.prober().asks<BackupProof>(['backup', 'probe', ...place, ...of, ...prober, '--send']);
  }
}
