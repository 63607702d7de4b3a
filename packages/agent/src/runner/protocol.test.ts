import { expect, test } from 'vitest';
import { change } from '../../../trust/src/testing/plans.ts';
import { requestOf } from './protocol.ts';
import { makeOffer } from './testing/offers.ts';

const JOB = `sha256:${'0'.repeat(64)}`;
const OFFER = makeOffer([change()]);
const START = { kind: 'start', job: JOB, grant: 'g', startByBoottimeMs: 1 };

test.each([
  { kind: 'hello' },
  { kind: 'roots', envelopes: [OFFER.envelope] },
  { kind: 'prepare', offer: OFFER, spool: '/var/lib/patchsteward-agent/spool' },
  START,
  { kind: 'status', job: JOB },
  { kind: 'cancel', job: JOB, why: 'halted' },
])('$kind is a request', (request) => {
  expect(requestOf(JSON.parse(JSON.stringify(request)))).toEqual(request);
});

// decided 31: there is no other action, and none of these can be given another field.
test.each([
  ['a shell', { kind: 'shell', command: 'id' }],
  ['a script', { kind: 'run', argv: ['/bin/sh'] }],
  ['a file to write', { kind: 'write', path: '/etc/passwd', content: '' }],
  ['no kind', {}],
  ['a list', []],
  ['null', null],
  ['a text', 'hello'],
  ['hello with a field', { kind: 'hello', command: 'id' }],
  ['an inherited kind', { kind: 'toString' }],
  ['roots that are no envelopes', { kind: 'roots', envelopes: [{}] }],
  ['no offer', { kind: 'prepare', spool: '/spool' }],
  ['a spool beside the root', { kind: 'prepare', offer: OFFER, spool: 'spool' }],
  ['a spool with a zero byte', { kind: 'prepare', offer: OFFER, spool: '/spool\0' }],
  ['a spool without an end', { kind: 'prepare', offer: OFFER, spool: `/${'x'.repeat(5_000)}` }],
  ['an offer with a script', { kind: 'prepare', offer: OFFER, spool: '/spool', script: 'id' }],
  [
    'an offer whose proof is too long',
    { kind: 'prepare', offer: { ...OFFER, proof: Array(33).fill(JOB) }, spool: '/s' },
  ],
  ['an offer whose leaf is no base64', { kind: 'prepare', offer: { ...OFFER, leaf: '$(id)' }, spool: '/s' }],
  ['an offer without an envelope', { kind: 'prepare', offer: { ...OFFER, envelope: null }, spool: '/s' }],
  ['an offer for no job', { kind: 'prepare', offer: { ...OFFER, job: '../../etc' }, spool: '/s' }],
  ['a start of no job', { ...START, job: '../journal' }],
  ['a start without an end', { ...START, startByBoottimeMs: Number.MAX_VALUE }],
  ['a start at a text', { ...START, startByBoottimeMs: '1' }],
  ['a start with other arguments', { ...START, argv: ['--force-all'] }],
  ['a start without a grant', { ...START, grant: '' }],
  ['a cancel without a why', { kind: 'cancel', job: JOB }],
])('%s is none', (_, request) => {
  expect(requestOf(request)).toBeNull();
});
