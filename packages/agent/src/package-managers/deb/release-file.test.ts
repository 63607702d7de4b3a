import { describe, expect, test } from 'vitest';
import { parseReleaseDates } from './release-file.ts';

const FIELDS = `Origin: Debian
Suite: stable
Date: Sat, 11 Jul 2026 09:31:07 UTC
Valid-Until: Sat, 18 Jul 2026 09:31:07 UTC
SHA256:
 0123 45 main/binary-amd64/Packages
`;
const DATES = { date: Date.UTC(2026, 6, 11, 9, 31, 7), validUntil: Date.UTC(2026, 6, 18, 9, 31, 7) };
const SIGNATURE = '-----BEGIN PGP SIGNATURE-----\n\niQIzBAEBCgAdFiEE\n=abcd\n-----END PGP SIGNATURE-----\n';

test.each([
  ['a Release file', FIELDS],
  ['an InRelease file', `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n${FIELDS}${SIGNATURE}`],
  ['one without a header', `-----BEGIN PGP SIGNED MESSAGE-----\n\n${FIELDS}${SIGNATURE}`],
  [
    'one with other line ends',
    `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n${FIELDS}${SIGNATURE}`.replaceAll('\n', '\r\n'),
  ],
])('%s', (_, text) => {
  expect(parseReleaseDates(text)).toEqual(DATES);
});

describe('dates', () => {
  test.each([
    ['Sat, 11 Jul 2026 09:31:07 UTC', DATES.date],
    ['Sat, 11 Jul 2026 09:31:07 GMT', DATES.date],
    ['Sat, 11 Jul 2026 11:31:07 +0200', DATES.date],
    ['11 Jul 2026 9:31:07 UTC', DATES.date],
    ['2026-07-11T09:31:07Z', null],
    ['yesterday', null],
    ['Sat, 11 Jul 2026', null],
    ['Sat, 99 Foo 2026 09:31:07 UTC', null],
  ])('%s', (field, date) => {
    expect(parseReleaseDates(`Date: ${field}\n`)).toEqual({ date, validUntil: null });
  });

  test('a file that says nothing of its age', () => {
    expect(parseReleaseDates('Origin: Acme\n')).toEqual({ date: null, validUntil: null });
    expect(parseReleaseDates('')).toEqual({ date: null, validUntil: null });
  });
});
