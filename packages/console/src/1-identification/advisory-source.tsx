import type { AdvisorySourceBody } from '@patchsteward/contract';
import { strings } from '../platform/strings.ts';

const words = strings.findings.advisorySource;

/** Where an advisory was read from and what vouches for it, so that a reader can hold it against its vendor's own. */
export function AdvisorySource({ source }: { readonly source: AdvisorySourceBody }) {
  return (
    <>
      {words.of[source.of]}, {words.checkedBy[source.checkedBy](source.signedBy)}
      <span className="ps-second ps-break">{source.sha256}</span>
    </>
  );
}
