/** The values that the inputs of a table may take, one list per input. */
type Points = readonly (readonly string[])[];

/**
 * A published decision table: every combination of its inputs with its outcome. Values and outcomes are the table's
 * own keys. The outcomes stand in the order in which the last input changes fastest.
 */
export interface DecisionTable<Inputs extends Points, Outcome extends string> {
  readonly name: string;
  readonly version: string;
  readonly inputs: Inputs;
  readonly outcomes: readonly Outcome[];
}

/** Which edition of a table an outcome comes from: it stands beside each outcome, so that it can be looked up again. */
export type TableName = Pick<DecisionTable<Points, string>, 'name' | 'version'>;

type Row<Inputs extends Points> = { readonly [At in keyof Inputs]: Inputs[At][number] };

/** The outcome of the row with these input values. */
export function outcomeOf<const Inputs extends Points, Outcome extends string>(
  table: DecisionTable<Inputs, Outcome>,
  row: Row<Inputs>,
): Outcome {
  let index = 0;
  for (const [at, values] of table.inputs.entries()) {
    index = index * values.length + values.indexOf(row[at] ?? '');
  }
  const outcome = table.outcomes[index];
  if (outcome === undefined) throw new Error(`${table.name} ${table.version} has no row for ${row.join(', ')}`);
  return outcome;
}
