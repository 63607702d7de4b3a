import { CVSS_VERSIONS, type CvssVersion, METRICS, type Metric, type MetricGroup, NOT_DEFINED } from './metrics.ts';

/** A vector with every metric of its version: what it does not name is not defined. */
export interface CvssVector {
  readonly version: CvssVersion;
  readonly values: ReadonlyMap<string, string>;
}

/** Why a text is no vector, and the metric or value in it that is wrong. */
export interface VectorFault {
  readonly fault: keyof typeof VECTOR_FAULTS;
  readonly at: string;
}

export const VECTOR_FAULTS = {
  'too-long': 'it is longer than any vector',
  'unknown-version': 'its version is none of 2.0, 3.0, 3.1 and 4.0',
  'unknown-metric': 'its version has no such metric',
  'unknown-value': 'the metric has no such value',
  'metric-twice': 'the metric stands there twice',
  'metric-missing': 'this metric of the base group is missing',
  'metric-misplaced': 'the metric stands in the wrong place: version 4.0 fixes the order',
} as const;

/** The longest vector of version 4.0 takes about 200. */
const CHARACTERS_MAX = 400;

export function parseVector(text: string): CvssVector | VectorFault {
  if (text.length > CHARACTERS_MAX) return { fault: 'too-long', at: '' };
  const split = splitVersion(text);
  if (split === null) return { fault: 'unknown-version', at: /^CVSS:[^/]*/.exec(text)?.[0] ?? '' };
  const { version, rest } = split;
  const metrics = METRICS[version];

  const values = new Map<string, string>();
  let place = -1;
  for (const part of rest.split('/')) {
    const fault = partFault(part, metrics, values);
    if (fault !== null) return { fault, at: part };
    const [name = '', value = ''] = part.split(':');
    const at = metrics.findIndex((metric) => metric.name === name);
    // CVSS v4.0 §7: any other order is invalid. Versions 2 and 3 only recommend one.
    if (version === '4.0' && at < place) return { fault: 'metric-misplaced', at: part };
    place = at;
    values.set(name, value);
  }
  const missing = metrics.find(({ name, group }) => group === 'base' && !values.has(name));
  return missing === undefined ? { version, values } : { fault: 'metric-missing', at: missing.name };
}

/** Version 2 has no prefix; the National Vulnerability Database puts its vectors in parentheses. */
function splitVersion(text: string): { version: CvssVersion; rest: string } | null {
  const prefix = /^CVSS:([0-9.]+)\//.exec(text);
  if (prefix !== null) {
    const version = CVSS_VERSIONS.find((known) => known === prefix[1]);
    return version === undefined || version === '2.0' ? null : { version, rest: text.slice(prefix[0].length) };
  }
  const bare = /^\((.*)\)$/.exec(text)?.[1] ?? text;
  return bare.startsWith('AV:') ? { version: '2.0', rest: bare } : null;
}

function partFault(
  part: string,
  metrics: readonly Metric[],
  values: ReadonlyMap<string, string>,
): VectorFault['fault'] | null {
  const [name = '', value = '', ...rest] = part.split(':');
  const metric = metrics.find((known) => known.name === name);
  if (metric === undefined) return 'unknown-metric';
  if (values.has(name)) return 'metric-twice';
  return metric.values.includes(value) && rest.length === 0 ? null : 'unknown-value';
}

/** The value of a metric, null where it is not defined. */
export function definedValue({ values }: CvssVector, name: string): string | null {
  const value = values.get(name);
  return value === undefined || NOT_DEFINED.includes(value) ? null : value;
}

/** Whether the vector defines a metric of the group. */
export function hasGroup(vector: CvssVector, group: MetricGroup): boolean {
  return METRICS[vector.version].some((metric) => metric.group === group && definedValue(vector, metric.name) !== null);
}

/** The vector with no more than its base metrics and those of the given groups. */
export function onlyGroups(vector: CvssVector, groups: readonly MetricGroup[]): CvssVector {
  const names = METRICS[vector.version].filter(({ group }) => group === 'base' || groups.includes(group));
  const kept = new Set(names.map(({ name }) => name));
  return { ...vector, values: new Map([...vector.values].filter(([name]) => kept.has(name))) };
}
