import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { productKey } from './product-key.ts';

describe('productKey', () => {
  it.each([
    ['Siemens', 'SCALANCE X200-4P IRT (6GK5200-4AH00-2BA3)', 'siemens/scalance-x200-4p-irt-6gk5200-4ah00-2ba3'],
    ['siemens ', ' Scalance X200 4P/IRT [6GK5200.4AH00.2BA3]', 'siemens/scalance-x200-4p-irt-6gk5200-4ah00-2ba3'],
    ['', 'FortiOS', '/fortios'],
    ['Müller & Söhne', 'Gerät', 'müller-söhne/gerät'],
    ['Cisco', '  ', ''],
  ])('%j and %j: %s', (vendor, product, expected) => {
    expect(productKey(vendor, product)).toBe(expected);
  });

  it('is the same for a name in any case and with any marks between its words', () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    const mark = fc.stringMatching(/^[ ./_()-]{1,3}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), mark, mark, (words, one, other) => {
        expect(productKey('Vendor', words.join(one).toUpperCase())).toBe(productKey('vendor', words.join(other)));
      }),
    );
  });
});
