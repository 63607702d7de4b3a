import type { Intelligence } from '@patchsteward/contract';
import { ExploitedTag, SeverityMark } from '../parts/risk.tsx';
import { strings } from '../platform/strings.ts';
import { dateOnly, instantOf } from '../platform/time.ts';
import { Fact } from './asset-facts.tsx';
import { HeldText } from './held-text.tsx';
import { percent } from './percent.ts';

const words = strings.findings;

/** A date of a feed: a day without a zone. What is no date is shown as the feed wrote it. */
function dateText(text: string): string {
  const instant = instantOf(text);
  return Number.isNaN(instant) ? text : dateOnly(instant);
}

/** What is known of a vulnerability beside the vendor's claim, each with who says so. */
export function IntelligenceFacts({ intelligence }: { readonly intelligence: Intelligence }) {
  const { severity, severityFrom, knownExploited, epss } = intelligence;
  return (
    <>
      <Fact term={words.severity}>
        <SeverityMark severity={severity} />
        {severityFrom !== null && <span className="ps-subtle"> {words.severityFrom(severityFrom)}</span>}
      </Fact>
      {intelligence.held !== undefined && (
        <Fact term={strings.severities.held}>
          <HeldText intelligence={intelligence} /> <span className="ps-subtle">{strings.severities.heldKept}</span>
        </Fact>
      )}
      {knownExploited !== null && (
        <Fact term={words.knownExploited}>
          <ExploitedTag>{words.knownExploitedSince(dateText(knownExploited.added))}</ExploitedTag>{' '}
          {knownExploited.due !== null && words.knownExploitedDue(dateText(knownExploited.due))}
          {knownExploited.ransomware && ` · ${words.ransomware}`}
        </Fact>
      )}
      {epss !== null && (
        <Fact term={words.epss}>
          {words.epssText(percent(epss.score), percent(epss.percentile))}{' '}
          <span className="ps-subtle">({words.epssModel(dateText(epss.date), epss.model)})</span>
        </Fact>
      )}
    </>
  );
}
