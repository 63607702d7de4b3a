import { describe, expect, it } from 'vitest';
import { bytesOf, faultOf } from '../testing/fault.ts';
import { csafIdentityOf, parseCsaf } from './parse.ts';
import { csafDocument, leaf, productOf, related, vulnerability } from './testing/document.ts';

const parse = (...documents: unknown[]) => parseCsaf(bytesOf(documents.map((one) => JSON.stringify(one)).join('\n')));

/** `scope name status ranges versions`, one line for each claim. */
const linesOf = (document: unknown) =>
  parse(document).claims.map(({ scope, packageName, status, ranges, versions }) => {
    const intervals = ranges.map(({ introduced, fixed, lastAffected }) => {
      return `${introduced ?? ''}..${fixed ?? (lastAffected === null ? '' : `=${lastAffected}`)}`;
    });
    return [scope, packageName, status, ...intervals, ...versions].join(' ');
  });

const router = (...leaves: Parameters<typeof productOf>[1][]) => ({ branches: [productOf('Router 9000', ...leaves)] });
const repository = (id: string, cpe: string) => leaf('product_name', id, id, { cpe });
const rpm = (id: string, purl?: string) => leaf('product_version', id, id, purl === undefined ? undefined : { purl });

describe('a document about a product', () => {
  it('is an advisory with the words of its vendor', () => {
    const read = parse(
      csafDocument({
        tree: router(leaf('product_version_range', '<V2.1', 'p1')),
        vulnerabilities: [vulnerability({ known_affected: ['p1'] })],
      }),
    );

    expect(read.advisories).toEqual([
      {
        feed: 'csaf',
        id: 'VENDOR-2026-1',
        summary: 'An update for what we make',
        published: Date.UTC(2026, 1, 1),
        publishedPrecision: 'day',
        modified: Date.UTC(2026, 2, 1, 10),
        withdrawn: null,
        aliases: [],
        vulnerabilities: ['CVE-2026-0001'],
        references: ['https://vendor.example/1'],
      },
    ]);
    expect(read.claims).toMatchObject([
      {
        advisory: 'VENDOR-2026-1',
        authority: 'vendor-advisory',
        scope: 'product',
        packageName: 'vendor/router-9000',
        ranges: [{ introduced: null, fixed: 'V2.1', lastAffected: null }],
      },
    ]);
    expect(read.dataAsOf).toBe(Date.UTC(2026, 2, 1, 10));
  });

  it.each([
    [
      'of its branch',
      'Router 9000',
      [
        ['17.3', '< 17.3.5'],
        ['17.6.x', '<=V17.6.2'],
      ],
      '17.3..17.3.5 17.6..=V17.6.2',
    ],
    [
      'that touch as one',
      'Router 9000',
      [
        ['', '< 17.3.5'],
        ['', '< 17.6.2'],
      ],
      '..17.6.2',
    ],
    ['of another branch as it stands', 'Router 9000', [['17.3', '< 17.6.2']], '..17.6.2'],
    ['of its branch as it says it', 'Router 9000', [['17.3', '>=17.3.2|<17.3.5']], '17.3.2..17.3.5'],
  ])('reads a range %s', (_, name, ranges, expected) => {
    const leaves = ranges.map(([branch, range], at) => {
      const inner = leaf('product_version_range', range ?? '', `p${at}`);
      return branch === '' ? inner : { category: 'product_version', name: branch, branches: [inner] };
    });
    const document = csafDocument({
      tree: { branches: [productOf(name, ...leaves)] },
      vulnerabilities: [vulnerability({ known_affected: ranges.map((__, at) => `p${at}`) })],
    });

    expect(linesOf(document)).toEqual([`product vendor/router-9000 affected ${expected}`]);
  });

  it('keeps each fix of a product whose branches are mended side by side', () => {
    const ranges = ['< 7.2.7', '< 7.4.3', '< 7.4.3'].map((range, at) => leaf('product_version_range', range, `p${at}`));
    const product = { category: 'product_name', name: 'FortiOS', branches: ranges };
    const document = csafDocument({
      tree: { branches: [{ category: 'vendor', name: 'Fortinet', branches: [product] }] },
      vulnerabilities: [vulnerability({ known_affected: ['p0', 'p1', 'p2'] })],
    });

    expect(linesOf(document)).toEqual(['product fortinet/fortios affected ..7.2.7 ..7.4.3']);
  });

  it('keeps apart what is affected, fixed, not affected and looked into', () => {
    const lines = linesOf(
      csafDocument({
        category: 'csaf_vex',
        tree: router(
          leaf('product_version', '2.0', 'p20'),
          leaf('product_version', '2.1', 'p21'),
          leaf('product_version', '3.0', 'p30'),
          leaf('product_version_range', 'vers:generic/<2.0', 'old'),
        ),
        vulnerabilities: [
          vulnerability({
            known_affected: ['p20'],
            fixed: ['p21'],
            known_not_affected: ['old'],
            under_investigation: ['p30'],
            recommended: ['p21'],
          }),
        ],
      }),
    );

    expect(lines).toEqual([
      'product vendor/router-9000 affected 2.0',
      'product vendor/router-9000 fixed 2.1',
      'product vendor/router-9000 not_affected ..2.0',
      'product vendor/router-9000 under_investigation 3.0',
    ]);
  });

  it('says what the vendor will not do, and why something is not affected', () => {
    const { claims } = parse(
      csafDocument({
        category: 'csaf_vex',
        tree: {
          ...router(
            leaf('product_version', '1', 'p1'),
            leaf('product_version', '2', 'p2'),
            leaf('product_version', '3', 'p3'),
            leaf('product_version', '4', 'p4'),
          ),
          product_groups: [{ group_id: 'g', product_ids: ['p1', 'p2'] }],
        },
        vulnerabilities: [
          vulnerability(
            { known_affected: ['p1', 'p2', 'p3'], known_not_affected: ['p4'] },
            {
              remediations: [
                { category: 'no_fix_planned', details: 'too old', group_ids: ['g'] },
                { category: 'vendor_fix', details: 'update', product_ids: ['p2'] },
                { category: 'none_available', details: 'later', product_ids: ['p3'] },
              ],
              flags: [{ label: 'vulnerable_code_not_present', product_ids: ['p4'] }],
            },
          ),
        ],
      }),
    );

    expect(
      claims.map(({ status, versions, justification, authority }) => [status, versions, justification, authority]),
    ).toEqual([
      ['wont_fix', ['1'], undefined, 'vendor-status'],
      ['affected', ['2'], undefined, 'vendor-status'],
      ['deferred', ['3'], undefined, 'vendor-status'],
      ['not_affected', ['4'], 'vulnerable_code_not_present', 'vendor-status'],
    ]);
  });

  const reasons: readonly [string, Readonly<Record<string, unknown>>, object][] = [
    [
      'a flag',
      { flags: [{ label: 'component_not_present', product_ids: ['p'] }] },
      { justification: 'component_not_present' },
    ],
    [
      'a flag of all products',
      { flags: [{ label: 'component_not_present' }] },
      { justification: 'component_not_present' },
    ],
    ['a flag of another product', { flags: [{ label: 'component_not_present', product_ids: ['q'] }] }, {}],
    ['a flag that the standard has not', { flags: [{ label: 'we_say_so', product_ids: ['p'] }] }, {}],
    ['a statement', { threats: [impact(' No Java\n is  included. ')] }, { impact: 'No Java is included.' }],
    ['a statement of nobody in particular', { threats: [{ category: 'impact', details: 'No Java.' }] }, {}],
    ['a severity', { threats: [impact('Moderate')] }, {}],
    ['another threat', { threats: [{ ...impact('No Java.'), category: 'exploit_status' }] }, {}],
    ['a long statement', { threats: [impact('x'.repeat(501))] }, { impact: `${'x'.repeat(499)}…` }],
    [
      'both',
      { flags: [{ label: 'component_not_present', product_ids: ['p'] }], threats: [impact('No Java.')] },
      { justification: 'component_not_present', impact: 'No Java.' },
    ],
  ];

  function impact(details: string) {
    return { category: 'impact', details, product_ids: ['p'] };
  }

  it.each(reasons)('is not affected by %s', (_, members, because) => {
    const { claims } = parse(
      csafDocument({
        category: 'csaf_vex',
        tree: router(leaf('product_version', '1', 'p'), leaf('product_version', '2', 'q')),
        vulnerabilities: [vulnerability({ known_not_affected: ['p'], known_affected: ['q'] }, members)],
      }),
    );

    const [claim] = claims.filter(({ status }) => status === 'not_affected');
    const { justification, impact: words } = claim ?? {};
    expect({ justification, impact: words }).toEqual({ justification: undefined, impact: undefined, ...because });
    // What is affected has no reason not to be.
    expect(claims.filter((one) => one.status === 'affected' && ('justification' in one || 'impact' in one))).toEqual(
      [],
    );
  });

  it('is known by its name, its order number and its CPE', () => {
    const helper = { model_numbers: ['6GK5', 'RT*'], cpe: 'cpe:2.3:h:vendor:rt_9000:*:*:*:*:*:*:*:*' };
    const lines = linesOf(
      csafDocument({
        tree: router(leaf('product_version_range', '<2', 'p1', helper)),
        vulnerabilities: [vulnerability({ known_affected: ['p1'] })],
      }),
    );

    expect(lines).toEqual(
      ['vendor/router-9000', 'vendor/6gk5', 'vendor/rt-9000'].map((name) => `product ${name} affected ..2`),
    );
  });

  it('is one range where its ranges overlap', () => {
    const lines = linesOf(
      csafDocument({
        tree: router(leaf('product_version_range', '<4.9.9', 'a'), leaf('product_version_range', '<4.17.0', 'b')),
        vulnerabilities: [vulnerability({ known_affected: ['a', 'b'] })],
      }),
    );

    expect(lines).toEqual(['product vendor/router-9000 affected ..4.17.0']);
  });

  it('is the device in the version of its firmware', () => {
    const firmware = {
      category: 'product_name',
      name: 'Firmware',
      branches: [leaf('product_version_range', '<2', 'fw')],
    };
    const device = leaf('product_name', 'Router 9000', 'device');
    const lines = linesOf(
      csafDocument({
        tree: {
          branches: [{ category: 'vendor', name: 'Vendor', branches: [firmware, device] }],
          relationships: [related('fw', 'device', 'installed_on')],
        },
        vulnerabilities: [vulnerability({ known_affected: ['device:fw'] })],
      }),
    );

    expect(lines).toEqual(['product vendor/router-9000 affected ..2']);
  });

  it('of somebody else is passed on by an aggregator', () => {
    const { claims } = parse(
      csafDocument({
        publisher: 'coordinator',
        category: 'csaf_vex',
        tree: router(leaf('product_version', '1', 'p1')),
        vulnerabilities: [vulnerability({ known_affected: ['p1'] })],
      }),
    );

    expect(claims.map(({ authority }) => authority)).toEqual(['aggregator']);
  });

  it('names a vulnerability without a CVE as it can', () => {
    const status = { known_affected: ['p1'] };
    const nameless = (ids: unknown) => ({ ...vulnerability(status), cve: undefined, ids });
    const { advisories } = parse(
      csafDocument({
        tree: router(leaf('product_version', '1', 'p1')),
        vulnerabilities: [
          nameless([{ system_name: 'GitHub', text: 'GHSA-aaaa-bbbb-cccc' }]),
          nameless([{ system_name: 'Bug', text: '17' }]),
        ],
      }),
    );

    expect(advisories[0]?.vulnerabilities).toEqual(['GHSA-aaaa-bbbb-cccc', 'VENDOR-2026-1#2']);
  });
});

