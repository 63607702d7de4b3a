import type { FindingBody, WaitBody } from '@patchsteward/contract';
import { AddressLink } from '../parts/address-link.tsx';
import { Clock } from '../parts/clock.tsx';
import { strings } from '../platform/strings.ts';
import { Fact } from './asset-facts.tsx';

const words = strings.findings;

/** What a finding waited and waits for, from when to when, and whether its clock stands still meanwhile. */
export function FindingWaits({ finding: { waits } }: { readonly finding: FindingBody }) {
  if (waits.length === 0) return null;
  return (
    <Fact term={words.waits}>
      <ul className="ps-binaries">
        {waits.map((wait) => (
          <li key={`${wait.kind} ${wait.subject} ${wait.from}`}>
            <What wait={wait} />{' '}
            <span className="ps-subtle">
              {wait.from === null ? words.waitsSinceBefore : <Clock at={wait.from} form="exact" />} {words.to}{' '}
              {wait.until === null ? words.waitsOpen : <Clock at={wait.until} form="exact" />};{' '}
              {wait.stopsClock ? words.clockStands : words.clockRuns}
            </span>
          </li>
        ))}
      </ul>
    </Fact>
  );
}

function What({ wait: { kind, subject } }: { readonly wait: WaitBody }) {
  if (kind !== 'answered') return words.waitsFor[kind](subject);
  return <AddressLink to={`/exceptions/${subject}`}>{words.waitsAnswered}</AddressLink>;
}
