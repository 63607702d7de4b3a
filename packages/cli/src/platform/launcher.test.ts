import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const launcher = resolve(import.meta.dirname, '../../bin/patchsteward.mjs');

/** Makes a runtime say that it is an old one, as far as the launcher asks. */
const OLD_RUNTIME = [
  '--import',
  `data:text/javascript,${encodeURIComponent(
    'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.19.0" } })',
  )}`,
];

function launch(argv: readonly string[], options: { old?: boolean; input?: string; path?: string } = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...(options.old ? OLD_RUNTIME : []), options.path ?? launcher, ...argv],
    { input: options.input ?? '', encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

describe('the launcher', () => {
  it.each([
    ['a runtime that is new enough', false],
    ['the pinned runtime in place of an old one', true],
  ])('runs the command line on %s', (_, old) => {
    const compare = ['versions', 'compare', '-e', 'deb'];

    expect(launch(compare, { old, input: '1 2\n' })).toEqual({ status: 0, stdout: '<\n', stderr: '' });
    expect(launch(compare, { old, input: '1\n' })).toMatchObject({ status: 1, stdout: '' });
    expect(launch(['no-such-command'], { old })).toMatchObject({ status: 2, stdout: '' });
  });

  it('says in one line what is missing where there is no pinned runtime', () => {
    const folder = mkdtempSync(join(tmpdir(), 'patchsteward-launcher-'));
    const path = join(folder, 'patchsteward.mjs');
    copyFileSync(launcher, path);

    const ending = launch(['--version'], { old: true, path });
    rmSync(folder, { recursive: true });

    expect(ending).toMatchObject({ status: 1, stdout: '' });
    expect(ending.stderr).toMatch(/^patchsteward: needs Node\.js 22\.18 or newer, this is 20\.19\.0; .*npm ci.*\n$/);
  });

  it.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)('hands %s on and ends as its child ends', async (signal) => {
    const argv = [...OLD_RUNTIME, launcher, 'versions', 'compare', '-e', 'deb'];
    const child = spawn(process.execPath, argv, { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
    await answered(child);

    child.kill(signal);
    const [code, endedBy] = await once(child, 'exit');

    expect({ code, endedBy }).toEqual({ code: null, endedBy: signal });
    // The pipe closes only when the last process that holds it is gone.
    if (!child.stdout.readableEnded) await once(child.stdout.resume(), 'end');
  });
});

/** The command line answers, so both processes run. */
async function answered(child: ChildProcess & { stdin: NodeJS.WritableStream; stdout: NodeJS.ReadableStream }) {
  child.stdin.write('1 2\n');
  await once(child.stdout, 'data');
}
