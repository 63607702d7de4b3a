export const CVSS_VERSIONS = ['2.0', '3.0', '3.1', '4.0'] as const;
export type CvssVersion = (typeof CVSS_VERSIONS)[number];

/** Base metrics must be there; the others say more, and count where one of them is defined. */
export type MetricGroup = 'base' | 'threat' | 'environmental' | 'supplemental';

export interface Metric {
  readonly name: string;
  readonly group: MetricGroup;
  readonly values: readonly string[];
}

/** The values that say nothing: ND in version 2, X later. */
export const NOT_DEFINED: readonly string[] = ['ND', 'X'];

function metrics(group: MetricGroup, text: string): Metric[] {
  return text.split(' ').map((definition) => {
    const [name = '', values = ''] = definition.split(':');
    return { name, group, values: values.split(',') };
  });
}

// CVSS v2 guide §3.2.1, §3.2.2, §3.2.3
const VERSION_2: readonly Metric[] = [
  ...metrics('base', 'AV:L,A,N AC:H,M,L Au:M,S,N C:N,P,C I:N,P,C A:N,P,C'),
  ...metrics('threat', 'E:U,POC,F,H,ND RL:OF,TF,W,U,ND RC:UC,UR,C,ND'),
  ...metrics('environmental', 'CDP:N,L,LM,MH,H,ND TD:N,L,M,H,ND CR:L,M,H,ND IR:L,M,H,ND AR:L,M,H,ND'),
];

// CVSS v3.0 and v3.1 specification, table 15
const VERSION_3: readonly Metric[] = [
  ...metrics('base', 'AV:N,A,L,P AC:L,H PR:N,L,H UI:N,R S:U,C C:H,L,N I:H,L,N A:H,L,N'),
  ...metrics('threat', 'E:X,H,F,P,U RL:X,U,W,T,O RC:X,C,R,U'),
  ...metrics(
    'environmental',
    'CR:X,H,M,L IR:X,H,M,L AR:X,H,M,L MAV:X,N,A,L,P MAC:X,L,H MPR:X,N,L,H MUI:X,N,R MS:X,U,C',
  ),
  ...metrics('environmental', 'MC:X,H,L,N MI:X,H,L,N MA:X,H,L,N'),
];

// CVSS v4.0 specification, table 23
const VERSION_4: readonly Metric[] = [
  ...metrics(
    'base',
    'AV:N,A,L,P AC:L,H AT:N,P PR:N,L,H UI:N,P,A VC:H,L,N VI:H,L,N VA:H,L,N SC:H,L,N SI:H,L,N SA:H,L,N',
  ),
  ...metrics('threat', 'E:X,A,P,U'),
  ...metrics(
    'environmental',
    'CR:X,H,M,L IR:X,H,M,L AR:X,H,M,L MAV:X,N,A,L,P MAC:X,L,H MAT:X,N,P MPR:X,N,L,H MUI:X,N,P,A',
  ),
  ...metrics('environmental', 'MVC:X,H,L,N MVI:X,H,L,N MVA:X,H,L,N MSC:X,H,L,N MSI:X,S,H,L,N MSA:X,S,H,L,N'),
  ...metrics('supplemental', 'S:X,N,P AU:X,N,Y R:X,A,U,I V:X,D,C RE:X,L,M,H U:X,Clear,Green,Amber,Red'),
];

export const METRICS: Readonly<Record<CvssVersion, readonly Metric[]>> = {
  '2.0': VERSION_2,
  '3.0': VERSION_3,
  '3.1': VERSION_3,
  '4.0': VERSION_4,
};
