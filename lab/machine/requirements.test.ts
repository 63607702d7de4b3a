import { expect, it } from 'vitest';
import { missingPackages, unfit } from './requirements.ts';

const fit = { platform: 'linux', uid: 0, hasApt: true, missingPackages: [] };

it.each([
  ['another system', { ...fit, platform: 'darwin', uid: 501, hasApt: false }, /needs Linux, this is darwin/],
  ['another distribution', { ...fit, hasApt: false }, /needs Debian or Ubuntu/],
  ['somebody who is not root', { ...fit, uid: 1000 }, /needs root/],
  ['missing packages', { ...fit, missingPackages: ['mmdebstrap', 'gpg'] }, /missing: mmdebstrap gpg$/],
])('%s is refused as wrong usage', (_, facts, message) => {
  const refusal = unfit(facts);

  expect(refusal?.message).toMatch(message);
  expect(refusal?.exitCode).toBe(2);
});

it('a fit machine is not refused', () => {
  expect(unfit(fit)).toBeNull();
});

it('the packages to install are named one by one', () => {
  const refusal = unfit({ ...fit, missingPackages: ['mmdebstrap', 'gpg'] });

  expect(refusal?.advice).toBe('run: apt-get install mmdebstrap gpg');
});

it.each([
  ['nothing is there', () => false, 9],
  ['all is there', () => true, 0],
  ['tools are in one of the folders they may be in', (file: string) => !/^\/(sbin|bin)\//.test(file), 0],
  ['only the tools of systemd are missing', (file: string) => !file.endsWith('nspawn'), 1],
])('%s', async (_, has, count) => {
  expect(await missingPackages((file) => Promise.resolve(has(file)))).toHaveLength(count);
});
