import type { UpdateBody } from '@patchsteward/contract';
import { AskLink } from '../2-evaluation/ask-link.tsx';
import { Reasons } from '../parts/reason.tsx';
import { strings } from '../platform/strings.ts';
import { AssessmentFacts } from './assessment-facts.tsx';
import { Fact } from './asset-facts.tsx';

const words = strings.updates;

/** Where an update comes from, what it fixes, and why it is of its kind. */
export function UpdateDetail({ update, asset }: { readonly update: UpdateBody; readonly asset: string }) {
  return (
    <div className="ps-detail">
      <p className="ps-why">{update.kindWhy}</p>
      {update.hold && <p>{update.pin === undefined ? words.heldWhy : words.pinnedBy(update.pin)}</p>}
      {update.phased && <p>{words.phasedWhy}</p>}
      <Reasons title={strings.findings.reasons} reasons={update.reasons} />
      <div className="ps-detail-columns">
        <dl className="ps-detail-facts">
          <Fact term={words.source}>
            {update.source} <span className="ps-code">{update.sourceVersion}</span>
          </Fact>
          <Fact term={words.origins}>
            {update.origins.length === 0 ? (
              words.noOrigins
            ) : (
              <ul className="ps-binaries">
                {update.origins.map((origin) => (
                  <li key={origin}>{origin}</li>
                ))}
              </ul>
            )}
          </Fact>
          <Fact term={words.fixes}>{update.fixes.length === 0 ? words.noFixes : update.fixes.join(', ')}</Fact>
        </dl>
        {update.assessment !== null && (
          <dl className="ps-detail-facts">
            <AssessmentFacts assessment={update.assessment} />
          </dl>
        )}
      </div>
      {update.fixes.length > 0 && <AskLink about={{ source: update.source, asset }} />}
    </div>
  );
}
