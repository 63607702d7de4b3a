import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BOOT_LOOP, bootCommand } from './boot-command.ts';

it('a host boots with its own name, number and network', () => {
  const command = bootCommand({ host: 'web-1', machine: 'x-web-1', root: '/r', machineId: 'abc', namespace: '/n' });

  expect(command).toEqual(
    expect.arrayContaining([
      '--directory=/r',
      '--hostname=web-1',
      '--machine=x-web-1',
      '--uuid=abc',
      '--network-namespace-path=/n',
    ]),
  );
});

/** Stands in for a machine: counts its boots in the file that it is named, and ends as it is told. */
const machine = (ending: string): string => `printf . >>"$0"; boots=$(wc -c <"$0"); ${ending}`;

it.each([
  ['is booted again for as long as it asks', '[ "$boots" -lt 3 ] && exit 133; exit 0', 3],
  ['stays off once it powered off', 'exit 0', 1],
  ['stays off once it failed', 'exit 1', 1],
  ['stays off once it was killed', 'kill -9 $$', 1],
])('a host %s', (_, ending, boots) => {
  const folder = mkdtempSync(join(tmpdir(), 'patchsteward-boot-'));
  const file = join(folder, 'boots');

  spawnSync('sh', ['-c', BOOT_LOOP, 'boot', 'sh', '-c', machine(ending), file]);

  expect(readFileSync(file, 'utf8')).toHaveLength(boots);
  rmSync(folder, { recursive: true });
});
