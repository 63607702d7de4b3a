import { cp, mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const REPOSITORY = join(import.meta.dirname, '../../../../../..');

/** Prints the inventory; the argument names the proc file system. */
const COLLECT = `import { readInventory } from '@patchsteward/agent/package-managers';
const procfs = process.argv[2] ?? '/proc';
console.log(JSON.stringify(await readInventory({ root: '/', procfs })));
`;

/** Copies the agent, its runtime and the oracle into a folder, where a user without rights can run them. */
export async function copyAgent(home: string): Promise<void> {
  await mkdir(join(home, 'node_modules/@patchsteward'), { recursive: true });
  for (const name of ['core', 'trust', 'agent']) {
    await cp(join(REPOSITORY, 'packages', name), join(home, 'packages', name), { recursive: true });
    await symlink(`../../packages/${name}`, join(home, 'node_modules/@patchsteward', name));
  }
  await cp(await realpath(process.execPath), join(home, 'node'));
  await writeFile(join(home, 'collect.ts'), COLLECT);
  await cp(join(import.meta.dirname, 'apt-oracle.py'), join(home, 'apt-oracle.py'));
}

export function collectorIn(home: string): readonly string[] {
  return [join(home, 'node'), join(home, 'collect.ts')];
}

export function oracleIn(home: string): readonly string[] {
  return ['/usr/bin/python3', join(home, 'apt-oracle.py')];
}
