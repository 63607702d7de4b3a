import type { ExceptionDetail } from '@patchsteward/contract';
import { Link } from '@tanstack/react-router';
import { Clock } from '../parts/clock.tsx';
import { WarningIcon } from '../parts/icons.ts';
import { strings } from '../platform/strings.ts';

const words = strings.exceptions.one;

/** The findings that are answered for, each with its asset; what fell out of it stands first. */
export function CoveredFindings({ one: { covered, coveredTotal } }: { readonly one: ExceptionDetail }) {
  return (
    <section aria-labelledby="covered">
      <h2 id="covered" className="ps-subtitle">
        {words.covered}
      </h2>
      {covered.length === 0 && <p className="ps-subtle">{words.coveredNone}</p>}
      <ul className="ps-lines ps-covered">
        {covered.map((finding) => (
          <Covered key={`${finding.assetId} ${finding.vulnerability} ${finding.source}`} finding={finding} />
        ))}
      </ul>
      {coveredTotal > covered.length && <p className="ps-subtle">{words.coveredMore(covered.length, coveredTotal)}</p>}
    </section>
  );
}

function Covered({ finding }: { readonly finding: ExceptionDetail['covered'][number] }) {
  const { assetId, assetName, vulnerability, source, fallen } = finding;
  return (
    <li>
      <Link to="/assets/$id" params={{ id: assetId }}>
        {assetName}
      </Link>
      <span>
        {vulnerability === null ? (
          words.whatever
        ) : (
          <Link to="/exposure" search={{ id: vulnerability }}>
            {vulnerability}
          </Link>
        )}
      </span>
      <span>{source}</span>
      {fallen !== null && (
        <span className="ps-fallen">
          <WarningIcon /> {words.fallen[fallen.cause]} <Clock at={fallen.at} form="exact" />
        </span>
      )}
    </li>
  );
}
