import type { Assessment } from '@patchsteward/contract';
import { strings } from '../platform/strings.ts';

const words = strings.findings.tableInputs;

type Bod = NonNullable<Assessment['bod']>;
type Ssvc = NonNullable<Assessment['ssvc']>;

interface TableInputsProps {
  readonly table: Bod['table'];
  readonly inputs: readonly string[];
}

/** What went into a published table, and which edition of it: whoever doubts an outcome looks it up there. */
export function TableInputs({ table, inputs }: TableInputsProps) {
  return (
    <span className="ps-subtle">
      {' '}
      {words.of(`${table.name} ${table.version}`)} {inputs.join(', ')}
    </span>
  );
}

export function bodInputs({ knownExploited, exposed, automatable, technicalImpact }: Bod['inputs']): string[] {
  return [
    words.knownExploited[`${knownExploited}`],
    words.exposed[`${exposed}`],
    words.automatable[`${automatable}`],
    words.technicalImpact[technicalImpact ?? 'null'],
  ];
}

export function ssvcInputs({ exploitation, exposure, automatable, humanImpact }: Ssvc['inputs']): string[] {
  return [
    words.exploitation[exploitation],
    words.exposure[exposure],
    words.automatable[`${automatable}`],
    words.humanImpact[humanImpact],
  ];
}
