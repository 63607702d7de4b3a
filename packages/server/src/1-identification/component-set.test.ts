import type { Component } from '@patchsteward/core/1-identification';
import { describe, expect, it, test } from 'vitest';
import { componentSet, componentsName, productComponent } from './component-set.ts';

function component(said: Partial<Component>): Component {
  return {
    ...{ type: 'npm', name: 'left-pad', version: '1.0.0', architecture: null, source: null },
    ...{ release: null, module: null, owner: null },
    ...said,
  };
}

describe('a set of components', () => {
  it('has each of them once, by name, and says of each whose it is', () => {
    const curl = component({ type: 'deb', name: 'curl', release: 'debian:12', architecture: 'amd64' });
    const set = componentSet('shop', [component({}), curl, component({})]);

    expect(set.release).toMatchObject({ id: 'components', versionId: null, prettyName: 'shop' });
    expect(set.packages).toMatchObject([
      { name: 'curl', type: 'deb', scope: 'debian:12', architecture: 'amd64' },
      { name: 'left-pad', type: 'npm', source: 'left-pad', sourceVersion: '1.0.0', architecture: '' },
    ]);
    expect(set.packages[1]).not.toHaveProperty('scope');
  });

  it('keeps module, owner and source where there are some, and no version where none is said', () => {
    const said = { module: 'nodejs:18', owner: 'python3-six', source: { name: 'src', version: '2' }, version: null };

    expect(componentSet('shop', [component(said)]).packages).toMatchObject([
      { version: '', module: 'nodejs:18', owner: 'python3-six', source: 'src', sourceVersion: '2' },
    ]);
  });

  it('leaves out what no claim can speak of: a name that is none', () => {
    expect(componentSet('shop', [component({ name: 'läuft nicht' }), component({ name: '' })]).packages).toEqual([]);
  });
});

const NOTHING = { vendor: null, product: null, productVersion: null, build: null };

test.each([
  ['vendor and product', { vendor: 'Cisco', product: 'IOS XE', productVersion: '17.3.4' }, ['cisco/ios-xe', '17.3.4']],
  [
    'a build alone',
    { vendor: 'Microsoft', product: 'Windows 11', build: '22631.3447' },
    ['microsoft/windows-11', '22631.3447'],
  ],
  ['no product', { vendor: 'Cisco' }, null],
  ['a product of signs', { vendor: 'Cisco', product: '???' }, null],
])('a product by %s', (_, said, expected) => {
  const found = productComponent({ ...NOTHING, ...said });

  expect(found === null ? null : [found.name, found.version]).toEqual(expected);
});

test('a set is called by product and bills', () => {
  expect(componentsName({ ...NOTHING, vendor: 'Cisco', product: 'ISR' }, ['shop'])).toBe('Cisco ISR, shop');
  expect(componentsName(NOTHING, [])).toBe('');
});
