import type { TrustShown } from '@patchsteward/contract';
import { Fact } from '../1-identification/asset-facts.tsx';
import { Clock } from '../parts/clock.tsx';
import { CopyLine } from '../parts/copy-line.tsx';
import { DangerIcon } from '../parts/icons.ts';
import { Tag } from '../parts/tag.tsx';
import { Verdict } from '../parts/verdict.tsx';
import { roleTitle } from '../people/person-row.tsx';
import { useNow } from '../platform/now.ts';
import { strings } from '../platform/strings.ts';
import { instantOf } from '../platform/time.ts';
import { ruleWords } from '../policy/clauses.ts';

const words = strings.trust;
const LANES = ['routine', 'critical', 'emergency', 'mitigation'] as const;
const CRITICALITIES = ['low', 'normal', 'high', 'critical'] as const;

type RootShown = NonNullable<TrustShown['root']>;

export function Root({ root }: { readonly root: RootShown }) {
  const expired = instantOf(root.expiresAt) < useNow();
  return (
    <div className="ps-clauses">
      {root.profile === 'solo' && (
        <Verdict tone="warning" title={words.soloTitle}>
          <p>{words.soloMeaning}</p>
        </Verdict>
      )}
      <dl className="ps-facts">
        <Fact term={words.organization}>{root.organization}</Fact>
        <Fact term={words.version}>{root.version}</Fact>
        <Fact term={words.profile}>{words.profiles[root.profile]}</Fact>
        <Fact term={words.issued}>
          <Clock at={root.issuedAt} form="exact" />
        </Fact>
        <Fact term={words.expires}>
          <Clock at={root.expiresAt} />{' '}
          {expired && (
            <Tag tone="danger" icon={DangerIcon}>
              {words.expired}
            </Tag>
          )}
        </Fact>
        <Fact term={words.threshold}>{words.thresholdText(root.threshold, root.rootSigners.join(', '))}</Fact>
        <Fact term={words.hash}>
          <span className="ps-code ps-break">{root.hash}</span>
          <span className="ps-second">{words.hashHelp}</span>
        </Fact>
        <Fact term={words.authority}>
          <span className="ps-code ps-break">{root.authority ?? words.authorityAny}</span>
        </Fact>
      </dl>
      <People root={root} />
      <Seats root={root} />
      <Machines root={root} />
      <section className="ps-panel" aria-label={words.changeTitle}>
        <h2>{words.changeTitle}</h2>
        <p className="ps-why">{words.changeLead}</p>
        <CopyLine
          label={words.changeCommand}
          text={`patchsteward trust change root.json --out root-${root.version + 1}.json --help`}
        />
      </section>
    </div>
  );
}

function People({ root }: { readonly root: RootShown }) {
  return (
    <section className="ps-clause" aria-label={words.peopleTitle}>
      <h2>{words.peopleTitle}</h2>
      <ul className="ps-key-people">
        {root.people.map(({ login, name, roles, keys }) => (
          <li key={login}>
            <div>
              <strong>{name}</strong>
              <span className="ps-second">{login}</span>
            </div>
            <div className="ps-tags">
              {roles.length === 0 ? words.noRoles : roles.map((role) => <Tag key={role}>{roleTitle(role)}</Tag>)}
            </div>
            <ul>
              {keys.map(({ keyid, kind, class: keyClass }) => (
                <li key={keyid}>
                  {kind} · {words.keyClass[keyClass]} <span className="ps-code ps-break ps-second">{keyid}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Seats({ root }: { readonly root: RootShown }) {
  return (
    <section className="ps-clause" aria-label={words.seatsTitle}>
      <h2>{words.seatsTitle}</h2>
      <p>{root.ownApprovals ? words.seatsOwn : words.seatsDefault}</p>
      <table className="ps-clause-table" aria-label={words.seatsTitle}>
        <thead>
          <tr>
            <th scope="col">{words.seatColumns.lane}</th>
            {CRITICALITIES.map((level) => (
              <th key={level} scope="col">
                {words.seatColumns[level]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {LANES.map((lane) => (
            <tr key={lane}>
              <th scope="row">{strings.lane[lane]}</th>
              {CRITICALITIES.map((level) => (
                <td key={level} data-label={words.seatColumns[level]}>
                  {ruleWords(root.approvals[lane][level])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Machines({ root }: { readonly root: RootShown }) {
  return (
    <section className="ps-clause" aria-label={words.machinesTitle}>
      <h2>{words.machinesTitle}</h2>
      {root.machines.length === 0 && <p className="ps-subtle">{words.noMachines}</p>}
      <ul className="ps-key-people">
        {root.machines.map(({ name, role, keyid }) => (
          <li key={name}>
            <strong>{name}</strong>
            <span>{role === 'prober' ? words.machineRole.prober : role}</span>
            <span className="ps-code ps-break ps-second">{keyid}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
