import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Loaders } from './context.ts';
import type { ServeModule } from './serve-module.ts';
import { SETTING_FLAGS } from './serve-module.ts';
import { run } from './testing/run.ts';

const ready = {
  console: 'http://127.0.0.1:8420',
  firstRun: 'http://127.0.0.1:8420/first-run#s',
  data: '/var/lib/p',
  agentsPort: 8421,
};

function loading(serve: ServeModule['serve']): Loaders {
  return { loadServe: () => Promise.resolve({ serve }), loadAgent: () => Promise.reject(new Error('no agent here')) };
}

const started = (more: Partial<typeof ready> | { firstRun: null }) =>
  loading(({ onReady }) => onReady({ ...ready, ...more }));

describe('serve', () => {
  it('says where to go, and how the first account is made', async () => {
    const { code, stdout } = await run(['serve'], { loaders: started({}) });

    expect(code).toBe(0);
    expect(stdout).toContain('Patchsteward is ready: http://127.0.0.1:8420\n');
    expect(stdout).toContain('  http://127.0.0.1:8420/first-run#s\n');
  });

  it('does not speak of the first account when there is one', async () => {
    const { stdout } = await run(['serve'], { loaders: started({ firstRun: null }) });

    expect(stdout).not.toContain('account');
  });

  it('says it as JSON', async () => {
    const { stdout } = await run(['serve', '--json'], { loaders: started({}) });

    expect(JSON.parse(stdout)).toEqual(ready);
  });

  it('tells the program that started it, and nobody where none asked', async () => {
    const told: object[] = [];

    const { stdout } = await run(['serve'], { loaders: started({}), tellParent: (message) => told.push(message) });

    expect(told).toEqual([
      { kind: 'ready', data: '/var/lib/p', consoleUrl: 'http://127.0.0.1:8420', agentsPort: 8421 },
    ]);
    expect(stdout).toBe((await run(['serve'], { loaders: started({}) })).stdout);
  });

  it('hands its flags and its environment over', async () => {
    let given: unknown;
    const loaders = loading((options) => {
      given = options;
      return Promise.resolve();
    });

    await run(['serve', '--log-level', 'debug', '--console', ':1'], {
      loaders,
      environment: { PATCHSTEWARD_DATA: '/x' },
    });

    expect(given).toMatchObject({
      flags: { logLevel: 'debug', console: ':1', data: undefined },
      environment: { PATCHSTEWARD_DATA: '/x' },
    });
  });

  it.each([
    ['data-directory-in-use', 1],
    ['setting-wrong', 2],
  ])('tells in one line what %s means', async (code, expected) => {
    const refusal = Object.assign(new Error('It cannot be.'), { code, whatToDo: 'Do otherwise.' });

    const ending = await run(['serve'], { loaders: loading(() => Promise.reject(refusal)) });

    expect(ending).toMatchObject({ code: expected, stderr: 'patchsteward: It cannot be; Do otherwise\n' });
  });

  it('calls anything else a bug', async () => {
    const { code, stderr } = await run(['serve'], { loaders: loading(() => Promise.reject(new TypeError('oops'))) });

    expect([code, stderr.includes('this is a bug')]).toEqual([1, true]);
  });

  it('is what the server is', async () => {
    const { SETTING_NAMES } = await import('../../../server/src/platform/settings-schema.ts');

    expectTypeOf<typeof import('@patchsteward/server')>().toExtend<ServeModule>();
    expect([...SETTING_FLAGS].sort()).toEqual([...SETTING_NAMES, 'config'].sort());
  });
});
