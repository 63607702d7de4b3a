import * as agent from '@patchsteward/agent';
import { Problem } from '@patchsteward/agent/package-managers';
import type { InventorySections } from '@patchsteward/core/vocabulary';
import type { Guard } from '@patchsteward/trust/authorize';
import { describe, expect, test } from 'vitest';
import type { AgentModule, AgentStatus } from '../platform/agent-module.ts';
import { run } from '../platform/testing/run.ts';

// The real agent has the shape that the commands expect; the compiler says so.
const REAL: AgentModule = agent;

const STATUS: AgentStatus = {
  stateDirectory: '/var/lib/patchsteward-agent',
  running: true,
  enrolled: { assetId: 'asset-1', server: 'h:8421', certificateValidUntil: Date.UTC(2026, 10, 29) },
  lastContact: { at: Date.UTC(2026, 10, 22), accepted: true, problem: null },
  runner: null,
};

const GUARD: Guard = {
  environment: 'non-production',
  criticality: 'low',
  allow: { reboot: true, kernel: false, lanes: ['routine'] },
  packagesDenied: ['acme-web'],
};
const ROOT = `sha256:${'a'.repeat(64)}`;
const NO_RUNNER =
  "No runner answers: the agent's package is not installed here, or only root and the agent may ask it.\n";

const INVENTORY: InventorySections = {
  packages: {
    ecosystem: 'deb',
    release: { id: 'debian', versionId: '12', codename: 'bookworm', prettyName: 'Debian 12' },
    packages: [
      {
        name: 'acl',
        version: '2',
        architecture: 'amd64',
        source: 'acl',
        sourceVersion: '2',
        state: 'installed',
        hold: true,
        origins: [],
      },
    ],
    publishers: [],
  },
  updates: { updates: [], unanswered: null },
  origins: { origins: [] },
  system: {
    hostname: 'web-1',
    machineId: null,
    architecture: 'amd64',
    bootId: null,
    bootedAt: null,
    runningKernel: '6.1.0-40-amd64',
    installedKernels: [{ release: '6.1.0-41-amd64', package: 'linux-image-6.1.0-41-amd64', version: '6.1.158-1' }],
    container: false,
    rebootNeeded: true,
    rebootReasons: ['kernel'],
    restartNeeded: null,
    agentVersion: '0.1.0',
  },
};

/** The command line with an agent of ours, and what it asked of it. */
async function call(argv: readonly string[], fake: Partial<AgentModule> = {}, stdin = '') {
  const asked: object[] = [];
  const note =
    <Options extends object, T>(answer: T) =>
    (options?: Options): Promise<T> => {
      const { signal: _, ...rest } = { signal: null, ...options };
      asked.push(rest);
      return Promise.resolve(answer);
    };
  const module: AgentModule = {
    enroll: note({ assetId: 'asset-1', stateDirectory: '/state' }),
    run: note('stopped' as const),
    status: note(STATUS),
    inventory: note(INVENTORY),
    leave: note({ stateDirectory: '/state' }),
    ...fake,
  };
  const loaders = { loadServe: () => Promise.reject(new Error('no server')), loadAgent: () => Promise.resolve(module) };
  return { ...(await run(['agent', ...argv], { loaders, stdin })), asked };
}

test('the real agent can be asked', () => {
  expect(Object.keys(REAL)).toEqual(expect.arrayContaining(['enroll', 'run', 'status', 'inventory', 'leave']));
});

