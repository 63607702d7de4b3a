import { afterAll, beforeAll, beforeEach, vi } from 'vitest';
import { FakeServer } from '../../platform/testing/fake-server.ts';
import { run } from '../../platform/testing/run.ts';
import { NOW } from './answers.ts';

/** A fake server for the tests of a file, and the command line that asks it; the clock stands at NOW. */
export function asking() {
  let fake: FakeServer | undefined;
  beforeAll(async () => {
    fake = await FakeServer.start();
    vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  });
  afterAll(async () => {
    vi.useRealTimers();
    await fake?.close();
  });
  beforeEach(() => {
    if (fake === undefined) return;
    fake.calls.length = 0;
    fake.answers = {};
  });
  const server = (): FakeServer => {
    if (fake === undefined) throw new Error('the fake server runs from beforeAll on');
    return fake;
  };

  return {
    /** What the server answers from now on. */
    answering: (answers: FakeServer['answers']): void => {
      server().answers = answers;
    },
    calls: () => server().calls,
    ask: (...argv: readonly string[]) => run(argv, { environment: { PATCHSTEWARD_DATA: server().data } }),
    askJson: async (...argv: readonly string[]) => {
      const { code, stdout, stderr } = await run([...argv, '--json'], {
        environment: { PATCHSTEWARD_DATA: server().data },
      });
      const answer: unknown = stdout === '' ? undefined : JSON.parse(stdout);
      return { code, stderr, answer };
    },
  };
}
