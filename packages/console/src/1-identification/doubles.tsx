import type { AssetDouble } from '@patchsteward/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { GoodIcon } from '../parts/icons.ts';
import { LongTextField } from '../parts/long-text-field.tsx';
import { Question } from '../parts/question.tsx';
import { Empty, Failed, Freshness, Loading } from '../parts/states.tsx';
import { Tag } from '../parts/tag.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { doubleList } from './inventory-queries.ts';
import { RemovedAssets } from './removed-assets.tsx';

const words = strings.doubles;
const WHY_CHARACTERS_MAX = 1_000;

interface Pair {
  readonly from: AssetDouble['assets'][number];
  readonly into: AssetDouble['assets'][number];
}

/** What may be in the inventory twice, for a person to decide; and what is in it no more. */
export function DoublesScreen() {
  const list = useQuery(doubleList);
  const [merging, setMerging] = useState<Pair | null>(null);
  const refresh = (): void => void list.refetch();
  useTitle(words.title);
  return (
    <>
      <div className="ps-title">
        <h1>{words.title}</h1>
        {list.data !== undefined && <p className="ps-subtle">{words.total(list.data.total)}</p>}
        {list.data !== undefined && (
          <Freshness at={list.dataUpdatedAt} error={list.error} loading={list.isFetching} onRefresh={refresh} />
        )}
      </div>
      <p className="ps-lead">{words.lead}</p>
      {list.isPending && <Loading />}
      {list.data === undefined && list.isError && <Failed error={list.error} onAgain={refresh} />}
      {list.data?.items.length === 0 && <Empty title={words.none}>{words.noneLead}</Empty>}
      {(list.data?.items ?? []).map((double) => (
        <Double key={`${double.cause} ${double.shared}`} double={double} onMerge={setMerging} />
      ))}
      <RemovedAssets />
      {merging !== null && <MergeQuestion pair={merging} onClose={() => setMerging(null)} />}
    </>
  );
}

interface DoubleProps {
  readonly double: AssetDouble;
  readonly onMerge: (pair: Pair) => void;
}

function Double({ double: { cause, shared, sentence, assets, keep }, onMerge }: DoubleProps) {
  const forbidden = useForbidden('operator');
  const into = assets.find(({ id }) => id === keep);
  return (
    <section className="ps-panel">
      <h2 className="ps-break">
        {words.causes[cause]}: {shared}
      </h2>
      <p>{sentence}</p>
      <ul className="ps-import-lines">
        {assets.map((asset) => (
          <li key={asset.id}>
            <Link to="/assets/$id" params={{ id: asset.id }} className="ps-break">
              {asset.name}
            </Link>
            <span>{strings.filters.origins[asset.origin]}</span>
            <span>
              {asset.lastHeard === null ? words.never : words.heard}{' '}
              {asset.lastHeard !== null && <Clock at={asset.lastHeard} form="relative" />}
            </span>
            {asset.id === keep && (
              <Tag tone="good" icon={GoodIcon}>
                {words.keep}
              </Tag>
            )}
            {into !== undefined && asset.id !== keep && (
              <Action
                small
                label={words.mergeOf(asset.name, into.name)}
                disabledReason={forbidden}
                onAct={() => onMerge({ from: asset, into })}
              >
                {words.merge}
              </Action>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function MergeQuestion({ pair: { from, into }, onClose }: { readonly pair: Pair; readonly onClose: () => void }) {
  const [why, setWhy] = useState('');
  const queries = useQueryClient();
  const send = (preview: boolean) =>
    call('asset.merge', { params: { id: from.id }, body: { into: into.id, why: why.trim() || '-', preview } });
  const look = useQuery({ queryKey: ['assets', 'merge', from.id, into.id], queryFn: () => send(true), retry: false });
  const merge = useMutation({
    mutationFn: () => send(false),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries();
    },
  });
  return (
    <Question
      title={words.mergeQuestion(from.name, into.name)}
      act={words.mergeAct}
      busy={merge.isPending ? words.merging : null}
      stopped={why.trim() === '' ? words.whyNeeded : null}
      keep={words.cancel}
      error={merge.error ?? look.error}
      onAct={() => merge.mutate()}
      onClose={onClose}
    >
      <p>{words.mergeConsequence}</p>
      {look.isPending && <Loading />}
      {look.data?.changes.length === 0 && <p>{words.noChanges}</p>}
      {look.data !== undefined && look.data.changes.length > 0 && (
        <>
          <p>{words.changes}:</p>
          <ul className="ps-binaries">
            {look.data.changes.map(({ field, before, after }) => (
              <li key={field}>{strings.imports.from(field, before, after)}</li>
            ))}
          </ul>
        </>
      )}
      <LongTextField
        label={words.why}
        help={words.whyHelp}
        value={why}
        charactersMax={WHY_CHARACTERS_MAX}
        required
        onChange={setWhy}
      />
    </Question>
  );
}
