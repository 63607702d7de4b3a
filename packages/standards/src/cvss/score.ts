import { type Decimal, toNumber } from './decimal.ts';
import type { CvssVersion } from './metrics.ts';
import { type CvssVector, hasGroup, onlyGroups, parseVector, type VectorFault } from './parse.ts';
import { type CvssSeverity, severityOf } from './severity.ts';
import * as version2 from './version-2.ts';
import * as version3 from './version-3.ts';
import { score as scoreOf4 } from './version-4.ts';

export interface CvssScore {
  readonly version: CvssVersion;
  readonly base: number;
  /** With how mature exploits are (the temporal score of versions 2 and 3); null: the vector says nothing of it. */
  readonly threat: number | null;
  /** With what matters here, and the above; null: the vector says nothing of it. */
  readonly environmental: number | null;
  /** The one that says most: environmental, else threat, else base. */
  readonly overall: number;
  readonly severity: CvssSeverity;
}

/** The scores of a vector of CVSS 2.0, 3.0, 3.1 or 4.0, or why the text is none. */
export function cvssScore(text: string): CvssScore | VectorFault {
  const vector = parseVector(text);
  if ('fault' in vector) return vector;
  const { version } = vector;
  const equations = EQUATIONS[version];

  const base = toNumber(equations.baseScore(vector));
  const threat = hasGroup(vector, 'threat') ? toNumber(equations.temporalScore(vector)) : null;
  const environmental = hasGroup(vector, 'environmental') ? toNumber(equations.environmentalScore(vector)) : null;
  const overall = environmental ?? threat ?? base;
  return { version, base, threat, environmental, overall, severity: severityOf(version, overall) };
}

interface Equations {
  readonly baseScore: (vector: CvssVector) => Decimal;
  readonly temporalScore: (vector: CvssVector) => Decimal;
  readonly environmentalScore: (vector: CvssVector) => Decimal;
}

/** Version 4.0 has one equation: its scores are named by the groups that go in. // CVSS v4.0 §1.3 */
const VERSION_4: Equations = {
  baseScore: (vector) => scoreOf4(onlyGroups(vector, [])),
  temporalScore: (vector) => scoreOf4(onlyGroups(vector, ['threat'])),
  environmentalScore: scoreOf4,
};

const EQUATIONS: Readonly<Record<CvssVersion, Equations>> = {
  '2.0': version2,
  '3.0': version3,
  '3.1': version3,
  '4.0': VERSION_4,
};
