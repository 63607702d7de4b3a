import { expect, it } from 'vitest';
import { createLog } from './log.ts';
import { Closers } from './shutdown.ts';

it('closes the last opened first, each once, whatever becomes of the others', async () => {
  const closed: string[] = [];
  const logged: string[] = [];
  const closers = new Closers();
  closers.add('first', () => Promise.resolve(void closed.push('first')));
  closers.add('second', () => Promise.reject(new Error('stuck')));
  closers.add('third', () => Promise.resolve(void closed.push('third')));
  const log = createLog({ level: 'error', destination: { write: (line) => void logged.push(line) } });

  await closers.close(log);
  await closers.close(log);

  expect(closed).toEqual(['third', 'first']);
  expect(logged).toHaveLength(1);
  expect(logged[0]).toContain('closing second failed: stuck');
});

it('does not wait for ever for what is stuck', async () => {
  const logged: string[] = [];
  const closed: string[] = [];
  const closers = new Closers(20);
  closers.add('first', () => Promise.resolve(void closed.push('first')));
  closers.add('second', () => new Promise(() => undefined));

  await closers.close(createLog({ level: 'error', destination: { write: (line) => void logged.push(line) } }));

  expect(closed).toEqual(['first']);
  expect(logged[0]).toContain('closing second failed: it took longer than 20 ms');
});
