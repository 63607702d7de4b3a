import type { ExceptionDetail } from '@patchsteward/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Failed, Freshness, Loading } from '../parts/states.tsx';
import { useShortcut } from '../platform/keys.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { ExceptionActDialog } from './exception-act.tsx';
import { ExceptionActs } from './exception-acts.tsx';
import { CoveredFindings } from './exception-covered.tsx';
import { ExceptionHistory } from './exception-history.tsx';
import { ExceptionState } from './exception-state.tsx';
import { ExceptionTerms } from './exception-terms.tsx';
import { exceptionQuery } from './queries.ts';

const words = strings.exceptions;
const route = getRouteApi('/inside/exceptions/$id');

/** Who answers for what, until when, who agreed, and what became of it. // SP 800-40r4 §2.2 */
export function ExceptionScreen() {
  const { id } = route.useParams();
  const navigate = route.useNavigate();
  const one = useQuery(exceptionQuery(id));
  const refresh = (): void => void one.refetch();
  useShortcut('r', strings.keys.refresh, refresh);
  useShortcut('Escape', strings.keys.back, () => void navigate({ to: '/exceptions' }));
  useTitle(one.data?.title ?? words.title);
  return (
    <>
      <nav className="ps-crumbs" aria-label={words.title}>
        <Link to="/exceptions">{words.title}</Link>
      </nav>
      <div className="ps-title">
        <h1 className="ps-break">{one.data?.title ?? words.title}</h1>
        {one.data !== undefined && (
          <>
            <ExceptionState state={one.data.state} />
            <Freshness at={one.dataUpdatedAt} error={one.error} loading={one.isFetching} onRefresh={refresh} />
          </>
        )}
      </div>
      {one.isPending && <Loading />}
      {one.data === undefined && one.isError && <Failed error={one.error} onAgain={refresh} />}
      {one.data !== undefined && <ExceptionBody one={one.data} />}
    </>
  );
}

function ExceptionBody({ one }: { readonly one: ExceptionDetail }) {
  const { act } = route.useSearch();
  const navigate = route.useNavigate();
  const open = (next: typeof act): void => void navigate({ search: { act: next }, replace: true, resetScroll: false });
  return (
    <>
      <p className="ps-lead">{words.one.verdict[one.state]}</p>
      <ExceptionActs one={one} onAct={open} />
      <ExceptionTerms one={one} />
      <CoveredFindings one={one} />
      <ExceptionHistory one={one} />
      {act !== undefined && <ExceptionActDialog one={one} act={act} onClose={() => open(undefined)} />}
    </>
  );
}
