/** The words of the policy screen. The clauses themselves stand in policy/clauses.ts, with the figures in them. */
export const policy = {
  title: 'Policy',
  lead: 'The procedure with the figures that this server works by. Whoever changes a figure changes the procedure, and every plan names the hash of all of them.',
  version: 'Version',
  hash: 'Hash',
  hashHelp: 'Stands in every plan that people sign.',
  source: 'From',
  own: 'the procedure’s own figures',
  file: (file: string) => `the procedure’s own figures, with those of ${file} laid over them`,
  howToChange: 'How to change it',
  change:
    'Write the figures that are to differ into a JSON file, name it in the setting policy, and start the server again. A figure that does not exist or cannot be stops the start. Plans that are signed already keep the policy they were signed under.',
  changeCommand: 'Command that prints all figures',
  contents: 'Clauses',
  nothing: 'none',
  unit: {
    day: (count: string, one: boolean) => `${count} ${one ? 'day' : 'days'}`,
    hour: (count: string, one: boolean) => `${count} ${one ? 'hour' : 'hours'}`,
    minute: (count: string, one: boolean) => `${count} ${one ? 'minute' : 'minutes'}`,
    second: (count: string, one: boolean) => `${count} ${one ? 'second' : 'seconds'}`,
  },
  lane: { routine: 'Routine', critical: 'Critical', emergency: 'Emergency', mitigation: 'Mitigation' },
  clauses: {
    identify: {
      title: 'P1 Identification',
      text: (lag: string) =>
        `Inventories of all assets and the advisories of their vendors are kept up to date and compared. The clock of an update runs from its release. An advisory that is first seen within ${lag} of the release was our own delay, and the clock is not set back for it; what is older was released before the asset was looked at, is shown as backlog, and is due one full term after it was first seen.`,
    },
    due: {
      title: 'S1 S2 S3 Due times',
      routine: (due: string) => `Regular updates are deployed within ${due} of their release.`,
      critical: (cvss: string, due: string) =>
        `Updates that close a vulnerability with a CVSS base score of ${cvss} or more, or of a severity that nobody knows yet, are critical: they are deployed within ${due} of their release.`,
      emergency: (exposed: string, other: string) =>
        `Emergency patches are deployed at once: within ${exposed} on assets that can be reached from outside, and within ${other} on all others.`,
      mitigation: (due: string) => `Where no fix exists and attacks are known, a mitigation is in place within ${due}.`,
      endOfLife: (lane: string, due: string, warn: string) =>
        `A platform past its support is a finding of the lane “${lane}”, due ${due} after its end or after its first sight; people are warned ${warn} before.`,
      bod: {
        true: 'The due dates of CISA’s BOD 26-04 bind this organization; the shorter one wins.',
        false: 'The due dates of CISA’s BOD 26-04 are computed and shown; they do not bind this organization.',
      },
      kev: {
        true: 'The due dates in the catalog of known exploited vulnerabilities bind this organization; the shorter one wins.',
        false:
          'The due dates in the catalog of known exploited vulnerabilities are shown; they do not bind this organization.',
      },
    },
    evaluate: {
      title: 'P2 Evaluation and priority',
      voices: (voices: string) =>
        `Where several sources rate a vulnerability, the first of these who speaks is believed: ${voices}. The word of Security stands before all of them.`,
      voice: {
        vendor: 'the vendor of the distribution',
        cna: 'the numbering authority (CNA)',
        adp: 'an authorized publisher, such as CISA (ADP)',
        nvd: 'NVD',
        aggregator: 'an aggregator',
        'other-vendor': 'the vendor of another distribution',
      },
      text: (scale: string) =>
        `Among updates of equal urgency the priority orders the work: impact times likelihood times criticality times exposure, times ${scale}, which makes the highest possible product 100.`,
      impact: 'Impact by severity, where no CVSS base score is known',
      likelihood: 'Likelihood of an attack, at least, whatever EPSS says',
      epss: 'Likelihood of an attack by EPSS, where it is more',
      epssModel: (model: string) => `Likelihood of an attack by the scores of EPSS ${model}`,
      percentile: (from: string) => `from percentile ${from}`,
      score: (from: string) => `from score ${from}`,
      any: 'any vulnerability',
      publicPoc: 'with a public proof of concept',
      active: 'with known attacks',
      criticality: 'Weight by criticality of the asset',
      exposure: 'Weight by exposure of the asset',
      ssvcImpact: 'What the criticality of an asset means in the tables of SSVC (human impact)',
      ssvcExposure: 'What the exposure of an asset means there (system exposure)',
      human: { L: 'low', M: 'medium', H: 'high', VH: 'very high' },
      system: { S: 'small', C: 'controlled', O: 'open' },
    },
    respond: {
      title: 'P2.1 Risk responses',
      text: 'A risk may be accepted, mitigated, transferred or avoided until a day, and its lane or due time overridden. Whoever asks never agrees; Security alone makes something more urgent, at once. On that day, or when it gets worse than what was agreed to, the finding is open again by itself, with its clock where it stood.',
      term: 'It stands for at most',
      seats: 'Who must agree, each another person',
    },
    test: {
      title: 'P3 Testing',
      text: 'Updates are first deployed to the test ring, hosts that are not production, and watched there. Each pair of versions needs hosts that proved it before production follows.',
      coolingOff: 'Wait after the release, for updates without a security origin',
      testStart: 'Test hosts start within',
      testSoak: 'The test ring is watched for',
      proven: 'Hosts that proved a pair of versions, at least',
      testDebt: 'A test that was put off is made up for within',
    },
    backup: {
      title: 'P4 Backup',
      text: 'No asset of production is changed without a proof, signed on the side of the backups, or the signed waiver of its owner.',
      age: 'The snapshot is at most as old as',
      integrity: 'The repository was checked at most before',
    },
    approve: {
      title: 'P5 Change requests and approval',
      text: 'People sign a plan, host by host and byte for byte. Whoever asks for a change never counts as one of its approvers. Each seat below is filled by a person of its own.',
      seats: (criticality: string) => `Seats for assets of ${criticality} criticality`,
      criticality: { low: 'low', normal: 'normal', high: 'high', critical: 'critical' },
      or: ' or ',
      and: ', and ',
      cli: (count: number) =>
        count === 1
          ? '; one of the signatures on the command line'
          : `; ${count} of the signatures on the command line`,
      several: (count: number, people: string) => `${count} of: ${people}`,
      ask: 'Without an answer, the next in line are asked after',
      authority: 'Signatures under a plan hold for',
      from: {
        due: (span: string) => `${span} after it was due`,
        compiled: (span: string) => `${span} after it was made`,
      },
    },
    deploy: {
      title: 'P6 Deployment',
      text: 'Hosts start in the maintenance windows of their group alone. Waves grow only as fast as the hosts before them proved the change, and stop by themselves.',
      notice: 'Stakeholders are told before the first wave by',
      waveShare: 'A wave takes, of the plan and of each redundancy group, at most',
      expectedFailures: 'Failures that a wave may be expected to have',
      waveSoak: 'After each wave the next one waits for',
      soak: 'After the last wave production is watched for',
      pause: 'The rollout pauses at',
      pauseAt: (failures: number, percent: string, alike: number) =>
        `${failures} ${failures === 1 ? 'failure' : 'failures'} or ${percent} % of the attempts, whichever is more; or ${alike} alike`,
      reserve: 'A start leaves of its window, beyond the expected duration',
      rollback: 'A host may go back by itself within',
      never: 'never',
    },
    schedule: {
      title: 'P6.1 Windows and starts',
      text: (f: ScheduleTexts) =>
        `Both ends of a window are kept free for ${f.guard}, since clocks differ. Where nothing was measured, a transaction is taken to last ${f.duration}. A host gets at least ${f.startSpan} in which to start; a member of a redundancy group gets ${f.strict} for itself before its fellows. A plan holds up to ${f.spares} spare ${f.spares === '1' ? 'span' : 'spans'} for each host, at least ${f.spacing} apart, so that a slip needs no new signatures.`,
    },
    document: {
      title: 'P7 Documentation',
      text: 'Every change, every verdict and every signature is an entry of the record, in an order that nobody can change unseen. A closed campaign has a report, and is sealed.',
    },
  },
} as const;

interface ScheduleTexts {
  readonly guard: string;
  readonly duration: string;
  readonly startSpan: string;
  readonly strict: string;
  readonly spares: string;
  readonly spacing: string;
}