describe('enroll', () => {
  test('hands on server, token and folder', async () => {
    const { code, stdout, asked } = await call([
      'enroll',
      '--server',
      'h:1',
      '--token',
      'ps1.x',
      '--state-dir',
      '/state',
    ]);

    const said = 'Enrolled as asset-1; the key is kept in /state.\nIt only reports: no trust root is pinned.\n';
    expect([code, stdout]).toEqual([0, said]);
    expect(asked).toEqual([{ server: 'h:1', token: 'ps1.x', stateDirectory: '/state', pin: undefined }]);
  });

  test('reads the token from standard input', async () => {
    const { code, stdout, asked } = await call(['enroll', '-s', 'h:1', '-t', '-', '--json'], {}, 'ps1.secret\n');

    expect([code, JSON.parse(stdout)]).toEqual([0, { assetId: 'asset-1', stateDirectory: '/state', pinned: null }]);
    expect(asked).toMatchObject([{ token: 'ps1.secret' }]);
  });

  test('pins a root with the strictest guard where nothing else is said', async () => {
    const { code, stdout, asked } = await call(['enroll', '-s', 'h:1', '-t', 'x', '--root-sha256', ROOT]);

    const guard = {
      environment: 'production',
      criticality: 'critical',
      allow: { reboot: false, kernel: false, lanes: ['routine', 'critical'] },
      packagesDenied: [],
    };
    expect([code, asked]).toMatchObject([0, [{ pin: { rootSha256: ROOT, guard } }]]);
    expect(stdout).toContain(`It believes the trust root ${ROOT} and those that follow from it.\n`);
    expect(stdout).toContain('production, critical, lanes routine, critical, never reboots, never changes its kernel');
  });

  test('pins what it is told', async () => {
    const words = ['--environment', 'non-production', '--criticality', 'low', '--lanes', 'critical,emergency'];
    const more = ['--allow-reboot', '--allow-kernel', '--deny-package', 'a', '--deny-package', 'b', '--json'];
    const { stdout } = await call(['enroll', '-s', 'h:1', '-t', 'x', '--root-sha256', ROOT, ...words, ...more]);

    const guard = {
      environment: 'non-production',
      criticality: 'low',
      allow: { reboot: true, kernel: true, lanes: ['critical', 'emergency'] },
      packagesDenied: ['a', 'b'],
    };
    expect(JSON.parse(stdout)).toMatchObject({ pinned: { rootSha256: ROOT, guard } });
  });

  test.each([
    ['a hash that is none', ['--root-sha256', 'sha256:aa'], /no hash of a trust root/],
    ['a lane that is none', ['--root-sha256', ROOT, '--lanes', 'routine,slow'], /no lane "slow"/],
    ['an environment nobody can pin', ['--root-sha256', ROOT, '--environment', 'unknown'], /environment/],
    ['a guard without a root', ['--criticality', 'low'], /without a trust root/],
    ['a right without a root', ['--allow-reboot'], /without a trust root/],
  ])('%s is wrong usage', async (_, argv, expected) => {
    const { code, stderr, asked } = await call(['enroll', '-s', 'h:1', '-t', 'x', ...argv]);

    expect([code, asked]).toEqual([2, []]);
    expect(stderr).toMatch(expected);
  });

  test.each([
    ['no token', ['enroll', '--server', 'h:1'], ''],
    ['no server', ['enroll', '--token', 'x'], ''],
    ['no token on standard input', ['enroll', '--server', 'h:1', '--token', '-'], ''],
  ])('%s is wrong usage', async (_, argv, stdin) => {
    const { code, asked } = await call(argv, {}, stdin);

    expect([code, asked]).toEqual([2, []]);
  });

  test('a problem is said with what to do', async () => {
    const enroll = () => Promise.reject(new Problem('token-used', 'The token was used.', 'Create a new one.'));

    const { code, stderr } = await call(['enroll', '--server', 'h:1', '--token', 'x'], { enroll });

    expect([code, stderr]).toEqual([1, 'patchsteward: The token was used; Create a new one\n']);
  });
});

describe('run', () => {
  test.each([
    ['stopped', 0],
    ['done', 0],
    ['failed', 1],
    ['refused', 1],
  ] as const)('that ended as %s exits with %i', async (end, expected) => {
    const { code, stdout } = await call(['run'], { run: () => Promise.resolve(end) });

    expect([code, stdout]).toEqual([expected, '']);
  });

  test.each([
    [['run'], false],
    [['run', '--once'], true],
  ])('%j', async (argv, once) => {
    expect((await call(argv)).asked).toMatchObject([{ once }]);
  });

  test('is told to stop by the signals of a service manager', async () => {
    const runs: AgentModule['run'] = ({ signal }) =>
      new Promise((resolve) => {
        signal?.addEventListener('abort', () => resolve('stopped'));
        process.emit('SIGTERM', 'SIGTERM');
      });

    expect((await call(['run'], { run: runs })).code).toBe(0);
    expect(process.listenerCount('SIGTERM')).toBe(0);
  });
});

