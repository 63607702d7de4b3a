import { describe, expect, it } from 'vitest';
import { Progress } from './progress.ts';
import { CapturedStream } from './testing/run.ts';

const ERASE = '\r\u001b[2K';

describe('Progress', () => {
  it('shows one line, repaints it at most ten times a second, and takes it away', () => {
    const stream = new CapturedStream(80);
    let now = 0;
    const progress = new Progress(stream, () => now);

    progress.show('reading', 10, 40);
    now = 50;
    progress.show('reading', 20, 40);
    now = 100;
    progress.show('reading', 30, 40);
    progress.clear();
    progress.clear();

    expect(stream.text).toBe(`${ERASE}reading 25 %${ERASE}reading 75 %${ERASE}`);
  });

  it.each([
    ['an end that is known', [1, 3], 'reading 33 %'],
    ['an end that is not', [12_345], 'reading 12,345'],
    ['nothing to do', [0, 0], 'reading 0'],
    ['no count', [], 'reading'],
  ] as const)('writes %s', (_, [done, total], line) => {
    const stream = new CapturedStream(80);

    new Progress(stream).show('reading', done, total);

    expect(stream.text).toBe(ERASE + line);
  });

  it('never wraps and never steers', () => {
    const stream = new CapturedStream(40);

    new Progress(stream).show(`\u001b[31m${'x'.repeat(100)}`);

    expect(stream.text).toBe(`${ERASE}\ufffd[31m${'x'.repeat(33)}…`);
  });

  it('says nothing where there is no terminal', () => {
    const stream = new CapturedStream();
    const progress = new Progress(stream);

    progress.show('reading', 1, 2);
    progress.clear();

    expect(stream.text).toBe('');
  });
});
