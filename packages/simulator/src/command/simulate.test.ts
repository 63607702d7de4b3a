import { expect, it } from 'vitest';
import { simulate } from './simulate.ts';

async function told(...given: string[]): Promise<{ code: number; said: string[]; progress: string[] }> {
  const [said, progress]: [string[], string[]] = [[], []];
  const code = await simulate(given, { say: (line) => said.push(line), progress: (line) => progress.push(line) });
  return { code, said, progress };
}

it('ends with the digest and the verdict, the same ones each time', async () => {
  const [first, again] = [await told('--seeds', '3', '--seed', '11'), await told('--seeds', '3', '--seed', '11')];

  expect(first.code).toBe(0);
  expect(first.said.at(-2)).toMatch(/^digest [0-9a-f]{16}$/);
  expect(first.said.at(-1)).toBe('all promises held in 3 stories');
  expect(again.said.at(-2)).toBe(first.said.at(-2));
});

it('tells a story that somebody asks for', async () => {
  const { said } = await told('--seeds', '1', '--seed', '11', '--faults', 'none', '--story');

  expect(said.some((line) => /wave\.opened c1 \(deploying\)$/.test(line))).toBe(true);
});

it('says what it does not understand, and how it is used', async () => {
  const { code, progress } = await told('--seeds', 'many');

  expect(code).toBe(2);
  expect(progress.join('\n')).toContain('npm run simulate');
});
