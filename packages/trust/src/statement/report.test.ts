import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../hash.ts';
import { placeOfReport, reportHash, signReport, verifyReport } from './report.ts';

const BODY = { assetId: 'a', instance: 'i', sequence: 1, previous: null, report: { phase: 'armed' } };

describe.each([
  ['Ed25519', generateKeyPairSync('ed25519')],
  ['P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
])('a report by a host key of %s', (_, { privateKey, publicKey }) => {
  const signed = signReport(BODY, privateKey);

  it('is right as it was signed', () => {
    expect(verifyReport(signed, publicKey)).toBe(true);
    expect(reportHash(signed)).toBe(reportHash(signReport(BODY, privateKey)));
  });

  it.each([
    ['another sequence', { ...signed, sequence: 2 }],
    ['another phase', { ...signed, report: { phase: 'succeeded' } }],
    ['a field more', { ...signed, urgent: true }],
    ['no signature', { ...signed, signature: '' }],
    ['another spelling of the signature', { ...signed, signature: `${signed.signature}=` }],
  ])('is wrong with %s', (__, changed) => {
    expect(verifyReport(changed, publicKey)).toBe(false);
  });

  it('is wrong under another key', () => {
    expect(verifyReport(signed, generateKeyPairSync('ed25519').publicKey)).toBe(false);
  });
});

describe('the place of a report', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const first = signReport(BODY, privateKey);
  const second = signReport({ ...BODY, sequence: 2, previous: reportHash(first) }, privateKey);
  const last = { sequence: 2, hash: reportHash(second) };
  const at = (sequence: number, previous: string | null) => signReport({ ...BODY, sequence, previous }, privateKey);

  it.each([
    ['the first', first, null, 'next'],
    ['the next', at(3, last.hash), last, 'next'],
    ['the last again', second, last, 'known'],
    ['an old one again', first, last, 'known'],
    ['one too far', at(4, last.hash), last, 'gap'],
    ['a first one that is not the first', at(2, null), null, 'gap'],
    ['the last in other words', at(2, sha256('another')), last, 'fork'],
    ['a next one of another history', at(3, sha256('another')), last, 'fork'],
    ['a first one with a history', at(1, sha256('another')), null, 'fork'],
  ])('%s: %s', (_, report, before, place) => {
    expect(placeOfReport(report, before)).toBe(place);
  });
});
