import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { takeDown } from './down.ts';
import { hostPlans } from './hosts/host-plan.ts';
import { openLab } from './lab.ts';
import { mountsBelow } from './machine/mounts.ts';
import { Place } from './place.ts';
import { labStatus, needsCare } from './status.ts';
import { leftovers } from './testing/leftovers.ts';

const FOLDER = `/var/tmp/pslab-down-${process.pid}`;
const COMMAND_LINE = join(import.meta.dirname, 'command-line', 'main.ts');
const INOTIFY = '/proc/sys/fs/inotify/max_user_instances';
/** From before the folder is there until after the hosts have booted; setting two of them up takes five seconds. */
const MOMENTS_MS = [60, 200, 500, 900, 1_300, 1_700, 2_300, 3_200, 4_500];

let cache = '';

afterEach(async () => {
  await takeDown(await Place.of(FOLDER));
  if (cache !== '') await rm(cache, { recursive: true, force: true });
});

/** A process that sets a lab up, and how it ends. */
function startUp(env: NodeJS.ProcessEnv = {}) {
  const argv = [COMMAND_LINE, 'up', '--yes', '--hosts', '2', '--dir', FOLDER];
  const maker = spawn(process.execPath, argv, { stdio: 'ignore', env: { ...process.env, ...env } });
  const ended = once(maker, 'exit');
  return {
    ended,
    kill: (signal: NodeJS.Signals) => {
      maker.kill(signal);
      return ended;
    },
  };
}

function command(...argv: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND_LINE, ...argv, '--dir', FOLDER], {
    encoding: 'utf8',
    input: '',
  });
  return { status, stdout, stderr };
}

describe('a process that sets a lab up is killed', () => {
  test.each(MOMENTS_MS)('after %i ms: the status says so, and another process takes all down', async (momentMs) => {
    const place = await Place.of(FOLDER);
    const inotify = await readFile(INOTIFY, 'utf8');
    const maker = startUp();
    await sleep(momentMs);

    await maker.kill('SIGKILL');

    const status = await labStatus(place);
    // A fast machine may be done before the last moments.
    expect(['down', 'half-made', 'up']).toContain(status.state);
    expect(needsCare(status)).toBe(status.state === 'half-made');
    expect(command('down').status).toBe(0);
    expect(await leftovers(place)).toEqual([]);
    expect(await readFile(INOTIFY, 'utf8')).toBe(inotify);
  });

  test('while it builds the base system: nothing is mounted, and no half base is taken for a whole one', async () => {
    const place = await Place.of(FOLDER);
    cache = await mkdtemp('/var/tmp/pslab-cache-');
    const maker = startUp({ XDG_CACHE_HOME: cache });
    const bases = join(cache, 'patchsteward/lab/bases');
    await expect.poll(() => filesIn(bases), { timeout: 20_000 }).toContain('dpkg');

    await maker.kill('SIGKILL');
    await takeDown(place);

    expect(await leftovers(place)).toEqual([]);
    expect(await mountsBelow(cache)).toEqual([]);
    expect((await readdir(bases)).filter((name) => !name.includes('.draft.'))).toEqual([]);
  });

  test('setting it up again starts anew', async () => {
    const maker = startUp();
    await sleep(2_500);
    await maker.kill('SIGKILL');

    const lab = await openLab({ folder: FOLDER, hosts: 2 });

    expect(await labStatus(await Place.of(FOLDER))).toMatchObject({ state: 'up' });
    await lab.down();
  });
});

/** The names one level below what is being built; empty until something is. */
async function filesIn(folder: string): Promise<string> {
  const { stdout } = spawnSync('find', [folder, '-maxdepth', '5', '-path', '*/var/lib/dpkg'], { encoding: 'utf8' });
  return stdout;
}

test('a process that was asked to end takes down what it made', async () => {
  const maker = startUp();
  await sleep(2_000);

  const [code] = await maker.kill('SIGTERM');

  expect(code).toBe(1);
  expect(await leftovers(await Place.of(FOLDER))).toEqual([]);
});

