import { expect, it } from 'vitest';
import { Failure } from '../platform/failure.ts';
import { readIds, readLock, readRepositoryId, readSize, readSnapshots } from './restic-answers.ts';

const ID = 'a'.repeat(64);
const snapshot = { id: ID, time: '2026-11-22T20:23:17.946424329+01:00', hostname: 'web-1', paths: ['/etc'], tree: ID };

it('reads what restic says of snapshots, sizes, locks and the repository', () => {
  expect(readSnapshots(JSON.stringify([snapshot]))).toEqual([
    { id: ID, takenAt: Date.UTC(2026, 10, 22, 19, 23, 17, 946), hostname: 'web-1', paths: ['/etc'] },
  ]);
  expect(readSnapshots('null')).toEqual([]);
  expect(readSize('{"total_size":6,"total_file_count":2,"snapshots_count":1}')).toEqual({ bytes: 6, files: 2 });
  expect(readLock('{"time":"2026-11-22T19:00:00Z","hostname":"backup","username":"root","pid":7}')).toEqual({
    at: Date.UTC(2026, 10, 22, 19),
    exclusive: false,
    hostname: 'backup',
    pid: 7,
  });
  expect(readRepositoryId(`{"version":2,"id":"${ID}"}`)).toBe(ID);
  expect(readIds(`${ID}\nsomething else\n${ID}\n`)).toEqual([ID, ID]);
});

it.each([
  ['no JSON', () => readSnapshots('Fatal: no')],
  ['no list', () => readSnapshots('{}')],
  ['a snapshot without a host', () => readSnapshots(JSON.stringify([{ ...snapshot, hostname: undefined }]))],
  ['a short id', () => readSnapshots(JSON.stringify([{ ...snapshot, id: 'abc' }]))],
  ['a time that is none', () => readSnapshots(JSON.stringify([{ ...snapshot, time: 'yesterday' }]))],
  ['paths that are none', () => readSnapshots(JSON.stringify([{ ...snapshot, paths: '/etc' }]))],
  ['a list of nothing', () => readSnapshots('[null]')],
  ['a size below zero', () => readSize('{"total_size":-1,"total_file_count":2}')],
  ['a size that is text', () => readSize('{"total_size":"6","total_file_count":2}')],
  ['a lock without a time', () => readLock('{"hostname":"backup","pid":7}')],
  ['a repository without an id', () => readRepositoryId('{"version":2}')],
] as const)('%s is refused with what to do', (_, read) => {
  expect(read).toThrow(Failure);
});
