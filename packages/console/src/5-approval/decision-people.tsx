import type { Decision } from '@patchsteward/contract';
import { Clock } from '../parts/clock.tsx';
import { GoodIcon } from '../parts/icons.ts';
import { Tag } from '../parts/tag.tsx';
import { strings } from '../platform/strings.ts';

const words = strings.decision;

/** Who asks, who signed with what, which seats are empty and who could fill them. */
export function DecisionPeople({ decision }: { readonly decision: Decision }) {
  return (
    <section className="ps-panel" aria-label={words.people}>
      <h2>{words.people}</h2>
      {decision.kind !== 'test' && <Request decision={decision} />}
      {decision.seats.length > 0 && <Seats decision={decision} />}
      {decision.agreements.length > 0 && <Agreements decision={decision} />}
      <h3>{words.signatures}</h3>
      <Signatures decision={decision} />
    </section>
  );
}

function Request({ decision: { change, requester } }: { readonly decision: Decision }) {
  return (
    <>
      <h3>{words.request}</h3>
      {change === null ? (
        <p className="ps-subtle">{words.noRequest(requester.name)}</p>
      ) : (
        <blockquote className="ps-request">
          <p>{change.why}</p>
          <footer className="ps-subtle">
            {change.person}, <Clock at={change.at} form="relative" />
          </footer>
        </blockquote>
      )}
    </>
  );
}

function Seats({ decision: { seats, cliSignatures } }: { readonly decision: Decision }) {
  return (
    <>
      <h3>{words.seats}</h3>
      <ul className="ps-seats">
        {seats.map(({ roles, filledBy, couldFill }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two seats may be for the same roles, and none moves
          <li key={place}>
            <span>{words.seatOf(roles.map((role) => strings.roleTitle[role]).join(strings.reason.or))}</span>
            {filledBy === null ? (
              <span className="ps-subtle">
                <Tag>{words.seatEmpty}</Tag>{' '}
                {couldFill.length === 0
                  ? words.seatForNobody
                  : words.seatFor(couldFill.map(({ name }) => name).join(', '))}
              </span>
            ) : (
              <Tag tone="good" icon={GoodIcon}>
                {words.seatFilled(filledBy.name)}
              </Tag>
            )}
          </li>
        ))}
      </ul>
      <p className="ps-subtle">{words.cli(cliSignatures.given, cliSignatures.wanted)}</p>
    </>
  );
}

function Agreements({ decision: { agreements } }: { readonly decision: Decision }) {
  return (
    <>
      <h3>{words.agreements}</h3>
      <ul>
        {agreements.map(({ owner, agreed, hosts }) => (
          <li key={owner ?? ''}>{words.agreementOf(owner ?? words.anyOwner, agreed, hosts)}</li>
        ))}
      </ul>
    </>
  );
}

function Signatures({ decision: { signatures } }: { readonly decision: Decision }) {
  if (signatures.length === 0) return <p className="ps-subtle">{words.noSignatures}</p>;
  return (
    <ul className="ps-signatures">
      {signatures.map(({ login, name, intent, keyClass, at }) => (
        <li key={`${login} ${intent} ${keyClass} ${at}`}>
          <strong>{name}</strong> {words.intent[intent]}{' '}
          <span className="ps-subtle">
            {words.keyClass[keyClass]}, <Clock at={at} form="relative" />
          </span>
        </li>
      ))}
    </ul>
  );
}
