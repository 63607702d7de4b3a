import { describe, expect, it, test } from 'vitest';
import {
  decideImport,
  type ImportTerms,
  type LineDecision,
  type Listed,
  type ListedTarget,
} from './import-decision.ts';
import type { ListEntry } from './import-entries.ts';

const ID = '01890000-0000-7000-8000-000000000001';

function entry(said: Partial<ListEntry['asset']> = {}, line = 2): ListEntry {
  const asset = { name: 'fw-1', ...said };
  return { line, entry: asset.externalId === undefined ? `name ${asset.name}` : `id ${asset.externalId}`, asset };
}

function target(said: Partial<ListedTarget> = {}): ListedTarget {
  return {
    ...{ id: ID, name: 'fw-1', kind: 'network-appliance', criticality: 'normal', exposure: 'unknown', version: 3 },
    ...{ environment: 'unknown', owner: null, role: null, tags: [], ring: false, maintenanceGroup: null },
    ...{ redundancyGroups: [], setByHand: [], origin: 'import', removed: false },
    ...{ vendor: 'Cisco', product: 'ISR', productVersion: '17.3', build: null },
    ...said,
  };
}

const NOTHING: ImportTerms = {
  ...{ id: 'import-1', source: 'network', origin: 'import', known: new Map(), byName: new Map(), rules: [] },
  ...{ maintenanceGroups: new Set(['sunday']), newIds: ['new-1', 'new-2', 'new-3'] },
};

function listed(asset: ListedTarget, said: Listed): ImportTerms {
  return { ...NOTHING, known: new Map([['name fw-1', { asset, listed: said }]]) };
}

function only(decisions: readonly LineDecision[]): LineDecision {
  const [decision, another] = decisions;
  if (decision === undefined || another !== undefined) throw new Error('not one decision');
  return decision;
}

describe('an entry that nobody knows', () => {
  it('becomes an asset, and the record says by which list', () => {
    const decision = only(decideImport([entry({ vendor: 'Cisco', version: '17.3', tags: ['b', 'a', 'b'] })], NOTHING));

    expect(decision).toMatchObject({
      outcome: 'added',
      assetId: 'new-1',
      asset: {
        name: 'fw-1',
        vendor: 'Cisco',
        productVersion: '17.3',
        tags: ['a', 'b'],
        exposure: 'unknown',
        version: 1,
      },
      leaves: [
        { kind: 'asset.imported', subject: 'new-1', payload: { import: 'import-1', source: 'network', line: 2 } },
      ],
    });
  });

  it('is what the rules say of its name, where the list says nothing', () => {
    const rules = [
      { id: 'rule-1', pattern: 'fw-*', set: { criticality: 'high', owner: 'Team Net', maintenanceGroup: 'sunday' } },
    ] as const;
    const decision = only(decideImport([entry({ owner: 'Ada' })], { ...NOTHING, rules }));

    expect(decision).toMatchObject({
      asset: { criticality: 'high', owner: 'Ada', maintenanceGroup: 'sunday', setByHand: ['owner'] },
      leaves: [{ payload: { rules: ['rule-1'] } }],
    });
  });
});

describe('an entry that the list named before', () => {
  it('changes what is different now, and nothing that it does not name', () => {
    const terms = listed(target({ owner: 'Ada' }), { name: 'fw-1', productVersion: '17.3' });
    const decision = only(decideImport([entry({ version: '17.6' })], terms));

    expect(decision).toMatchObject({
      outcome: 'changed',
      changes: { productVersion: { before: '17.3', after: '17.6' } },
      asset: { owner: 'Ada', productVersion: '17.6', version: 4 },
      problems: [],
    });
    expect(decision).not.toHaveProperty('changes.owner');
  });

  it('is unchanged where it says what stands here', () => {
    const terms = listed(target(), { name: 'fw-1', vendor: 'Cisco' });

    expect(only(decideImport([entry({ vendor: 'Cisco' })], terms))).toMatchObject({
      outcome: 'unchanged',
      assetId: ID,
      problems: [],
    });
  });

  test.each([
    ['the list says as before', 'low', 'low', 'unchanged'],
    ['the list says something new as well', 'low', 'normal', 'unchanged'],
  ] as const)('leaves what a person set since, where %s', (_, before, now, outcome) => {
    const asset = target({ criticality: 'critical', setByHand: ['criticality'] });
    const decision = only(decideImport([entry({ criticality: now })], listed(asset, { criticality: before })));

    expect(decision).toMatchObject({
      outcome,
      problems: [`A person set its criticality to critical; the list says ${now}.`],
    });
  });

  it('is followed again where nobody spoke since', () => {
    const asset = target({ criticality: 'low', setByHand: ['criticality'] });
    const decision = only(decideImport([entry({ criticality: 'high' })], listed(asset, { criticality: 'low' })));

    expect(decision).toMatchObject({ outcome: 'changed', asset: { criticality: 'high' }, problems: [] });
  });

  it('is refused where a person took it out of the inventory', () => {
    expect(only(decideImport([entry()], listed(target({ removed: true }), {})))).toMatchObject({
      outcome: 'refused',
      problems: ['A person took it out of the inventory; restore it, or take it out of the list.'],
    });
  });
});

describe('an entry that is called as an asset here', () => {
  const called = (...assets: readonly ListedTarget[]): ImportTerms => ({
    ...NOTHING,
    byName: new Map([['fw-1', assets]]),
  });

  it('says what a host is to people, and never what its agent says', () => {
    const asset = target({ origin: 'agent', vendor: null, product: null, productVersion: null, name: 'FW-1' });
    const decision = only(decideImport([entry({ owner: 'Ada', product: 'ISR', version: '17.6' })], called(asset)));

    expect(decision).toMatchObject({
      outcome: 'changed',
      changes: { owner: { before: null, after: 'Ada' } },
      problems: ['Its agent says what it is; the list is not followed in: product, version.'],
    });
    expect(decision).not.toHaveProperty('changes.product');
    expect(decision).not.toHaveProperty('changes.name');
  });

  it('leaves what a person set on it before the list came', () => {
    const asset = target({ origin: 'agent', owner: 'Grace', setByHand: ['owner'] });

    expect(only(decideImport([entry({ owner: 'Ada', role: 'edge' })], called(asset)))).toMatchObject({
      changes: { role: { before: null, after: 'edge' } },
      problems: ['A person set its owner to Grace; the list says Ada.'],
    });
  });

  it('is refused where several are called so', () => {
    expect(only(decideImport([entry()], called(target(), target({ id: 'other' }))))).toMatchObject({
      outcome: 'refused',
      problems: ['2 assets are called so; say which by an external id.'],
    });
  });
});

test.each([
  ['by one external id', entry({ externalId: '7' }), entry({ externalId: '7', name: 'fw-2' }, 3)],
  ['by one name', entry(), entry({}, 3)],
])('two lines that name one asset %s are one, and the first stands', (_, first, second) => {
  expect(decideImport([first, second], NOTHING)).toMatchObject([
    { outcome: 'added' },
    { outcome: 'refused', line: 3, problems: ['Line 2 names the same asset; it stands.'] },
  ]);
});

it('takes one asset for one line alone, also where one names it by its id and one by its name', () => {
  const asset = target();
  const terms: ImportTerms = { ...NOTHING, byName: new Map([['fw-1', [asset]]]) };
  const lines = [entry({ externalId: '7' }), entry({ externalId: '8' }, 3)];

  expect(decideImport(lines, terms).map(({ outcome }) => outcome)).toEqual(['unchanged', 'refused']);
});
