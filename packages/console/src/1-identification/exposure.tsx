import type { ExposureAnswer } from '@patchsteward/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense, useCallback } from 'react';
import { AskLink } from '../2-evaluation/ask-link.tsx';
import { Action } from '../parts/action.tsx';
import { CheckField } from '../parts/check-field.tsx';
import { Clock } from '../parts/clock.tsx';
import { DayField } from '../parts/day-field.tsx';
import { DangerIcon, ExternalIcon, GoodIcon, NotJudgedIcon } from '../parts/icons.ts';
import { SearchField } from '../parts/search-field.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { LoadedSoFar, Table } from '../parts/table.tsx';
import { Tag, type Tone } from '../parts/tag.tsx';
import { usePagedRows } from '../platform/pages.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { AdvisorySource } from './advisory-source.tsx';
import { EXPOSED_COLUMNS, keyOfExposed } from './exposed-columns.tsx';
import { Filters } from './fleet-filters.tsx';
import { type AskedExposure, exposureOf } from './fleet-queries.ts';
import { IntelligenceFacts } from './intelligence.tsx';
import { PAGES_MAX } from './queries.ts';
import { ToldOf } from './told-of.tsx';

// What few ask for comes when they do.
const SeverityWordsPanel = lazy(async () => ({
  default: (await import('./severity-words.tsx')).SeverityWordsPanel,
}));

const words = strings.exposureSearch;
const ROW_PX = 72;
/** The server takes no longer id. */
const ID_CHARACTERS_MAX = 64;

const ANSWERS = {
  affected: { tone: 'danger', icon: DangerIcon },
  'not-affected': { tone: 'good', icon: GoodIcon },
  'not-judged': { tone: 'warning', icon: NotJudgedIcon },
} as const satisfies Record<ExposureAnswer['answer'], { tone: Tone; icon: ComponentType }>;

const route = getRouteApi('/inside/exposure');

/** "Am I affected by this?" // SOP P1.1, checklist c25 */
export function ExposureScreen() {
  const { id = '', at, show } = route.useSearch();
  const navigate = route.useNavigate();
  useTitle(words.title);
  const change = (more: { at?: string | undefined; show?: 'all' | undefined }) =>
    void navigate({ search: (old) => ({ ...old, ...more, pages: undefined }), replace: true, resetScroll: false });
  return (
    <>
      <div className="ps-title">
        <h1>{words.title}</h1>
      </div>
      <p className="ps-lead">{words.lead}</p>
      <div className="ps-tools">
        <SearchField
          label={words.searchLabel}
          value={id}
          onSearch={(next) =>
            void navigate({
              search: (old) => ({ ...old, id: next.slice(0, ID_CHARACTERS_MAX), pages: undefined }),
              replace: true,
              resetScroll: false,
            })
          }
        />
      </div>
      <Filters>
        <DayField label={words.at} value={at} onChange={(day) => change({ at: day })} />
        <CheckField
          label={words.showAll}
          checked={show === 'all'}
          onChange={(all) => change({ show: all ? 'all' : undefined })}
        />
      </Filters>
      {id === '' ? (
        <Empty title={words.askTitle}>{words.ask}</Empty>
      ) : (
        <Answer key={`${id} ${at} ${show}`} asked={{ id, at, show }} />
      )}
    </>
  );
}

function Answer({ asked }: { readonly asked: AskedExposure }) {
  const { pages = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery(exposureOf(asked));
  const onMore = useCallback(
    (more: number) => void navigate({ search: (old) => ({ ...old, pages: more }), replace: true, resetScroll: false }),
    [navigate],
  );
  const pagesOfAssets =
    list.data === undefined
      ? undefined
      : { pages: list.data.pages.map(({ assets, assetsTotal }) => ({ items: assets, total: assetsTotal })) };
  const { rows, total, loadMore } = usePagedRows({ ...list, data: pagesOfAssets }, pages, PAGES_MAX, onMore);
  const page = list.data?.pages[0];
  if (list.isPending) return <Loading />;
  if (page === undefined) return <Failed error={list.error} onAgain={() => void list.refetch()} />;
  return (
    <>
      <Verdict answer={page} />
      {page.advisory === null && page.past === null && (
        <WhoseWord vulnerability={page.vulnerabilities[0] ?? page.vulnerability} />
      )}
      <Releases releases={page.releases} />
      {rows.length > 0 && (
        <>
          <h2 className="ps-subtitle">{words.assetsTitle(total)}</h2>
          <Table
            label={words.assetsTitle(total)}
            name="exposed"
            columns={EXPOSED_COLUMNS}
            rows={rows}
            keyOf={keyOfExposed}
            total={total}
            estimatePx={ROW_PX}
            settling={false}
            onNearEnd={loadMore}
          />
          <LoadedSoFar loaded={rows.length} total={rows.length} loading={list.isFetchingNextPage} />
        </>
      )}
      <Claims claims={page.claims} />
      <ToldOf about={asked.id.toUpperCase()} />
    </>
  );
}

/** What every source says, for whoever asks. */
function WhoseWord({ vulnerability }: { readonly vulnerability: string }) {
  const { words: shown, distribution } = route.useSearch();
  const navigate = route.useNavigate();
  const put = (change: { words?: 'yes' | undefined; distribution: string | undefined }): void =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true, resetScroll: false });
  const isShown = shown === 'yes';
  return (
    <>
      <p className="ps-tools">
        <Action
          disabledReason={null}
          expanded={isShown}
          onAct={() => put({ words: isShown ? undefined : 'yes', distribution: undefined })}
        >
          {isShown ? strings.severityWords.hide : strings.severityWords.show}
        </Action>
      </p>
      {isShown && (
        <Suspense fallback={<Loading />}>
          <SeverityWordsPanel
            vulnerability={vulnerability}
            distribution={distribution}
            onDistribution={(next) => put({ distribution: next })}
          />
        </Suspense>
      )}
    </>
  );
}

