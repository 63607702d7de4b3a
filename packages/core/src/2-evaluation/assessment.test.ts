import { expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import { assess } from './assess.ts';
import { byUrgency } from './assessment.ts';
import { asset, facts, finding, NOW } from './testing/samples.ts';

it('sorts by due time, then by priority', () => {
  const routine = finding({ subject: 'routine' });
  const unknown = finding({ subject: 'unknown', intelligence: null });
  const worse = finding({ subject: 'worse', intelligence: facts({ cvss: 9.8 }) });
  const assessed = [routine, unknown, worse].map((one) => ({
    subject: one.subject,
    ...assess(one, asset(), DEFAULT_POLICY, NOW),
  }));

  expect(assessed.sort(byUrgency).map(({ subject }) => subject)).toEqual(['worse', 'unknown', 'routine']);
});