describe('a document about packages', () => {
  const base = repository('BaseOS-9.4.0.Z.MAIN', 'cpe:/o:redhat:enterprise_linux:9::baseos');
  const extended = repository('BaseOS-9.2.0.Z.EUS', 'cpe:/o:redhat:rhel_eus:9.2::baseos');
  const openshift = repository('OSE-4.12', 'cpe:/a:redhat:openshift:4.12::el9');
  const redHat = (leaves: readonly object[], relationships: readonly object[]) => ({
    branches: [{ category: 'vendor', name: 'Red Hat', branches: leaves }],
    relationships,
  });

  it('binds a build to the release of its repository', () => {
    const builds = ['x86_64', 's390x', 'src'].map((architecture) => `openssl-1:3.0.7-27.el9.${architecture}`);
    const early = 'openssl-1:3.0.1-47.el9_2.x86_64';
    const lines = linesOf(
      csafDocument({
        tree: redHat(
          [base, extended, ...builds.map((id) => rpm(id)), rpm(early)],
          [...builds.map((id) => related(id, 'BaseOS-9.4.0.Z.MAIN')), related(early, 'BaseOS-9.2.0.Z.EUS')],
        ),
        vulnerabilities: [
          vulnerability({
            fixed: [...builds.map((id) => `BaseOS-9.4.0.Z.MAIN:${id}`), `BaseOS-9.2.0.Z.EUS:${early}`],
          }),
        ],
      }),
    );

    expect(lines).toEqual([
      'rhel:9 openssl affected ..1:3.0.7-27.el9',
      'rhel-eus:9.2 openssl affected ..1:3.0.1-47.el9_2',
    ]);
  });

  it('keeps a module of which the package is a part', () => {
    const module = leaf('product_version', 'nodejs:18', 'nodejs:18:904:rhel9', {
      purl: 'pkg:rpmmod/redhat/nodejs@18:904:rhel9',
    });
    const build = 'nodejs-1:18.19.1-1.module+el9.4.0+1.x86_64';
    const inModule = 'BaseOS-9.4.0.Z.MAIN:nodejs:18:904:rhel9';
    const lines = linesOf(
      csafDocument({
        tree: redHat(
          [base, module, rpm(build)],
          [related('nodejs:18:904:rhel9', 'BaseOS-9.4.0.Z.MAIN'), related(build, inModule)],
        ),
        vulnerabilities: [vulnerability({ fixed: [`${inModule}:${build}`] })],
      }),
    );

    expect(lines).toEqual(['rhel:9 nodejs:18::nodejs affected ..1:18.19.1-1.module+el9.4.0+1']);
  });

  it('speaks of a source that has no fix yet', () => {
    const { claims } = parse(
      csafDocument({
        category: 'csaf_vex',
        tree: redHat(
          [
            repository('red_hat_enterprise_linux_7', 'cpe:/o:redhat:enterprise_linux:7'),
            rpm('pam', 'pkg:rpm/redhat/pam?arch=src'),
          ],
          [related('pam', 'red_hat_enterprise_linux_7')],
        ),
        vulnerabilities: [
          vulnerability(
            { known_affected: ['red_hat_enterprise_linux_7:pam'] },
            { remediations: [{ category: 'no_fix_planned', details: 'Out of support scope' }] },
          ),
        ],
      }),
    );

    expect(claims).toMatchObject([
      { scope: 'rhel:7', packageKind: 'source', packageName: 'pam', status: 'wont_fix', ranges: [], versions: [] },
    ]);
  });

  it('reads packages of registries by their purl', () => {
    const lines = linesOf(
      csafDocument({
        tree: {
          branches: [
            productOf(
              'log4j-core',
              leaf('product_version_range', 'vers:maven/>=2.0|<2.17.1', 'p', {
                purl: 'pkg:maven/org.apache.logging.log4j/log4j-core',
              }),
            ),
            productOf('Foo', leaf('product_version', '1.2', 'q', { purl: 'pkg:pypi/Foo.Bar@1.2' })),
          ],
        },
        vulnerabilities: [vulnerability({ known_affected: ['p', 'q'] })],
      }),
    );

    expect(lines).toEqual([
      'maven org.apache.logging.log4j:log4j-core affected 2.0..2.17.1',
      'pypi foo-bar affected 1.2',
    ]);
  });

  it('says of what it cannot judge why', () => {
    const { claims, quarantined } = parse(
      csafDocument({
        tree: redHat(
          [
            base,
            openshift,
            rpm('podman-1:4-1.el9.x86_64', 'pkg:rpm/redhat/podman@4-1.el9?arch=x86_64&epoch=1'),
            rpm('image', 'pkg:oci/image@1'),
          ],
          [related('podman-1:4-1.el9.x86_64', 'OSE-4.12'), related('image', 'BaseOS-9.4.0.Z.MAIN')],
        ),
        vulnerabilities: [
          vulnerability({
            fixed: ['OSE-4.12:podman-1:4-1.el9.x86_64', 'BaseOS-9.4.0.Z.MAIN:image', 'nobody', 'BaseOS-9.4.0.Z.MAIN'],
          }),
        ],
      }),
    );

    expect(claims).toEqual([]);
    expect(quarantined.map(({ problem }) => problem)).toEqual([
      'podman-1:4-1.el9.x86_64 of the vendor is a part of OSE-4.12 of the vendor, which is no known release',
      'pkg:oci/image is nothing that can be judged',
      'nobody is not in its product tree',
      'BaseOS-9.4.0.Z.MAIN of the vendor is no package',
    ]);
  });

  it('counts what it cannot judge where there is much of it', () => {
    const ids = Array.from({ length: 30 }, (_, at) => `missing-${at}`);
    const { quarantined } = parse(csafDocument({ tree: {}, vulnerabilities: [vulnerability({ fixed: ids })] }));

    expect(quarantined.length).toBe(21);
    expect(quarantined.at(-1)?.problem).toBe('10 more of its products cannot be judged');
  });

  it('does not go round in a circle of relations', () => {
    const { quarantined } = parse(
      csafDocument({
        tree: { relationships: [related('a', 'b:a'), related('b', 'a:b')] },
        vulnerabilities: [vulnerability({ fixed: ['b:a:a'] })],
      }),
    );

    expect(quarantined.map(({ problem }) => problem)).toEqual(['b:a:a relates what is not in its product tree']);
  });
});

