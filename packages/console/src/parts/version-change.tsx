import { strings } from '../platform/strings.ts';

interface VersionChangeProps {
  readonly from: string;
  /** null where there is nothing to go to. */
  readonly to: string | null;
  /** The words for that. */
  readonly none: string;
}

/** From one version to another, each on its own line: they are long, and compared character by character. */
export function VersionChange({ from, to, none }: VersionChangeProps) {
  return (
    <span className="ps-versions">
      <span className="ps-unseen">{strings.findings.installed} </span>
      <span className="ps-code">{from}</span>
      <span className="ps-versions-to">
        <span aria-hidden="true">→ </span>
        <span className="ps-unseen">{strings.findings.fixedIn} </span>
        {to === null ? <span className="ps-no-fix">{none}</span> : <span className="ps-code">{to}</span>}
      </span>
    </span>
  );
}
