import { expect, it } from 'vitest';
import { repositoryLabel } from './repository-label.ts';

it.each([
  ['/srv/restic', '/srv/restic'],
  ['sftp:backup@vault:/srv/restic', 'sftp:backup@vault:/srv/restic'],
  ['rest:https://user:secret@vault.example.org:8000/web', 'rest:https://vault.example.org:8000/web'],
  ['rest:https://user@vault.example.org/', 'rest:https://vault.example.org/'],
  ['s3:https://s3.example.org/bucket', 's3:https://s3.example.org/bucket'],
])('%s is called %s', (repository, label) => {
  expect(repositoryLabel(repository)).toBe(label);
});
