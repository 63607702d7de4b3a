import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { layOutFiles, madeByMajor, socketDirectory } from './files.ts';

const { username, uid, gid } = userInfo();
const ourselves = { name: username, uid, gid, drop: false };
const long = 'a'.repeat(100);

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'files-'));
});
afterEach(() => rm(parent, { recursive: true }));

describe('the socket', () => {
  it('lies beside the data where its path fits into 107 bytes', () => {
    const fits = `/${'a'.repeat(107 - '/run/.s.PGSQL.5432'.length - 1)}`;

    expect(socketDirectory(fits)).toBe(`${fits}/run`);
    expect(socketDirectory(`${fits}a`, '/tmp')).toMatch(/^\/tmp\/patchsteward-[0-9a-f]{16}$/);
    expect(socketDirectory(`/${'ü'.repeat(60)}`, '/tmp')).toMatch(/^\/tmp\/patchsteward-/);
  });

  it('has a name of its own for each data directory', () => {
    expect(socketDirectory(`/${long}/a`)).not.toBe(socketDirectory(`/${long}/b`));
  });

  it('is never put where somebody else could answer in its place', async () => {
    const data = join(parent, 'data');
    await mkdir(data);
    await mkdir(join(data, 'run'), { mode: 0o777 });
    await chmod(join(data, 'run'), 0o777);

    await expect(layOutFiles(data, ourselves)).rejects.toMatchObject({ code: 'socket-directory-not-ours' });
  });

  it('is never put behind a link', async () => {
    const data = join(parent, 'data');
    await mkdir(data);
    await symlink(parent, join(data, 'run'));

    await expect(layOutFiles(data, ourselves)).rejects.toMatchObject({ code: 'socket-directory-not-ours' });
  });
});

describe('the layout', () => {
  it('lets in over the socket whoever runs the server, and nobody over the network', async () => {
    const files = await layOutFiles(join(parent, 'data'), ourselves);

    expect(await readFile(files.hba, 'utf8')).toBe('local all all peer map=patchsteward\n');
    expect(await readFile(files.ident, 'utf8')).toBe(
      `patchsteward "${username}" postgres\npatchsteward "${username}" patchsteward\n`,
    );
    expect((await stat(files.sockets)).mode & 0o777).toBe(0o700);
  });

  it.runIf(uid === 0)('is refused below a directory that is closed to the account', async () => {
    await chmod(parent, 0o700);
    const nobody = { name: 'nobody', uid: 65_534, gid: 65_534, drop: true };

    await expect(layOutFiles(join(parent, 'data'), nobody)).rejects.toMatchObject({
      code: 'postgresql-cannot-reach-data',
      message: expect.stringContaining(`${parent} is closed`),
    });
  });
});

it('the major that made the data is read from the data', async () => {
  expect(await madeByMajor(parent)).toBeUndefined();
  await writeFile(join(parent, 'PG_VERSION'), '15\n');
  expect(await madeByMajor(parent)).toBe(15);
});
