import { expect, test } from 'vitest';
import { lineLog } from './log.ts';

test('one line of JSON per event, whatever is in it', () => {
  const lines: string[] = [];
  const log = lineLog(
    (line) => lines.push(line),
    () => Date.UTC(2026, 10, 22),
  );

  log('info', 'agent-started');
  log('warning', 'check-in-failed', { problem: 'two\nlines', status: 503, requestId: null });

  expect(lines).toEqual([
    '{"time":"2026-11-22T00:00:00.000Z","level":"info","event":"agent-started"}\n',
    '{"time":"2026-11-22T00:00:00.000Z","level":"warning","event":"check-in-failed","problem":"two\\nlines","status":503,"requestId":null}\n',
  ]);
});
