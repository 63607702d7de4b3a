import { describe, expect, it } from 'vitest';
import { releaseOf } from './release.ts';

describe('releaseOf', () => {
  it.each([
    [
      'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n',
      { id: 'debian', versionId: '12', codename: 'bookworm', prettyName: 'Debian GNU/Linux 12 (bookworm)' },
    ],
    [
      "# a comment\n\nID='Ubuntu'\r\nVERSION_ID='22.04'\r\nVERSION_CODENAME=jammy",
      { id: 'ubuntu', versionId: '22.04', codename: 'jammy', prettyName: 'Ubuntu' },
    ],
    [
      'ID=debian\nVERSION_ID=""\nPRETTY_NAME="sid \\"unstable\\""',
      { id: 'debian', versionId: null, codename: null, prettyName: 'sid "unstable"' },
    ],
  ])('reads %j', (text, release) => {
    expect(releaseOf(text)).toEqual(release);
  });

  it.each(['', 'NAME=Linux\n', 'ID=\n', 'ID=""\n', 'id=debian\n'])('%j names no system', (text) => {
    expect(releaseOf(text)).toBeNull();
  });
});
