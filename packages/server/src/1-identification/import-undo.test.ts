import { expect, test } from 'vitest';
import type { ListedTarget } from './import-decision.ts';
import { decideUndo } from './import-undo.ts';
import type { UndoLine } from './import-undo-store.ts';

const TARGET: ListedTarget = {
  ...{ id: 'a', name: 'fw-1', kind: 'server', criticality: 'high', exposure: 'unknown', version: 2 },
  ...{ environment: 'unknown', owner: 'Ada', role: null, tags: [], ring: false, maintenanceGroup: null },
  ...{ redundancyGroups: [], setByHand: ['owner'], origin: 'import', removed: false },
  ...{ vendor: null, product: null, productVersion: null, build: null },
};
const LINE: UndoLine = {
  ...{ line: 2, name: 'fw-1', outcome: 'changed', assetId: 'a', entry: 'name fw-1', versionAfter: 2 },
  ...{ changes: { owner: { before: null, after: 'Ada' } }, byHandBefore: [], listedBefore: null },
};

test.each([
  ['what was changed is as before', {}, TARGET, undefined, 'restore'],
  ['what was added goes', { outcome: 'added' }, TARGET, undefined, 'remove'],
  [
    'what was as the list says is no more of the list',
    { outcome: 'unchanged', versionAfter: null },
    TARGET,
    undefined,
    'forget',
  ],
  ['what is in a campaign stays', { outcome: 'added' }, TARGET, 'Openssl', 'keep'],
  ['what somebody changed since stays', {}, { ...TARGET, version: 3 }, undefined, 'keep'],
  ['what was taken out stays out', {}, { ...TARGET, removed: true }, undefined, 'keep'],
  ['what is not there stays away', { outcome: 'added' }, undefined, undefined, 'keep'],
] as const)('%s', (_, line, target, campaign, kind) => {
  expect(decideUndo({ ...LINE, ...line }, target, campaign).kind).toBe(kind);
});

test('the fields and the marks are those from before, under a new version', () => {
  expect(decideUndo(LINE, TARGET, undefined)).toMatchObject({
    target: { owner: null, setByHand: [], version: 3, criticality: 'high' },
  });
});