describe('status', () => {
  test.each<[string, AgentStatus, RegExp]>([
    [
      'accepted',
      STATUS,
      /^Enrolled as asset-1 with h:8421\.\n.*2026-11-29.*\nThe agent is running\.\nLast check-in: 2026-11-22T00:00:00\.000Z, accepted\.\nNo runner answers: [^\n]*\n$/,
    ],
    [
      'never enrolled',
      { ...STATUS, enrolled: null },
      /^Not enrolled \(nothing in \/var\/lib\/patchsteward-agent\)\.\nNo runner/,
    ],
    [
      'not yet',
      { ...STATUS, running: false, lastContact: null },
      /No agent is running\.\nIt has not checked in yet\.\nNo runner/,
    ],
    [
      'failed',
      { ...STATUS, lastContact: { at: 0, accepted: false, problem: 'no way\u001b[31m' } },
      /failed: no way\P{Cc}*\nNo runner/u,
    ],
  ])('%s', async (_, status, expected) => {
    const { code, stdout } = await call(['status'], { status: () => Promise.resolve(status) });

    expect(code).toBe(0);
    expect(stdout).toMatch(expected);
  });

  test.each<[string, AgentStatus['runner'], string]>([
    ['no runner', null, NO_RUNNER],
    [
      'a pinned one without work',
      { rootVersion: 2, guard: GUARD, problem: null, job: null },
      'The runner believes version 2 of the trust root.\nIts guard: non-production, low, lanes routine, may reboot, never changes its kernel; packages never touched: acme-web.\nNo work order is under way.\n',
    ],
    [
      'one at work',
      { rootVersion: 1, guard: { ...GUARD, packagesDenied: [] }, problem: null, job: 'job-1' },
      'packages never touched: none.\nThe work order job-1 is under way.\n',
    ],
    [
      'one that believes nobody',
      { rootVersion: 0, guard: null, problem: 'no-trust-root', job: null },
      'The runner does nothing that changes this host: no-trust-root.\nNo work order is under way.\n',
    ],
  ])('shows %s', async (_, runner, expected) => {
    const { stdout } = await call(['status'], { status: () => Promise.resolve({ ...STATUS, runner }) });

    expect(stdout.endsWith(expected)).toBe(true);
  });

  test('as JSON', async () => {
    expect(JSON.parse((await call(['status', '--json'])).stdout)).toEqual(STATUS);
  });
});

describe('inventory', () => {
  test('in a few lines', async () => {
    const { code, stdout } = await call(['inventory']);

    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'web-1: Debian 12, amd64',
      'Packages: 1 installed, 1 held, 0 broken, 1 that no origin lists',
      'Updates: 0 offered',
      'Origins: 0, 0 of them signed',
      'Kernel: 6.1.0-40-amd64 runs; installed: 6.1.0-41-amd64',
      'Reboot: needed (kernel)',
      'Restarts: not known to this user',
      '',
    ]);
  });

  test('whose package manager was silent never says that there is nothing', async () => {
    const silent = { ...INVENTORY, updates: { updates: [], unanswered: 'E: Malformed entry 1' } };

    const { stdout } = await call(['inventory'], { inventory: () => Promise.resolve(silent) });

    expect(stdout).toContain('Updates: not known: E: Malformed entry 1\n');
  });

  test('all of it, as JSON', async () => {
    expect(JSON.parse((await call(['inventory', '--json'])).stdout)).toEqual(INVENTORY);
  });
});

test('leave says what is left', async () => {
  const { code, stdout } = await call(['leave', '--state-dir', '/state']);

  expect([code, stdout]).toEqual([
    0,
    'This machine has left, and its key is gone from /state. The server keeps the asset until somebody removes it there.\n',
  ]);
});
