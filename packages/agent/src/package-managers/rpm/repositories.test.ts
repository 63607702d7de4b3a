import { expect, test } from 'vitest';
import { parseRepositories } from './repositories.ts';

const ANSWER = `DNF version: 4.14.0
cachedir: /var/cache/dnf
Repo-id            : baseos
Repo-name          : AlmaLinux 9 - BaseOS
Repo-updated       : Mon Nov 23 05:37:51 2026
Repo-pkgs          : 5
Repo-mirrors       : https://mirrors.almalinux.org/mirrorlist/9/baseos?arch=x86_64
Repo-baseurl       : https://near.example/9/BaseOS (47 more)
Repo-filename      : /etc/yum.repos.d/almalinux.repo

Repo-id            : vendor
Repo-name          : Vendor
Repo-updated       : unknown
Repo-baseurl       : https://user:secret@repo.example/el9/?token=hidden, https://other.example/
Repo-expire        : 172800 second(s) (last: Mon Nov 23 05:38:37 2026)

Repo-id            : bare
Total packages: 5
`;

test('each repository, named by what is the same on every host', () => {
  expect(parseRepositories(ANSWER)).toEqual([
    {
      id: 'baseos',
      name: 'AlmaLinux 9 - BaseOS',
      origin: 'mirrors.almalinux.org/mirrorlist/9/baseos baseos',
      updatedAt: Date.UTC(2026, 10, 23, 5, 37, 51),
    },
    { id: 'vendor', name: 'Vendor', origin: 'repo.example/el9 vendor', updatedAt: null },
    { id: 'bare', name: null, origin: 'bare', updatedAt: null },
  ]);
});

test('no repository', () => {
  expect(parseRepositories('')).toEqual([]);
});
