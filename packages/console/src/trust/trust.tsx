import type { TrustShown } from '@patchsteward/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Failed, Freshness, Loading } from '../parts/states.tsx';
import { Verdict } from '../parts/verdict.tsx';
import { trustQuery } from '../people/queries.ts';
import { useShortcut } from '../platform/keys.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { Root } from './root.tsx';
import { TrustWizard } from './wizard.tsx';

const words = strings.trust;

/** Who may sign what; and where nobody may, how to begin. // decided 27 */
export function TrustScreen() {
  const trust = useQuery(trustQuery);
  const refresh = (): void => void trust.refetch();
  useShortcut('r', strings.keys.refresh, refresh);
  useTitle(words.title);

  return (
    <>
      <div className="ps-title">
        <h1>{words.title}</h1>
        {trust.data !== undefined && (
          <Freshness at={trust.dataUpdatedAt} error={trust.error} loading={trust.isFetching} onRefresh={refresh} />
        )}
      </div>
      <p className="ps-lead">{words.lead}</p>
      {trust.isPending && <Loading />}
      {trust.data === undefined && trust.isError && <Failed error={trust.error} onAgain={refresh} />}
      {trust.data !== undefined && <Shown trust={trust.data} />}
    </>
  );
}

function Shown({ trust }: { readonly trust: TrustShown }) {
  // Whoever waited in the wizard is told that it came.
  const waited = useRef(trust.root === null);
  const landed = waited.current && trust.root !== null;
  // The last command stands at the end of a long page.
  useEffect(() => {
    if (landed) window.scrollTo(0, 0);
  }, [landed]);
  if (trust.root === null) {
    return (
      <>
        <Verdict tone="warning" title={words.none}>
          <p>{words.noneLead}</p>
        </Verdict>
        <TrustWizard />
      </>
    );
  }
  return (
    <>
      {landed && <Verdict tone="good" title={words.wizard.landed} />}
      <Root root={trust.root} />
    </>
  );
}
