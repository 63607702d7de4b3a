import type { Asset, BillBody } from '@patchsteward/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Action } from '../parts/action.tsx';
import { ButtonLink } from '../parts/button-link.tsx';
import { GoodIcon } from '../parts/icons.ts';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { Bill, FormerBills } from './bill.tsx';
import { BillForm } from './bill-form.tsx';
import { billList } from './bill-queries.ts';
import { BillRemoval } from './bill-removal.tsx';
import { useAssetAddress } from './use-asset-address.ts';

const words = strings.bills;

/** What an asset without an agent is made of: what holds, what held, and a place to give more. // SOP P1.2 */
export function AssetBills({ asset }: { readonly asset: Asset }) {
  const { search, put } = useAssetAddress();
  const list = useQuery(billList(asset.id));
  const [removing, setRemoving] = useState<BillBody | null>(null);
  const [done, setDone] = useState<BillBody | null>(null);
  const forbidden = useForbidden('operator');
  const stopped = asset.origin === 'agent' ? words.hasAgent : forbidden;
  const close = (): void => put({ edit: undefined, item: undefined });
  if (list.isPending) return <Loading />;
  if (list.data === undefined) return <Failed error={list.error} onAgain={() => void list.refetch()} />;
  const now = list.data.items.filter(({ until }) => until === null);
  const former = list.data.items.filter(({ until }) => until !== null);
  const givesIt = search.edit === 'bill' && stopped === null;

  return (
    <section aria-label={words.label}>
      <p className="ps-lead">{words.lead}</p>
      {givesIt ? (
        <BillForm
          // Another bill is another form: what was filled in for one means nothing for the next.
          key={search.item ?? ''}
          asset={asset}
          replaces={now.find(({ name }) => name === search.item) ?? null}
          onDone={(bill) => {
            setDone(bill);
            close();
          }}
          onClose={close}
        />
      ) : (
        <p className="ps-tools">
          <Action
            variant="primary"
            disabledReason={stopped}
            onAct={() => {
              setDone(null);
              put({ edit: 'bill', item: undefined });
            }}
          >
            {words.give}
          </Action>
        </p>
      )}
      {done !== null && <Done bill={done} />}
      {now.length === 0 && !givesIt && <NoBill asset={asset} />}
      {now.map((bill) => (
        <Bill
          key={bill.id}
          bill={bill}
          asset={asset}
          stopped={stopped}
          onReplace={() => {
            setDone(null);
            put({ edit: 'bill', item: bill.name });
          }}
          onRemove={() => setRemoving(bill)}
        />
      ))}
      {former.length > 0 && <FormerBills bills={former} total={list.data.total - now.length} />}
      {removing !== null && <BillRemoval asset={asset} bill={removing} onClose={() => setRemoving(null)} />}
    </section>
  );
}

function Done({ bill }: { readonly bill: BillBody }) {
  return (
    <div className="ps-done" role="status">
      <GoodIcon />
      <p>{words.form.done(bill.name, words.packages(bill.packages))}</p>
    </div>
  );
}

function NoBill({ asset }: { readonly asset: Asset }) {
  if (asset.origin !== 'agent') return <Empty title={words.none}>{words.noneLead}</Empty>;
  return (
    <Empty title={words.noneOfHost} action={<ButtonLink to="/import">{words.toImport}</ButtonLink>}>
      {words.hasAgent}
    </Empty>
  );
}
