import type { Decision } from '@patchsteward/contract';
import { useState } from 'react';
import { percent } from '../1-identification/percent.ts';
import { Action } from '../parts/action.tsx';
import { ExploitedTag, SeverityMark } from '../parts/risk.tsx';
import { strings } from '../platform/strings.ts';

const words = strings.decision;
/** A kernel closes hundreds; the most that anybody reads before asking for the rest. */
const VULNERABILITIES_SHOWN = 8;

/** Packages from and to, and what that closes. */
export function DecisionWhat({ decision }: { readonly decision: Decision }) {
  return (
    <section className="ps-panel" aria-label={words.what}>
      <h2>{words.what}</h2>
      {decision.transactions.map(({ hosts, changes }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: hosts name their transaction by its place
        <div key={place}>
          <p className="ps-subtle">{words.onHosts(hosts, decision.hosts.length)}</p>
          <Changes changes={changes} />
        </div>
      ))}
      <h3>{words.vulnerabilities}</h3>
      <Vulnerabilities decision={decision} />
    </section>
  );
}

export function Changes({ changes }: { readonly changes: Decision['transactions'][number]['changes'] }) {
  return (
    <ul className="ps-changes">
      {changes.map(({ name, architecture, from, to }) => (
        <li key={`${name} ${architecture}`}>
          <strong>{name}</strong>
          <span className="ps-code">
            {from ?? words.newPackage} → {to ?? words.removed}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Vulnerabilities({ decision: { vulnerabilities } }: { readonly decision: Decision }) {
  const [all, setAll] = useState(false);
  if (vulnerabilities.length === 0) return <p>{words.noVulnerabilities}</p>;
  const shown = all ? vulnerabilities : vulnerabilities.slice(0, VULNERABILITIES_SHOWN);
  const more = vulnerabilities.length - shown.length;
  return (
    <>
      <ul className="ps-closes">
        {shown.map(({ id, advisories, intelligence: { severity, knownExploited, epss } }) => (
          <li key={id}>
            <span>
              <strong>{id}</strong>
              <span className="ps-second">{advisories.length === 0 ? words.noAdvisory : advisories.join(', ')}</span>
            </span>
            <span className="ps-tags">
              <SeverityMark severity={severity} />
              {knownExploited !== null && <ExploitedTag>{strings.findings.knownExploited}</ExploitedTag>}
              {epss !== null && <span className="ps-subtle">{strings.findings.epssShort(percent(epss.score))}</span>}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Action variant="link" disabledReason={null} onAct={() => setAll(true)}>
          {words.moreVulnerabilities(more)}
        </Action>
      )}
    </>
  );
}
