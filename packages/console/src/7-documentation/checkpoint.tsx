import type { RecordState } from '@patchsteward/contract';
import { useQuery } from '@tanstack/react-query';
import { Fact } from '../1-identification/asset-facts.tsx';
import { Clock } from '../parts/clock.tsx';
import { CopyLine } from '../parts/copy-line.tsx';
import { numberText, strings } from '../platform/strings.ts';
import { canHash } from './hashing.ts';
import { KeptCheckpoint } from './kept-checkpoint.tsx';
import { keyFingerprint } from './note.ts';

const words = strings.record;
const EXPORT_PATH = '/api/v1/record/export';

/** What the record is now under its signature, and how anybody checks that without believing this server. */
export function Checkpoint({ state }: { readonly state: RecordState }) {
  const { checkpoint, entries, key } = state;
  return (
    <div className="ps-record-tools">
      <section className="ps-panel" aria-label={words.checkpoint.title}>
        <h2>{words.checkpoint.title}</h2>
        {checkpoint === null ? (
          <p>{words.checkpoint.none}</p>
        ) : (
          <>
            <dl className="ps-detail-facts">
              <Fact term={words.checkpoint.size}>
                {numberText(checkpoint.size)}
                {entries > checkpoint.size && (
                  <span className="ps-second">{words.checkpoint.waitingEntries(entries - checkpoint.size)}</span>
                )}
              </Fact>
              <Fact term={words.checkpoint.at}>
                <Clock at={checkpoint.at} />
              </Fact>
              <Fact term={words.checkpoint.root}>
                <span className="ps-code ps-break">{checkpoint.root}</span>
              </Fact>
              <Fact term={words.checkpoint.key}>
                <span className="ps-code ps-break">{key}</span>
                <span className="ps-second">{words.checkpoint.keyHelp}</span>
              </Fact>
              <Fingerprint keyText={key} />
            </dl>
            <details>
              <summary>{words.checkpoint.note}</summary>
              <p className="ps-subtle ps-why">{words.checkpoint.noteHelp}</p>
              <CopyLine label={words.checkpoint.note} text={checkpoint.note} />
            </details>
          </>
        )}
      </section>
      {checkpoint !== null && <KeptCheckpoint keyText={key} />}
      <section className="ps-panel" aria-label={words.export.title}>
        <h2>{words.export.title}</h2>
        <p className="ps-why">{words.export.lead}</p>
        <p>
          <a className="pf-v6-c-button pf-m-secondary" href={EXPORT_PATH} download>
            <span className="pf-v6-c-button__text">{words.export.download}</span>
          </a>
        </p>
        <CopyLine label={words.export.command} text={`patchsteward record verify record.jsonl --key ${key}`} />
        <p className="ps-subtle">
          {words.export.withKept} <code className="ps-code">--checkpoint kept.txt</code>
        </p>
      </section>
    </div>
  );
}

function Fingerprint({ keyText }: { readonly keyText: string }) {
  const { data } = useQuery({
    queryKey: ['record', 'fingerprint', keyText],
    queryFn: () => keyFingerprint(keyText),
    enabled: canHash(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data === undefined) return null;
  return (
    <Fact term={words.checkpoint.fingerprint}>
      <span className="ps-code ps-break">{data}</span>
    </Fact>
  );
}
