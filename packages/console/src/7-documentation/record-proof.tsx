import type { RecordEntryBody } from '@patchsteward/contract';
import type { CallAnswer } from '@patchsteward/contract/client';
import { useQuery } from '@tanstack/react-query';
import { Fact } from '../1-identification/asset-facts.tsx';
import { DangerIcon, GoodIcon, WarningIcon } from '../parts/icons.ts';
import { Failed } from '../parts/states.tsx';
import { Verdict } from '../parts/verdict.tsx';
import { strings } from '../platform/strings.ts';
import type { EntryVerdict, PathStep } from './proof.ts';
import { recordProof } from './queries.ts';

const words = strings.record.proof;

/** An entry with its bytes, and whether they are what was signed. The browser computes that, not the server. */
export function RecordDetail({ entry }: { readonly entry: RecordEntryBody }) {
  const proof = useQuery(recordProof(entry.id));
  return (
    <div className="ps-detail ps-record-detail">
      <h2>{words.payload}</h2>
      <pre className="ps-code ps-payload">
        {JSON.stringify(proof.data?.proof.entry.payload ?? entry.payload, null, 2)}
      </pre>
      <h2>{words.title}</h2>
      {proof.isPending && <p role="status">{words.checking}</p>}
      {proof.isError && <Failed error={proof.error} onAgain={() => void proof.refetch()} />}
      {proof.data !== undefined && <Proved proof={proof.data.proof} verdict={proof.data.verdict} />}
    </div>
  );
}

interface ProvedProps {
  readonly proof: CallAnswer<'record.prove'>;
  /** null: this browser cannot compute hashes here. */
  readonly verdict: EntryVerdict | null;
}

function Proved({ proof, verdict }: ProvedProps) {
  if (verdict === null) {
    return (
      <Verdict tone="warning" title={words.insecure}>
        <p>{words.insecureLead}</p>
      </Verdict>
    );
  }
  return (
    <>
      <Verdict tone={verdict.holds ? 'good' : 'danger'} title={verdict.holds ? words.holds : words.fails}>
        <ul className="ps-proof-steps">
          <Step ok={verdict.leaf.right}>{verdict.leaf.right ? words.steps.leaf.right : words.steps.leaf.wrong}</Step>
          <Step ok={verdict.root.right}>
            {verdict.root.right ? words.steps.root.right(verdict.steps.length) : words.steps.root.wrong}
          </Step>
          <Step ok={verdict.signature === 'unknown' ? null : verdict.signature === 'right'}>
            {words.steps.signature[verdict.signature]}
          </Step>
        </ul>
        {!verdict.holds && <p>{words.failsLead}</p>}
      </Verdict>
      <p className="ps-subtle">{words.at(proof.entry.index, verdict.note?.size ?? proof.checkpoint.size)}</p>
      <dl className="ps-detail-facts">
        <Hash term={words.leafHash} value={verdict.leaf.computed} />
        {verdict.root.computed !== null && !verdict.root.right && (
          <Hash term={words.computedRoot} value={verdict.root.computed} />
        )}
        <Hash term={words.signedRoot} value={verdict.note?.root ?? proof.checkpoint.root} />
      </dl>
      <Path steps={verdict.steps} />
      <section className="ps-meaning" aria-label={words.meaning}>
        <h2>{words.meaning}</h2>
        <p>{words.proves}</p>
        <p>{words.provesNot}</p>
      </section>
    </>
  );
}

function Step({ ok, children }: { readonly ok: boolean | null; readonly children: string }) {
  if (ok === null) {
    return (
      <li className="ps-step-unknown">
        <WarningIcon /> {children}
      </li>
    );
  }
  return (
    <li className={ok ? 'ps-step-right' : 'ps-step-wrong'}>
      {ok ? <GoodIcon /> : <DangerIcon />} {children}
    </li>
  );
}

function Hash({ term, value }: { readonly term: string; readonly value: string }) {
  return (
    <Fact term={term}>
      <span className="ps-code ps-break">{value}</span>
    </Fact>
  );
}

/** For whoever wants to compute it again by hand. */
function Path({ steps }: { readonly steps: readonly PathStep[] }) {
  if (steps.length === 0) return null;
  return (
    <details className="ps-path">
      <summary>{words.path(steps.length)}</summary>
      <ol>
        {steps.map(({ beside, side, made }) => (
          <li key={made}>
            <span className="ps-subtle">
              {words.pathColumns.beside} ({words[side]})
            </span>{' '}
            <span className="ps-code ps-break">{beside}</span>
            <br />
            <span className="ps-subtle">{words.pathColumns.made}</span> <span className="ps-code ps-break">{made}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
