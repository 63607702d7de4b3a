import type { ExceptionPreview } from '@patchsteward/contract';
import { Fact } from '../1-identification/asset-facts.tsx';
import { Clock } from '../parts/clock.tsx';
import { LaneTag } from '../parts/risk.tsx';
import { Failed } from '../parts/states.tsx';
import { Verdict } from '../parts/verdict.tsx';
import { strings } from '../platform/strings.ts';
import { seatsText } from './exception-state.tsx';

const words = strings.exceptions.ask;

interface PreviewProps {
  /** undefined: not looked up yet. */
  readonly preview: ExceptionPreview | undefined;
  readonly error: Error | null;
  /** Enough is said to look it up. */
  readonly said: boolean;
}

/** What would follow, beside the form that asks for it. */
export function Preview({ preview, error, said }: PreviewProps) {
  return (
    <section className="ps-panel ps-ask-preview" aria-label={words.preview} aria-live="polite">
      <h2>{words.preview}</h2>
      {!said && <p className="ps-subtle">{words.previewFirst}</p>}
      {said && error !== null && <Failed error={error} />}
      {said && error === null && preview === undefined && <p className="ps-subtle">{words.looking}</p>}
      {said && error === null && preview !== undefined && <Told preview={preview} />}
    </section>
  );
}

function Told({ preview }: { readonly preview: ExceptionPreview }) {
  const { basis, dues, seats, raise, untilMax, termDaysMax, refusal } = preview;
  return (
    <>
      {refusal !== null && <Verdict tone="warning" title={refusal} />}
      <p>
        <strong>{words.covers(basis.findings, basis.assets)}</strong>
      </p>
      {basis.findings > 0 && (
        <dl className="ps-detail-facts">
          <Fact term={words.strictest}>
            <LaneTag lane={basis.lane} />
            {basis.exploited > 0 && <span className="ps-second">{words.exploited(basis.exploited)}</span>}
            {basis.fixless > 0 && <span className="ps-second">{words.fixless(basis.fixless)}</span>}
          </Fact>
          {dues.before !== null && dues.after !== null && (
            <Fact term={words.firstDue}>
              <DueChange before={dues.before} after={dues.after} />
            </Fact>
          )}
          <Fact term={words.late}>{words.lateOf(dues.lateBefore, dues.lateAfter)}</Fact>
          <Fact term={words.mustAgree}>{raise ? words.alone : seatsText(seats)}</Fact>
          <Fact term={words.max}>
            <Clock at={untilMax} form="exact" /> <span className="ps-subtle">{words.maxDays(termDaysMax)}</span>
          </Fact>
        </dl>
      )}
      <Findings preview={preview} />
    </>
  );
}

function DueChange({ before, after }: { readonly before: string; readonly after: string }) {
  return (
    <span className="ps-due-change">
      <Clock at={before} form="exact" /> <span className="ps-subtle">{words.becomes}</span>{' '}
      <Clock at={after} form="exact" />
    </span>
  );
}

function Findings({ preview: { covered, basis } }: { readonly preview: ExceptionPreview }) {
  if (covered.length === 0) return null;
  return (
    <>
      <h3>{words.coveredFirst(covered.length, basis.findings)}</h3>
      <ul className="ps-lines ps-previewed">
        {covered.map(({ assetId, assetName, vulnerability, source, due, dueAfter }) => (
          <li key={`${assetId} ${vulnerability} ${source}`}>
            <span>
              {vulnerability} <span className="ps-subtle">{source}</span>
            </span>
            <span>{assetName}</span>
            <DueChange before={due} after={dueAfter} />
          </li>
        ))}
      </ul>
    </>
  );
}
