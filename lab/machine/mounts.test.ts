import { expect, it } from 'vitest';
import { mountsBelowOf } from './mounts.ts';

const mountinfo = ['/', '/lab', '/lab/hosts/a/root', '/lab/hosts/a/root/proc', '/laboratory', String.raw`/lab/a\040b`]
  .map((path, index) => `${index} 1 0:1 / ${path} rw - overlay x rw\n`)
  .join('');

it.each([
  ['/lab', ['/lab/a b', '/lab/hosts/a/root/proc', '/lab/hosts/a/root', '/lab']],
  ['/lab/hosts/a', ['/lab/hosts/a/root/proc', '/lab/hosts/a/root']],
  ['/elsewhere', []],
])('below %s are its own mounts alone, the latest first', (folder, mounts) => {
  expect(mountsBelowOf(mountinfo, folder)).toEqual(mounts);
});
