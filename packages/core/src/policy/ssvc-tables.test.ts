import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type DecisionTable, outcomeOf } from './decision-table.ts';
import { BOD_26_04, SSVC_COORDINATOR, SSVC_DEPLOYER, SSVC_HUMAN_IMPACT } from './ssvc-tables.ts';

const folder = resolve(
  import.meta.dirname,
  '../../../..',
  process.env['PATCHSTEWARD_TEST_DATA'] ?? '../shared/data',
  'ssvc',
);

interface Published {
  readonly version: string;
  readonly outcome: string;
  readonly decision_points: Readonly<Record<string, { readonly values: readonly { readonly key: string }[] }>>;
  readonly mapping: readonly Readonly<Record<string, string>>[];
}

type AnyTable = DecisionTable<readonly (readonly string[])[], string>;

const TABLES: readonly [file: string, table: AnyTable, inputs: readonly string[], rows: number][] = [
  ['cisa_bod_26_04_1_0_0.json', BOD_26_04, ['cisa:KEV:1.0.0', 'cisa:PE:1.0.0', 'ssvc:A:2.0.0', 'ssvc:TI:1.0.0'], 16],
  [
    'cisa_coordinator_2_0_3.json',
    SSVC_COORDINATOR,
    ['ssvc:E:1.1.0', 'ssvc:A:2.0.0', 'ssvc:TI:1.0.0', 'ssvc:MWI:1.0.0'],
    36,
  ],
  [
    'deployer_patch_application_priority_1_0_0.json',
    SSVC_DEPLOYER,
    ['ssvc:E:1.1.0', 'ssvc:EXP:1.0.1', 'ssvc:A:2.0.0', 'ssvc:HI:2.0.2'],
    72,
  ],
  ['human_impact_1_0_0.json', SSVC_HUMAN_IMPACT, ['ssvc:SI:2.0.1', 'ssvc:MI:2.0.0'], 16],
];

describe.each(TABLES)('%s', (file, table, inputs, rows) => {
  it('has an outcome for every combination', () => {
    expect(table.inputs.reduce((product, values) => product * values.length, 1)).toBe(rows);
    expect(table.outcomes.length).toBe(rows);
  });

  it.skipIf(!existsSync(folder))('agrees with the published table, row by row', () => {
    const published = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Published;

    const wrong = published.mapping.filter(
      (row) =>
        outcomeOf(
          table,
          inputs.map((input) => row[input] ?? ''),
        ) !== row[published.outcome],
    );

    expect(wrong).toEqual([]);
    expect(published.mapping.length).toBe(rows);
    expect(published.version).toBe(table.version);
    expect(table.inputs).toEqual(inputs.map((input) => published.decision_points[input]?.values.map(({ key }) => key)));
  });
});
