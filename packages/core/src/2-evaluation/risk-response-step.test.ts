import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, type Voter } from '../policy/index.ts';
import { DAY_MS, type Instant, LANES } from '../vocabulary/index.ts';
import type { ResponseEvent, ResponseState } from './risk-response.ts';
import { responseRule } from './risk-response-rule.ts';
import { stepResponse } from './risk-response-step.ts';
import { basis, IT, OWNER, SECURITY, terms } from './testing/responses.ts';
import { NOW } from './testing/samples.ts';

type Told = ResponseEvent | readonly [ResponseEvent, Instant];

/** The events one after the other; what the last of them came to. */
function told(...events: readonly Told[]) {
  let state: ResponseState | null = null;
  let last: ReturnType<typeof stepResponse> | null = null;
  for (const one of events) {
    const [event, now] = 'kind' in one ? [one, NOW] : one;
    last = stepResponse(state, event, { policy: DEFAULT_POLICY, now });
    if (last.kind === 'refused') return { refused: last.because, says: last.says, state };
    state = last.state;
  }
  return { refused: null, says: null, state };
}

function ask(
  by: Voter,
  about: Parameters<typeof terms>[0] = {},
  known: Parameters<typeof basis>[0] = {},
): ResponseEvent {
  return { kind: 'requested', by, terms: terms(about), basis: basis(known), renews: null };
}
const agree = (by: Voter): ResponseEvent => ({ kind: 'agreed', by });
const end = (kind: 'refused' | 'withdrawn' | 'revoked', by: Voter): ResponseEvent => ({ kind, by, why: 'Enough.' });

describe('a request', () => {
  it('stands once owner and security agreed, and not before', () => {
    expect(told(ask(IT)).state).toMatchObject({ name: 'requested', requester: 'ina', stoodFrom: null });
    expect(told(ask(IT), agree(OWNER)).state).toMatchObject({ name: 'requested', agreed: [{ person: 'otto' }] });
    expect(told(ask(IT), agree(OWNER), [agree(SECURITY), NOW + 5]).state).toMatchObject({
      ...{ name: 'standing', stoodFrom: NOW + 5 },
      agreed: [
        { person: 'otto', at: NOW },
        { person: 'sina', at: NOW + 5 },
      ],
    });
  });

  it('of the routine lane takes one of them', () => {
    expect(told(ask(IT, {}, { lane: 'routine' }), agree(OWNER)).state?.name).toBe('standing');
  });

  it('takes two people for two seats, whatever roles one has', () => {
    const both = { person: 'olga', roles: ['owner', 'security'] } as const;
    expect(told(ask(IT), agree(both)).state?.name).toBe('requested');
    expect(told(ask(IT), agree(both), agree(both)).refused).toBe('agreed-already');
    expect(told(ask(IT), agree(both), agree(OWNER)).state?.name).toBe('standing');
  });

  it.each([
    ['the requester agrees', [ask(OWNER), agree(OWNER)], 'requester-agrees'],
    ['somebody without a seat agrees', [ask(OWNER), agree(IT)], 'role-missing'],
    ['a second of a role agrees', [ask(IT), agree(OWNER), agree({ person: 'oda', roles: ['owner'] })], 'role-missing'],
    ['an auditor asks', [ask({ person: 'ada', roles: ['auditor'] })], 'role-missing'],
    ['it finds nothing', [ask(IT, {}, { findings: 0 })], 'nothing-found'],
    ['its day has passed', [ask(IT, { until: NOW })], 'term-over'],
    ['a mitigation says no control', [ask(IT, { kind: 'mitigate' })], 'control-missing'],
    ['an override overrides nothing', [ask(IT, { kind: 'override' })], 'nothing-overridden'],
    ['it is agreed to too late', [ask(IT), [agree(OWNER), NOW + 10 * DAY_MS]], 'term-over'],
    ['it is asked for twice', [ask(IT), ask(IT)], 'not-now'],
    ['nobody asked', [agree(OWNER)], 'not-now'],
    ['somebody else withdraws it', [ask(IT), end('withdrawn', OWNER)], 'role-missing'],
    ['somebody without a seat refuses it', [ask(OWNER), end('refused', IT)], 'role-missing'],
    ['it is revoked before it stands', [ask(IT), end('revoked', SECURITY)], 'not-now'],
    [
      'a stranger revokes it',
      [ask(IT), agree(OWNER), agree(SECURITY), end('revoked', { person: 'x', roles: ['change'] })],
      'role-missing',
    ],
    ['it expires before its day', [ask(IT), { kind: 'expired' }], 'not-now'],
    ['it is agreed to after it was refused', [ask(IT), end('refused', OWNER), agree(SECURITY)], 'not-now'],
  ] as const)('is refused where %s', (_, events, because) => {
    expect(told(...events).refused).toBe(because);
  });

  it.each(LANES)('of the lane %s stands for no longer than the policy says', (lane) => {
    const { termMaxMs } = DEFAULT_POLICY.lanes[lane].response;
    expect(told(ask(IT, { until: NOW + termMaxMs }, { lane })).refused).toBeNull();
    expect(told(ask(IT, { until: NOW + termMaxMs + 1 }, { lane }))).toMatchObject({
      ...{ refused: 'term-too-long', says: expect.stringContaining(`${termMaxMs / DAY_MS} days`) },
    });
  });

  it('to avoid may speak of an asset on which nothing was found', () => {
    expect(told(ask(IT, { kind: 'avoid' }, { findings: 0 })).state?.name).toBe('requested');
  });
});

