import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { InventorySections } from '@patchsteward/core/vocabulary';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectorIn, copyAgent, oracleIn } from './testing/agent-copy.ts';
import {
  type AptOracle,
  DPKG_QUERY,
  expectAsAptList,
  expectAsAptMark,
  expectAsDpkg,
  expectAsPythonApt,
} from './testing/agreement.ts';
import { NOBODY } from './testing/debian-root.ts';

const execute = promisify(execFile);
const OUTPUT_BYTES_MAX = 256 * 1024 * 1024;

async function run(...[tool = '', ...argv]: readonly string[]): Promise<string> {
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' };
  const { stdout } = await execute(tool, argv, { env, maxBuffer: OUTPUT_BYTES_MAX });
  return stdout;
}

describe('the facts of this machine, read without root, agree with', () => {
  let home = '';
  let facts: InventorySections;

  beforeAll(async () => {
    home = await mkdtemp('/var/tmp/patchsteward-agent-');
    await chmod(home, 0o755);
    await copyAgent(home);
    facts = JSON.parse(await run(...NOBODY, ...collectorIn(home))) as InventorySections;
  });

  afterAll(() => rm(home, { recursive: true, force: true }));

  test('dpkg-query', async () => {
    expectAsDpkg(facts, await run(...DPKG_QUERY));
  });

  test('apt-mark', async () => {
    expectAsAptMark(facts, await run('apt-mark', 'showhold'));
  });

  test('apt list', async () => {
    expectAsAptList(facts, await run('apt', 'list', '--upgradable'));
  });

  test('python3-apt', async () => {
    expectAsPythonApt(facts, JSON.parse(await run(...oracleIn(home))) as AptOracle);
  });

  test('uname, hostname and dpkg', async () => {
    expect(facts.system).toMatchObject({
      runningKernel: (await run('uname', '-r')).trim(),
      hostname: (await run('uname', '-n')).trim(),
      architecture: (await run('dpkg', '--print-architecture')).trim(),
    });
  });
});