describe('a document that cannot be used', () => {
  const tree = router(leaf('product_version', '1', 'p1'));
  const vulnerabilities = [vulnerability({ known_affected: ['p1'] })];
  const whole = csafDocument({ tree, vulnerabilities });
  const without = (path: string) => {
    const copy = structuredClone(whole) as Record<string, Record<string, Record<string, unknown>>>;
    const [first = '', second = '', third] = path.split('.');
    if (third === undefined) delete copy[first]?.[second];
    else delete copy[first]?.[second]?.[third];
    return copy;
  };

  it.each(
    [
      ['document.category', 'document.category'],
      ['document.csaf_version', 'document.csaf_version'],
      ['document.publisher', 'document.publisher'],
      ['document.publisher.namespace', 'document.publisher.namespace'],
      ['document.title', 'document.title'],
      ['document.tracking', 'document.tracking'],
      ['document.tracking.id', 'document.tracking.id'],
      ['document.tracking.version', 'document.tracking.version'],
      ['document.tracking.status', 'document.tracking.status'],
      ['document.tracking.current_release_date', 'document.tracking.current_release_date'],
      ['document.tracking.revision_history', 'document.tracking.revision_history'],
    ].map(([path = '', where = '']) => [path, where]),
  )('lacks %s', (path, where) => {
    expect(faultOf(() => parse(without(path)))).toMatch(new RegExp(`^not-this-feed: .*: ${where}: `));
  });

  it.each([
    ['is a draft', csafDocument({ tree, vulnerabilities, tracking: { status: 'draft' } }), 'it is a draft'],
    ['has no time', csafDocument({ tree, vulnerabilities, released: 'yesterday' }), 'yesterday is no time'],
    [
      'names no product',
      csafDocument({ vulnerabilities }),
      'a csaf_security_advisory names products, vulnerabilities and their status, and it does not',
    ],
    [
      'names no status',
      csafDocument({ category: 'csaf_vex', tree, vulnerabilities: [{ cve: 'CVE-2026-0001' }] }),
      'a csaf_vex names products, vulnerabilities and their status, and it does not',
    ],
  ])('%s', (_, document, problem) => {
    expect(faultOf(() => parse(document))).toBe(
      `not-this-feed: the file holds no CSAF document that can be used (VENDOR-2026-1: ${problem})`,
    );
  });

  it('is quarantined beside those that can be used, and an older one gives way', () => {
    const older = csafDocument({ tree, vulnerabilities, released: '2026-02-02T00:00:00Z' });
    const { advisories, quarantined } = parse(whole, older, { document: 1 });

    expect(advisories.map(({ modified }) => modified)).toEqual([Date.UTC(2026, 2, 1, 10)]);
    expect(quarantined.map(({ record }) => record)).toEqual(['VENDOR-2026-1', 'line 3']);
  });

  it('need not have products where it only informs', () => {
    expect(parse(csafDocument({ category: 'csaf_informational_advisory' })).advisories.length).toBe(1);
  });
});

describe('which document the bytes are', () => {
  const informal = { category: 'csaf_informational_advisory' };

  it('is said before it is taken over', () => {
    expect(
      csafIdentityOf(bytesOf(JSON.stringify(csafDocument({ ...informal, tracking: { version: '1.2.0' } })))),
    ).toEqual({
      id: 'VENDOR-2026-1',
      version: '1.2.0',
      releasedAt: Date.UTC(2026, 2, 1, 10),
    });
  });

  it.each([
    ['is no JSON', '{', 'the document is not JSON'],
    ['is a draft', JSON.stringify(csafDocument({ ...informal, tracking: { status: 'draft' } })), 'it is a draft'],
  ])('is nothing where it %s', (_, text, problem) => {
    expect(csafIdentityOf(bytesOf(text))).toBe(problem);
  });
});
