import type { SeverityWords } from '@patchsteward/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Clock } from '../parts/clock.tsx';
import { GoodIcon, WarningIcon } from '../parts/icons.ts';
import { SeverityMark } from '../parts/risk.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { Tag } from '../parts/tag.tsx';
import { strings } from '../platform/strings.ts';
import { Filters, ReleaseFilter } from './fleet-filters.tsx';
import { HeldText } from './held-text.tsx';
import { severityWordsOf } from './severity-words-query.ts';

const words = strings.severityWords;

interface SeverityWordsPanelProps {
  readonly vulnerability: string;
  /** For whose packages; undefined: for those of nobody in particular. */
  readonly distribution: string | undefined;
  readonly onDistribution: (distribution: string | undefined) => void;
}

/** What every source says of a vulnerability, which one is believed, and why. // SOP P2.1 */
export function SeverityWordsPanel({ vulnerability, distribution, onDistribution }: SeverityWordsPanelProps) {
  const asked = useQuery(severityWordsOf(vulnerability, distribution));
  if (asked.isPending) return <Loading />;
  if (asked.data === undefined) return <Failed error={asked.error} onAgain={() => void asked.refetch()} />;
  const { elsewhere, ratings, points, changes, voices } = asked.data;
  return (
    <section className="ps-panel ps-severity-words" aria-label={words.title}>
      <h2>{words.title}</h2>
      <Filters>
        <ReleaseFilter
          label={words.of}
          any={words.nobodys}
          value={distribution}
          scopes={elsewhere.map((one) => one.distribution)}
          onChange={onDistribution}
        />
      </Filters>
      <Believed answer={asked.data} />
      <h3>{words.ratings}</h3>
      {ratings.length === 0 && <p className="ps-subtle">{words.noRatings}</p>}
      <ul className="ps-ratings">
        {ratings.map((rating) => (
          <Rating key={`${rating.source} ${rating.record} ${rating.scale} ${rating.distribution}`} rating={rating} />
        ))}
      </ul>
      <p className="ps-subtle">{words.order(voices.map((voice) => words.voices[voice]))}</p>
      <Points points={points} />
      <Changes changes={changes} />
    </section>
  );
}

function Believed({ answer: { intelligence, cvss, elsewhere, distribution } }: { readonly answer: SeverityWords }) {
  const { severity, severityFrom, said, held } = intelligence;
  const others = elsewhere.filter((one) => one.distribution !== distribution);
  return (
    <>
      <p className="ps-believed">
        <SeverityMark severity={severity} />
        {cvss !== null && <strong>CVSS {cvss.toFixed(1)}</strong>}
        <span>
          {severityFrom === null ? words.nobodySays : words.believed(strings.severity[severity], severityFrom)}
        </span>
      </p>
      {said !== null && <p>{words.security(said.by, said.why)}</p>}
      {held !== undefined && (
        <p className="ps-believed">
          <Tag tone="warning" icon={WarningIcon}>
            {strings.severities.held}
          </Tag>
          <span>
            <HeldText intelligence={intelligence} /> <Clock at={held.since} form="relative" />.{' '}
            {strings.severities.heldKept}
          </span>
          <Link to="/unknown-severities" search={{ state: 'held' }}>
            {words.toQueue}
          </Link>
        </p>
      )}
      {others.length > 0 && (
        <p className="ps-subtle">
          {words.elsewhere}:{' '}
          {others
            .map((one) => words.elsewhereSays(one.distribution, strings.severity[one.severity], one.from))
            .join('; ')}
        </p>
      )}
    </>
  );
}

function Rating({ rating }: { readonly rating: SeverityWords['ratings'][number] }) {
  const { source, voice, distribution, level, stated, score, scale, vector, at, place, problem, record } = rating;
  return (
    <li>
      <div>
        <strong className="ps-break">{source}</strong>
        <span className="ps-second">
          {words.voices[voice]}
          {distribution !== null && ` · ${distribution}`}
        </span>
        <span className="ps-second ps-break">{words.record(record)}</span>
      </div>
      <div>
        {level === 'unknown' ? (
          <span>{stated.level ?? strings.severity.unknown}</span>
        ) : (
          <SeverityMark severity={level} />
        )}
        {score !== null && ` ${score.toFixed(1)}`}
        <span className="ps-second">{words.scales[scale]}</span>
        {vector !== null && <span className="ps-second ps-code ps-break">{vector}</span>}
      </div>
      <div>
        {place === 'believed' ? (
          <Tag tone="good" icon={GoodIcon}>
            {words.places.believed}
          </Tag>
        ) : (
          <Tag>{words.places[place]}</Tag>
        )}
        <span className="ps-second">{at === null ? words.undated : <Clock at={at} form="exact" />}</span>
        {problem !== null && <span className="ps-second">{words.problems[problem]}</span>}
      </div>
    </li>
  );
}

function Points({ points }: Pick<SeverityWords, 'points'>) {
  if (points.length === 0) return null;
  return (
    <>
      <h3>{words.ssvc}</h3>
      <ul className="ps-ratings">
        {points.map(({ source, exploitation, automatable, technicalImpact, at, counts }) => (
          <li key={`${source} ${at}`}>
            <strong className="ps-break">{source}</strong>
            <span>
              {[
                exploitation === null ? words.exploitationUnknown : words.exploitation[exploitation],
                words.automatable[`${automatable}`],
                technicalImpact === null ? words.impactUnknown : words.impact[technicalImpact],
              ].join(' · ')}
            </span>
            <span>
              <Tag tone={counts ? 'good' : 'plain'}>{counts ? words.counts : words.newerCounts}</Tag>
              <span className="ps-second">{at === null ? words.undated : <Clock at={at} form="exact" />}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Changes({ changes }: Pick<SeverityWords, 'changes'>) {
  if (changes.length === 0) return null;
  return (
    <>
      <h3>{words.changes}</h3>
      <ul className="ps-ratings">
        {changes.map(({ at, kind, feed, what, before, after }) => (
          <li key={`${at} ${kind} ${what} ${feed}`}>
            <Clock at={at} form="exact" />
            <span>{words.fromTo(before, after)}</span>
            <span>
              <Tag>{words.kinds[kind]}</Tag>
              <span className="ps-second">{feed === null ? words.byPerson : words.byFeed(feed)}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
