import type { OriginBody } from '@patchsteward/contract';
import type { World } from '../world.ts';

const SETTING_UP = 'before the story';
const DEBIAN_KEYS = '/usr/share/keyrings/debian-archive-keyring.gpg';
/** As the hosts have them in their sources. */
const DEBIAN = [
  ['http://deb.debian.org/debian', 'bookworm'],
  ['http://deb.debian.org/debian', 'bookworm-updates'],
  ['http://deb.debian.org/debian-security', 'bookworm-security'],
] as const;

export function nameOrigins(world: World): Promise<void> {
  const title = 'packages may come from Debian and from Acme, by their own keys';
  return world.transcript.step(SETTING_UP, title, async () => {
    const acme = ['http://packages.acme.test/acme', 'acme', world.lab.acme.keyFile] as const;
    const origins = [...DEBIAN.map(([url, suite]) => [url, suite, DEBIAN_KEYS] as const), acme];
    await Promise.all(
      origins.map(([url, suite, key]) =>
        world.as('ada').asks(['origin', 'add', '--url', url, '--suite', suite, '--component', 'main', '--key', key]),
      ),
    );
    const { items } = await world.as('ana').asks<{ items: readonly OriginBody[] }>(['origin', 'list']);
    for (const { suite, keys } of items) world.transcript.see(`${suite}: ${keys.length} keys are pinned`);
  });
}
