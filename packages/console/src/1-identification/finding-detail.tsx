import type { FindingBody } from '@patchsteward/contract';
import { AskLink } from '../2-evaluation/ask-link.tsx';
import { ExternalIcon } from '../parts/icons.ts';
import { Reasons } from '../parts/reason.tsx';
import { strings } from '../platform/strings.ts';
import { AdvisorySource } from './advisory-source.tsx';
import { AssessmentFacts } from './assessment-facts.tsx';
import { Fact } from './asset-facts.tsx';
import { FindingWaits } from './finding-waits.tsx';
import { IntelligenceFacts } from './intelligence.tsx';

const words = strings.findings;

/** Everything that made this finding, so that a reader can check each step. */
export function FindingDetail({ finding, asset }: { readonly finding: FindingBody; readonly asset: string }) {
  return (
    <div className="ps-detail">
      <p className="ps-why">{finding.why}</p>
      <Reasons title={words.reasons} reasons={finding.reasons} />
      <div className="ps-detail-columns">
        <dl className="ps-detail-facts">
          <Fact term={words.advisory}>
            <AdvisoryLink finding={finding} /> <span className="ps-subtle">{words.fromFeed(finding.feed)}</span>
          </Fact>
          {finding.advisorySource !== null && (
            <Fact term={words.readFrom}>
              <AdvisorySource source={finding.advisorySource} />
            </Fact>
          )}
          <Fact term={words.source}>
            {finding.source} <span className="ps-code">{finding.sourceVersion}</span>
          </Fact>
          <Fact term={words.fixedIn}>
            {finding.fixed === null ? words.noFixBy[finding.status] : <span className="ps-code">{finding.fixed}</span>}
          </Fact>
          <Fact term={words.packages}>
            <Binaries finding={finding} />
          </Fact>
          <Fact term={words.offeredBy}>
            <Offers finding={finding} />
          </Fact>
          <IntelligenceFacts intelligence={finding.intelligence} />
        </dl>
        <dl className="ps-detail-facts">
          <AssessmentFacts assessment={finding.assessment} />
          <FindingWaits finding={finding} />
        </dl>
      </div>
      <AskLink about={{ vulnerability: finding.vulnerability, source: finding.source, asset }} />
      <LosingClaims finding={finding} />
    </div>
  );
}

function AdvisoryLink({ finding }: { readonly finding: FindingBody }) {
  // The address comes out of a feed: only what leads to a page is made a link.
  if (finding.advisoryUrl === null || !/^https?:/i.test(finding.advisoryUrl)) return finding.advisory;
  return (
    <a href={finding.advisoryUrl} target="_blank" rel="noreferrer noopener" data-hint={words.openAdvisory}>
      {finding.advisory} <ExternalIcon />
      <span className="ps-unseen"> ({words.openAdvisory})</span>
    </a>
  );
}

function Binaries({ finding }: { readonly finding: FindingBody }) {
  return (
    <ul className="ps-binaries">
      {finding.packages.map((binary) => (
        <li key={`${binary.name}:${binary.architecture}`}>
          {binary.name}
          <span className="ps-subtle">:{binary.architecture}</span> <span className="ps-code">{binary.version}</span>
          {binary.hold && <strong> ({binary.pin === undefined ? words.held : words.pinned})</strong>}
          {binary.pin !== undefined && <span className="ps-second">{binary.pin}</span>}
        </li>
      ))}
    </ul>
  );
}

function Offers({ finding }: { readonly finding: FindingBody }) {
  if (finding.fixOffered.length === 0) return words.notOffered;
  return (
    <ul className="ps-binaries">
      {finding.fixOffered.map((offer) => (
        <li key={`${offer.name} ${offer.to}`}>
          {offer.name} <span className="ps-code">{offer.to}</span>{' '}
          <span className="ps-subtle">{offer.origins.join(', ')}</span>
        </li>
      ))}
    </ul>
  );
}

/** Ignored is not forgotten: whoever doubts the finding sees what else was said, and why it lost. */
function LosingClaims({ finding }: { readonly finding: FindingBody }) {
  if (finding.losing.length === 0) return null;
  return (
    <details className="ps-losing">
      <summary>{words.losing(finding.losing.length)}</summary>
      <ul>
        {finding.losing.map((claim) => (
          <li key={`${claim.feed} ${claim.advisory} ${claim.status} ${claim.because}`}>
            {words.losingClaim(claim.advisory, claim.feed, claim.status)}: {becauseText(claim.because)}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** A cause this console does not know yet keeps its own word. */
function becauseText(because: string): string {
  const known: Readonly<Record<string, string>> = strings.losingBecause;
  return known[because] ?? because;
}