describe('how it ends', () => {
  const STANDS = [ask(IT), agree(OWNER), agree(SECURITY)] as const;
  it.each([
    ['refused', [ask(IT), end('refused', SECURITY)], { name: 'refused', ended: { by: 'sina', why: 'Enough.' } }],
    ['withdrawn', [ask(IT), end('withdrawn', IT)], { name: 'withdrawn', endedAt: NOW }],
    ['revoked by who asked', [...STANDS, end('revoked', IT)], { name: 'revoked', ended: { by: 'ina' } }],
    ['revoked by who may agree', [...STANDS, end('revoked', SECURITY)], { name: 'revoked', endedAt: NOW }],
    ['renewed', [...STANDS, { kind: 'renewed', with: 'r2' }], { name: 'renewed', endedAt: NOW }],
    // A server that was down on that day tells it later; it ended on its day all the same.
    ['expired', [...STANDS, [{ kind: 'expired' }, NOW + 20 * DAY_MS]], { name: 'expired', endedAt: NOW + 10 * DAY_MS }],
    ['never agreed to', [ask(IT), [{ kind: 'expired' }, NOW + 10 * DAY_MS]], { name: 'expired', stoodFrom: null }],
  ] as const)('%s', (_, events, state) => {
    expect(told(...events).state).toMatchObject(state);
  });
});

describe('an override', () => {
  const UP = { kind: 'override', lane: 'emergency' } as const;

  it('up stands at once, on the word of Security alone', () => {
    expect(told(ask(SECURITY, UP)).state).toMatchObject({ name: 'standing', stoodFrom: NOW, agreed: [] });
    expect(told(ask(OWNER, UP)).refused).toBe('role-missing');
    expect(told(ask(SECURITY, UP), end('revoked', OWNER)).refused).toBe('role-missing');
    expect(told(ask(SECURITY, UP), end('revoked', { person: 'sven', roles: ['security'] })).refused).toBeNull();
  });

  it.each([
    ['a stricter lane', { lane: 'emergency', due: null }, true],
    ['the same lane, earlier', { lane: 'critical', due: NOW }, true],
    ['an earlier due time', { lane: null, due: NOW }, true],
    ['a milder lane', { lane: 'routine', due: null }, false],
    ['a stricter lane, later', { lane: 'emergency', due: NOW + 2 * DAY_MS }, false],
    ['a later due time', { lane: null, due: NOW + 2 * DAY_MS }, false],
  ] as const)('to %s', (_, members, raise) => {
    const rule = responseRule(terms({ kind: 'override', ...members }), basis(), DEFAULT_POLICY);
    expect(rule.raise).toBe(raise);
    expect(rule.seats).toHaveLength(raise ? 0 : 2);
  });

  it('down needs others, also where Security asks', () => {
    expect(told(ask(SECURITY, { kind: 'override', lane: 'routine' })).state?.name).toBe('requested');
  });
});