test('a set-up that is stopped takes down what it made, and says why', async () => {
  const stopping = new AbortController();
  const opening = openLab({ folder: FOLDER, hosts: 3, signal: stopping.signal });
  setTimeout(() => stopping.abort(new Error('lunch')), 1_800);

  await expect(opening).rejects.toThrow('lunch');

  expect(await leftovers(await Place.of(FOLDER))).toEqual([]);
});

test('one host that cannot be made stops all, and nothing stays', async () => {
  const [first, second] = hostPlans(2);
  if (first === undefined || second === undefined) throw new Error('two hosts were asked for');
  const place = await Place.of(FOLDER);
  // A namespace of that name in the way, as another program could leave it.
  spawnSync('ip', ['netns', 'add', place.nameOf(second.name)]);

  await expect(openLab({ folder: FOLDER, hosts: [first, second] })).rejects.toThrow(/File exists/);

  expect(await leftovers(place)).toEqual([]);
});

test('down while another process sets it up ends that one first', async () => {
  const maker = startUp();
  await sleep(2_000);

  expect(command('status', '--json').stdout).toContain('"being-made"');
  expect(command('down').status).toBe(0);

  expect(await maker.ended).toEqual([null, 'SIGKILL']);
  expect(await leftovers(await Place.of(FOLDER))).toEqual([]);
});

test('parts of a lab that are gone are told, and the rest is taken down', async () => {
  const place = await Place.of(FOLDER);
  await openLab({ folder: FOLDER, hosts: 1 });
  await place.group.kill();
  spawnSync('umount', [place.hostPath('ring-1', 'root')]);

  const { status, stdout } = command('status');

  expect(status).toBe(3);
  expect(stdout).toMatch(/is broken/);
  expect(stdout).toMatch(/^ring-1 .* missing /m);
  expect(command('down').status).toBe(0);
  expect(await leftovers(place)).toEqual([]);
});

test('a folder with files of somebody is neither used nor removed', async () => {
  const folder = await mkdtemp('/var/tmp/pslab-foreign-');
  await writeFile(join(folder, 'thesis.txt'), 'years of work');

  await expect(openLab({ folder, hosts: 1 })).rejects.toMatchObject({ exitCode: 2 });
  await takeDown(await Place.of(folder));

  expect(await readdir(folder)).toEqual(['thesis.txt']);
  await rm(folder, { recursive: true });
});

describe.each([
  ['2', 'umount -R -l /sys/fs/cgroup && mount -t cgroup2 none /sys/fs/cgroup'],
  ['1', 'for one in $(findmnt -n -l -o TARGET -t cgroup2); do umount -l "$one"; done'],
])('on a machine with control groups of version %s alone', (version, script) => {
  const hasVersion1 = spawnSync('findmnt', ['-n', '-t', 'cgroup']).status === 0;

  test.skipIf(version === '1' && !hasVersion1)('a host boots, its services run, and nothing stays', async () => {
    const lab = (argv: string): string => `${process.execPath} ${COMMAND_LINE} ${argv} --dir ${FOLDER}`;
    const story = `${script} && ${lab('up --yes --hosts 1 >&2')} &&
      ${lab('exec ring-1')} -- systemctl is-active redis-server acme-web && ${lab('down')}`;

    const ending = spawnSync('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', story], {
      encoding: 'utf8',
    });

    expect(ending).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^active\nactive\nThe lab in \S+ is down\.\n/),
    });
    expect(await leftovers(await Place.of(FOLDER))).toEqual([]);
  });
});

test('nobody is here to be asked: the lab is refused, and --yes is named', async () => {
  const refused = command('up');

  expect(refused).toMatchObject({ status: 2, stdout: '' });
  expect(refused.stderr).toMatch(/^lab: .*--yes.*\n$/);
  expect(await leftovers(await Place.of(FOLDER))).toEqual([]);
});
