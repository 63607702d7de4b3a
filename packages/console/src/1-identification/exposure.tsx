import type { ExposedAsset, ExposureAnswer } from '@patchsteward/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ComponentType, useCallback } from 'react';
import { Clock } from '../parts/clock.tsx';
import { DangerIcon, ExternalIcon, GoodIcon, NotJudgedIcon } from '../parts/icons.ts';
import { SearchField } from '../parts/search-field.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { type Column, LoadedSoFar, Table } from '../parts/table.tsx';
import { Tag, type Tone } from '../parts/tag.tsx';
import { VersionChange } from '../parts/version-change.tsx';
import { usePagedRows } from '../platform/pages.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { exposureOf } from './fleet-queries.ts';
import { IntelligenceFacts } from './intelligence.tsx';
import { PAGES_MAX } from './queries.ts';

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
  const { id = '' } = route.useSearch();
  const navigate = route.useNavigate();
  useTitle(words.title);
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
            void navigate({ search: { id: next.slice(0, ID_CHARACTERS_MAX) }, replace: true, resetScroll: false })
          }
        />
      </div>
      {id === '' ? <Empty title={words.askTitle}>{words.ask}</Empty> : <Answer key={id} id={id} />}
    </>
  );
}

function Answer({ id }: { readonly id: string }) {
  const { pages = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery(exposureOf(id));
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
      <Releases releases={page.releases} />
      {rows.length > 0 && (
        <>
          <h2 className="ps-subtitle">{words.assetsTitle(total)}</h2>
          <Table
            label={words.assetsTitle(total)}
            name="exposed"
            columns={ASSET_COLUMNS}
            rows={rows}
            keyOf={keyOf}
            total={total}
            estimatePx={ROW_PX}
            settling={false}
            onNearEnd={loadMore}
          />
          <LoadedSoFar loaded={rows.length} total={rows.length} loading={list.isFetchingNextPage} />
        </>
      )}
      <Claims claims={page.claims} />
    </>
  );
}

function keyOf({ assetId, source, sourceVersion }: ExposedAsset): string {
  return `${assetId} ${source} ${sourceVersion}`;
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
      {answer.advisory !== null && <Advisory advisory={answer.advisory} vulnerabilities={answer.vulnerabilities} />}
      {answer.advisory === null && (
        <dl className="ps-detail-facts">
          <IntelligenceFacts intelligence={answer.intelligence} />
        </dl>
      )}
    </section>
  );
}

function Advisory({
  advisory,
  vulnerabilities,
}: {
  readonly advisory: NonNullable<ExposureAnswer['advisory']>;
  readonly vulnerabilities: readonly string[];
}) {
  const { id, summary, url, published } = advisory;
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

const ASSET_COLUMNS: readonly Column<ExposedAsset>[] = [
  {
    key: 'name',
    header: words.columns.asset,
    cell: (row) => (
      <>
        <Link to="/assets/$id" params={{ id: row.assetId }} className="ps-row-link" data-row-main>
          {row.assetName}
        </Link>
        <span className="ps-second">
          {strings.asset.criticality}: {strings.criticality[row.criticality]} · {strings.asset.exposure}:{' '}
          {strings.exposure[row.exposure]}
        </span>
      </>
    ),
  },
  {
    key: 'version',
    header: words.columns.version,
    cell: (row) => (
      <>
        {row.source} <VersionChange from={row.sourceVersion} to={row.fixed} none={words.noFix} />
        <span className="ps-second">{row.why}</span>
      </>
    ),
  },
  {
    key: 'fix',
    header: words.columns.fix,
    cell: (row) => <Tag tone={row.fixOffered ? 'good' : 'warning'}>{fixText(row)}</Tag>,
  },
  { key: 'due', header: words.columns.since, cell: (row) => <Clock at={row.since} inRow /> },
];

function fixText({ fixed, fixOffered }: ExposedAsset): string {
  if (fixed === null) return words.noFix;
  return fixOffered ? words.offered : words.notOffered;
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
          </li>
        ))}
      </ul>
    </details>
  );
}
