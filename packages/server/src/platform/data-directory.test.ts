import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataDirectory } from './data-directory.ts';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'data-directory-'));
});
afterEach(async () => {
  await chmod(parent, 0o700);
  await rm(parent, { recursive: true });
});

describe('a data directory', () => {
  it('is made with its keys closed, held for one, and free again afterwards', async () => {
    const path = join(parent, 'deep/data');
    const first = await openDataDirectory(path);

    await expect(openDataDirectory(path)).rejects.toMatchObject({
      code: 'data-directory-in-use',
      message: expect.stringContaining(path),
      whatToDo: expect.stringContaining('--data'),
    });
    await first.release();
    const second = await openDataDirectory(path);
    await second.release();

    expect((await stat(first.keys)).mode & 0o777).toBe(0o700);
  });

  it('goes to one of many that start at once', async () => {
    const path = join(parent, 'data');

    const results = await Promise.allSettled(Array.from({ length: 8 }, () => openDataDirectory(path)));

    const opened = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(opened).toHaveLength(1);
    await opened[0]?.release();
  });

  it('is refused while another server answers on its socket, as from another container', async () => {
    const first = await openDataDirectory(join(parent, 'data'));
    await first.release();
    const other = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => other.listen(first.apiSocket, resolve));

    await expect(openDataDirectory(join(parent, 'data'))).rejects.toMatchObject({ code: 'data-directory-in-use' });
    await new Promise((resolve) => other.close(resolve));
    const again = await openDataDirectory(join(parent, 'data'));
    await again.release();
  });

  it('is refused where a file stands', async () => {
    await writeFile(join(parent, 'data'), '');

    await expect(openDataDirectory(join(parent, 'data'))).rejects.toMatchObject({
      code: 'data-directory-not-writable',
    });
  });

  it('is refused where we may not write', async () => {
    await chmod(parent, 0o500);
    // Root may write where the mode says no; the kernel's own files refuse even root.
    const closed = process.getuid?.() === 0 ? '/sys/kernel' : parent;

    await expect(openDataDirectory(join(closed, 'data'))).rejects.toMatchObject({
      code: 'data-directory-not-writable',
    });
  });
});
