import type { BillBody } from '@patchsteward/contract';
import type { Handlers } from '../../../../server/src/platform/http/bind.ts';
import { Refusal } from '../../../../server/src/platform/http/refusal.ts';
import { DAY_MS, FAKE_ASSETS, fakeId, wire } from './fake-assets.ts';

export type FakeBillRouteId = 'bill.list' | 'bill.add' | 'bill.end';

const SHOP: BillBody = {
  ...{ id: fakeId(820), name: 'shop', kind: 'application', digest: null, form: 'cyclonedx', tool: 'syft 1.19.0' },
  ...{ fileHash: `sha256:${'3f'.repeat(32)}`, packages: 1_214, refusedTotal: 140, by: 'ada', until: null },
  from: wire(-2 * DAY_MS),
  refused: [
    { entry: 'libfoo', problem: 'it has no purl, so nobody knows what it is' },
    {
      entry: 'pkg:golang/example.org/a-module-with-a-long-path/that-goes-on/v2',
      problem: 'its kind is not judged yet',
    },
  ],
};
const NGINX: BillBody = {
  ...{ ...SHOP, id: fakeId(821), name: 'registry.example.org/nginx', kind: 'image', form: 'spdx', tool: null },
  ...{ digest: `sha256:${'9a'.repeat(32)}`, packages: 142, refused: [], refusedTotal: 0 },
};
const FORMER: BillBody = {
  ...SHOP,
  id: fakeId(822),
  packages: 1_198,
  from: wire(-40 * DAY_MS),
  until: wire(-2 * DAY_MS),
};

/** Of one asset there are some; the others have none. */
export function fakeBills(): Handlers<FakeBillRouteId> {
  let bills: readonly BillBody[] = [SHOP, NGINX, FORMER];
  return {
    'bill.list': ({ params }) => {
      const items = params.id === FAKE_ASSETS.listed ? [...bills] : [];
      return Promise.resolve({ items, total: items.length });
    },
    'bill.add': ({ body }) =>
      Promise.reject(
        new Refusal('bad-request', 'The bill of materials cannot be used: it is neither CycloneDX nor SPDX 2 or 3.', {
          details: [{ path: 'body.text', problem: `it is neither CycloneDX nor SPDX 2 or 3 (${body.text.length})` }],
        }),
      ),
    'bill.end': ({ params }) => {
      bills = bills.map((bill) => (bill.name === params.name ? { ...bill, until: wire(0) } : bill));
      return Promise.resolve({});
    },
  };
}