function Verdict({ answer }: { readonly answer: ExposureAnswer }) {
  const { tone, icon: Icon } = ANSWERS[answer.answer];
  return (
    <section className={`ps-panel ps-answer ps-answer-${tone}`} aria-label={answer.sentence}>
      <h2>
        <Icon /> {words.answers[answer.answer]}
      </h2>
      <p>{answer.sentence}</p>
      {(answer.answer === 'not-judged' || answer.assetsNotJudged > 0) && (
        <p className="ps-subtle">{words.notJudgedNote}</p>
      )}
      {answer.past !== null && <Past past={answer.past} />}
      {answer.counts.idle > 0 && <p className="ps-subtle">{words.idleNote(answer.counts.idle)}</p>}
      {answer.advisory !== null && <Advisory advisory={answer.advisory} vulnerabilities={answer.vulnerabilities} />}
      {answer.advisory === null && <OtherNames answer={answer} />}
      {answer.advisory === null && (
        <dl className="ps-detail-facts">
          <IntelligenceFacts intelligence={answer.intelligence} />
        </dl>
      )}
      {answer.advisory === null && answer.answer === 'affected' && answer.past === null && (
        <AskLink about={{ vulnerability: answer.vulnerabilities[0] ?? answer.vulnerability }} />
      )}
    </section>
  );
}

/** Ids of the same vulnerability, as databases name it. */
function OtherNames({ answer: { vulnerability, vulnerabilities } }: { readonly answer: ExposureAnswer }) {
  const others = vulnerabilities.filter((one) => one !== vulnerability.toUpperCase());
  if (others.length === 0) return null;
  return (
    <p className="ps-links">
      <span className="ps-subtle">{strings.severityWords.aliasOf}</span>
      {others.map((one) => (
        <Link key={one} to="/exposure" search={{ id: one }}>
          {one}
        </Link>
      ))}
    </p>
  );
}

/** What is of that day, and what is not. */
function Past({ past }: { readonly past: NonNullable<ExposureAnswer['past']> }) {
  const { at, historyFrom, assetsUnknownThen, note } = past;
  return (
    <p className="ps-subtle">
      {words.asOf} <Clock at={at} form="exact" />.{' '}
      {historyFrom === null ? (
        words.noHistory
      ) : (
        <>
          {words.historyFrom} <Clock at={historyFrom} form="exact" />.
        </>
      )}{' '}
      {assetsUnknownThen > 0 && words.unknownThen(assetsUnknownThen)} {note}
    </p>
  );
}

function Advisory({
  advisory,
  vulnerabilities,
}: {
  readonly advisory: NonNullable<ExposureAnswer['advisory']>;
  readonly vulnerabilities: readonly string[];
}) {
  const { id, source, summary, url, published } = advisory;
  return (
    <>
      <p>
        {/* The address comes out of a feed: only what leads to a page is made a link. */}
        {url !== null && /^https?:/i.test(url) ? (
          <a href={url} target="_blank" rel="noreferrer noopener">
            {id} <ExternalIcon />
            <span className="ps-unseen"> ({strings.findings.openAdvisory})</span>
          </a>
        ) : (
          id
        )}
        : {summary}
        {published !== null && (
          <span className="ps-subtle">
            {' '}
            · {words.published} <Clock at={published} form="exact" />
          </span>
        )}
      </p>
      {source !== null && (
        <p className="ps-subtle">
          {strings.findings.readFrom} <AdvisorySource source={source} />
        </p>
      )}
      <p className="ps-links">
        <span className="ps-subtle">{words.names}</span>
        {vulnerabilities.map((one) => (
          <Link key={one} to="/exposure" search={{ id: one }}>
            {one}
          </Link>
        ))}
      </p>
    </>
  );
}

/** Release by release: an advisory for one says nothing of another. */
function Releases({ releases }: Pick<ExposureAnswer, 'releases'>) {
  if (releases.length === 0) return null;
  return (
    <>
      <h2 className="ps-subtitle">{words.byRelease}</h2>
      <ul className="ps-lines ps-releases" aria-label={words.byRelease}>
        {releases.map((release) => (
          <li key={release.scope ?? release.name}>
            <strong>{release.name}</strong>
            <span>
              <Tag tone={ANSWERS[release.answer].tone} icon={ANSWERS[release.answer].icon}>
                {words.answers[release.answer]}
              </Tag>{' '}
              {release.sentence}
            </span>
            <span className="ps-subtle">{words.countsOf(release.affected, release.assets)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Why its vendor calls a product not affected. */
function ClaimReason({ claim: { justification, impact } }: { readonly claim: ExposureAnswer['claims'][number] }) {
  if (justification === null && impact === null) return null;
  return (
    <span className="ps-second">
      {justification?.replaceAll('_', ' ')}
      {justification !== null && impact !== null && ': '}
      {impact}
    </span>
  );
}

function Claims({ claims }: Pick<ExposureAnswer, 'claims'>) {
  if (claims.length === 0) return null;
  return (
    <details className="ps-losing">
      <summary>{words.claims(claims.length)}</summary>
      <ul>
        {claims.map((claim) => (
          <li key={`${claim.feed} ${claim.advisory} ${claim.scope} ${claim.package} ${claim.fixed}`}>
            {words.claim(claim.advisory, claim.feed, claim.status.replaceAll(/[_-]/g, ' '))},{' '}
            {words.claimOf(claim.package, claim.scope, claim.fixed)}
            <ClaimReason claim={claim} />
          </li>
        ))}
      </ul>
    </details>
  );
}
