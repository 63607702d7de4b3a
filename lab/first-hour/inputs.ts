import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { advisories } from '../e2e/advisories.ts';
import { CLONE } from './clone.ts';

/** Of the places that the guide tells apart, those that the lab is. */
export const PLACE: readonly string[] = ['no-network'];

export interface Brought {
  readonly folder: string;
  readonly smtpUrl: string;
}

/** What a reader brings with them: the table at the beginning of the guide, filled in. */
export async function readersOwn({ folder, smtpUrl }: Brought): Promise<Map<string, string>> {
  const share = join(folder, 'share');
  await mkdir(share, { recursive: true });
  const { file } = await advisories(folder);
  return new Map([
    ['clone', CLONE],
    ['data', join(folder, 'data')],
    ['server', 'patchsteward.test'],
    ['share', share],
    ['smtp-url', smtpUrl],
    ['advisories', file],
    ...['ada', 'otto', 'sam', 'desk'].map((who) => [`${who}-mail`, `${who}@patchsteward.test`] as const),
    // Debian fixed it after the hosts of the lab were made.
    ['proposal', 'debian:12/redis'],
    ['unit', 'redis-server.service'],
    ['port', '6379'],
    ['package', 'redis-server'],
    ...['ada-passphrase', 'otto-passphrase', 'otto-password', 'sam-passphrase', 'sam-password', 'backup-password'].map(
      (name) => [name, randomBytes(18).toString('base64url')] as const,
    ),
  ]);
}
