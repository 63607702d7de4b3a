import { expect, it } from 'vitest';
import { touchedBy } from './touched.ts';

it.each([
  ['asset.changed', 'a-1', ['asset:a-1', 'assets', 'overview']],
  ['inventory.changed', 'a-1', []],
  ['health-profile.changed', 'a-1', ['asset:a-1', 'assets']],
  ['rule.changed', 'web', ['rules']],
  ['plan.compiled', 'c-1', ['campaign:c-1', 'campaigns', 'inbox', 'overview']],
  ['job.reported', 'c-1', ['campaign:c-1', 'campaigns', 'inbox', 'overview']],
  ['maintenance-group.removed', 'web', ['groups']],
  ['person.changed', 'p-1', ['people', 'account']],
])('%s touches what shows it', (kind, subject, words) => {
  expect([...touchedBy([{ kind, subject }])]).toEqual(words);
});

it('says each word once', () => {
  const leaves = [
    { kind: 'wave.opened', subject: 'c-1' },
    { kind: 'job.queued', subject: 'c-1' },
    { kind: 'trust.published', subject: '2' },
  ];

  expect([...touchedBy(leaves)]).toEqual(['campaign:c-1', 'campaigns', 'inbox', 'overview', 'trust', 'account']);
});

it('says nothing where nothing is told', () => {
  expect(touchedBy([]).size).toBe(0);
});
