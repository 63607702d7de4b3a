import { chown, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresAccount } from './account.ts';

const ROOT = { name: 'root', uid: 0, gid: 0 };
const PERSON = { name: 'ada', uid: 1000, gid: 1000 };

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'account-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function accountWith(...logins: string[]) {
  const path = join(directory, 'passwd');
  const lines = logins.map((login) => `${login}:x:${login === 'root' ? 0 : 70 + login.length}:7:::/bin/false`);
  await writeFile(path, `${lines.join('\n')}\n`);
  return postgresAccount(join(directory, 'none'), path, ROOT);
}

describe('as root', () => {
  it.each([
    [['root', 'nobody', 'postgres'], 'postgres'],
    [['root', 'nobody'], 'nobody'],
  ])('%j gives %s', async (logins, expected) => {
    expect(await accountWith(...logins)).toMatchObject({ name: expected, drop: true, gid: 7 });
  });

  it('data that is there stays with its owner', async () => {
    const data = join(directory, 'postgres');
    await mkdir(data);
    // Only root can give it away; whoever else runs this owns what they made.
    if (process.getuid?.() === 0) await chown(data, 76, 76);
    const { uid } = await stat(data);

    expect(await accountWith('root', 'postgres', 'nobody')).toMatchObject({ name: 'postgres' });
    await writeFile(join(directory, 'passwd'), `postgres:x:78:7::\nnobody:x:${uid}:7::\n`);
    expect(await postgresAccount(data, join(directory, 'passwd'), ROOT)).toMatchObject({ name: 'nobody', uid });
  });

  it('no account is a refusal', async () => {
    await expect(accountWith('root')).rejects.toMatchObject({ code: 'postgresql-account-missing' });
  });
});

describe('as a person', () => {
  it('it is the person', async () => {
    expect(await postgresAccount(directory, '/etc/passwd', PERSON)).toEqual({ ...PERSON, drop: false });
  });
});
