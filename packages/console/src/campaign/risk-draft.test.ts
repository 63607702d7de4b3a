import { StatementDraftRequest } from '@patchsteward/contract';
import { expect, test } from 'vitest';
import { NO_RISK_DRAFT, riskStatement } from './risk-draft.ts';

test.each([
  ['', []],
  ['nginx.service', ['nginx.service']],
  ['  b.service, a.service\n b.service ', ['a.service', 'b.service']],
])('units written as %j are signed as %j', (restarts, units) => {
  const statement = riskStatement({ ...NO_RISK_DRAFT, restarts, note: ' small ' });
  expect(statement).toMatchObject({ kind: 'risk.assessed', body: { restarts: units, note: 'small' } });
  expect(StatementDraftRequest.parse(statement)).toEqual(statement);
});
