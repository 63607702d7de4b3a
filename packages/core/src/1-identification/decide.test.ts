import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { claim, index, installed, offer, offers, packageSet } from './testing/samples.ts';

const facts = {
  packageSet: packageSet([installed()]),
  claims: index(claim({ fixed: '7.88.1-11' })),
  offers: null,
  origins: { origins: [] },
};

describe('decide', () => {
  it('proceeds with findings and updates', () => {
    const verdict = decide({ ...facts, offers: offers(offer()) });

    expect(verdict).toMatchObject({
      kind: 'proceed',
      value: {
        scope: 'debian:12',
        sources: 1,
        findings: [{ package: 'curl', offered: [{ to: '7.88.1-11' }] }],
        updates: [{ name: 'curl', kind: 'security' }],
      },
    });
  });

  it.each([
    ['nobody asked', null],
    ['it did not answer', { updates: [], unanswered: 'E: broken' }],
  ])('knows of no updates where the package manager is silent: %s', (_, silent) => {
    expect(decide({ ...facts, offers: silent })).toMatchObject({
      kind: 'proceed',
      value: { updates: null, findings: [{ offered: null }] },
    });
  });

  it('waits for a feed', () => {
    expect(decide({ ...facts, claims: index() })).toMatchObject({
      kind: 'wait',
      waitingOn: [{ code: 'no-feed', clearableBy: ['admin'] }],
    });
  });

  it('waits for a feed of the release', () => {
    expect(decide({ ...facts, claims: index(claim({ scope: 'debian:11' })) })).toMatchObject({
      kind: 'wait',
      waitingOn: [{ code: 'release-not-covered' }],
    });
  });
});
