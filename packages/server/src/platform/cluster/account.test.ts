import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresAccount } from './account.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'account-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function accountWith(...logins: string[]) {
  const path = join(directory, 'passwd');
  const lines = logins.map((login) => `${login}:x:${login === 'root' ? 0 : 70 + login.length}:7:::/bin/false`);
  await writeFile(path, `${lines.join('\n')}\n`);
  return postgresAccount(join(directory, 'none'), path);
}

describe.runIf(process.getuid?.() === 0)('as root', () => {
  it.each([
    [['root', 'nobody', 'postgres'], 'postgres'],
    [['root', 'nobody'], 'nobody'],
  ])('%j gives %s', async (logins, expected) => {
    expect(await accountWith(...logins)).toMatchObject({ name: expected, drop: true, gid: 7 });
  });

  it('data that is there stays with its owner', async () => {
    const data = join(directory, 'postgres');
    await mkdir(data);
    await chown(data, 76, 76);

    expect(await accountWith('root', 'postgres', 'nobody')).toMatchObject({ name: 'postgres' });
    await writeFile(join(directory, 'passwd'), 'postgres:x:78:7::\nnobody:x:76:7::\n');
    expect(await postgresAccount(data, join(directory, 'passwd'))).toMatchObject({ name: 'nobody', uid: 76 });
  });

  it('no account is a refusal', async () => {
    await expect(accountWith('root')).rejects.toMatchObject({ code: 'postgresql-account-missing' });
  });
});

describe.runIf(process.getuid?.() !== 0)('as a person', () => {
  it('it is the person', async () => {
    expect(await postgresAccount(directory)).toMatchObject({ name: userInfo().username, drop: false });
  });
});
