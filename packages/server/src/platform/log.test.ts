import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';

function lines(human: boolean): { readonly log: ReturnType<typeof createLog>; readonly written: string[] } {
  const written: string[] = [];
  const log = createLog({ level: 'info', human, destination: { write: (line) => void written.push(line) } });
  return { log, written };
}

describe('the log', () => {
  it('is one JSON object a line, with the time and the level in words', () => {
    const { log, written } = lines(false);

    log.child({ requestId: 'r1' }).warn({ route: 'asset.list' }, 'slow');
    log.debug('not asked for');

    expect(written).toHaveLength(1);
    expect(JSON.parse(written[0] ?? '')).toEqual({
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      level: 'warn',
      requestId: 'r1',
      route: 'asset.list',
      msg: 'slow',
    });
  });

  it('keeps secrets to itself', () => {
    const { log, written } = lines(false);

    log.info({ password: 'hunter2', body: { tokenSecret: 'hunter2', login: 'ada' } }, 'x');

    expect(written.join()).not.toContain('hunter2');
    expect(written.join()).toContain('ada');
  });

  it('names an error with its cause', () => {
    const { log, written } = lines(false);

    log.error({ err: new Error('outer', { cause: new Error('inner') }) }, 'failed');

    expect(JSON.parse(written[0] ?? '').err).toMatchObject({ message: 'outer', cause: { message: 'inner' } });
  });

  it('is readable at a terminal', () => {
    const { log, written } = lines(true);

    log.info({ port: 8420, names: ['a'] }, 'listening');
    log.error({ err: new Error('broken') }, 'failed');

    expect(written[0]).toMatch(/^\d\d:\d\d:\d\d info {2}listening port=8420 names=\["a"\]\n$/);
    expect(written[1]).toMatch(/error failed\nError: broken\n {4}at /);
  });
});
