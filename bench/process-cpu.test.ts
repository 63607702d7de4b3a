import { expect, it } from 'vitest';
import { cpuMsOf, memoryOf, processTimeOf } from './process-cpu.ts';

it('reads what a process and its children took', () => {
  const stat = '42 (a (b) c) S 7 42 42 0 -1 4194560 1 2 3 4 150 50 20 30 20 0 11 0 100 1000 200';

  expect(processTimeOf(stat)).toEqual({ parent: 7, ownMs: 2_000, childrenMs: 500 });
});

it('knows this very process', async () => {
  expect(await cpuMsOf(process.pid)).toBeGreaterThan(0);
});

it('knows what this very process holds, and that it never held less', async () => {
  const { rssMb, peakMb } = await memoryOf(process.pid);

  expect(rssMb).toBeGreaterThan(10);
  expect(peakMb).toBeGreaterThanOrEqual(rssMb);
});
