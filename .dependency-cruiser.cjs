// Who may import whom. The table is ARCHITECTURE.md's; each rule names its line.
const rooms = [
  '1-identification',
  '2-evaluation',
  '3-testing',
  '4-backup',
  '5-approval',
  '6-deployment',
  '7-documentation',
];
const tests = '\\.(test|db|browser|real|soak)\\.tsx?$|/testing/';

/** A floor may reach only the listed floors; npm and Node are judged by their own rules. */
function floor(name, allowed, extra = {}) {
  return {
    name: `floor-${name}`,
    severity: 'error',
    comment: `${name} may import only: ${[name, ...allowed].join(', ')}`,
    from: { path: `^packages/${name}/src/`, pathNot: extra.fromNot ?? tests },
    to: { path: '^packages/', pathNot: `^packages/(${[name, ...allowed].join('|')})/` },
  };
}

function noNpm(name, path, pathNot = tests) {
  return {
    name,
    severity: 'error',
    comment: 'this code runs with no npm library',
    from: { path, pathNot },
    to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'] },
  };
}

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'a cycle has no reading order',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      comment: 'an import must resolve',
      from: { pathNot: '^packages/console/' },
      to: { couldNotResolve: true },
    },
    // core: no npm, no Node, nothing above it.
    floor('core', []),
    noNpm('core-no-npm', '^packages/core/src/'),
    {
      name: 'core-no-node',
      severity: 'error',
      comment: 'core runs anywhere: in the browser, the simulator, the replay of an auditor',
      from: { path: '^packages/core/src/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    // A room of core knows only the rooms before it, and only their types.
    ...rooms.map((room, index) => ({
      name: `core-${room}-no-later-rooms`,
      severity: 'error',
      comment: 'rooms do not know later rooms',
      from: { path: `^packages/core/src/${room}/`, pathNot: tests },
      to: {
        path: `^packages/core/src/(campaign${rooms
          .slice(index + 1)
          .map((later) => `|${later}`)
          .join('')})/`,
      },
    })),
    ...rooms.slice(1).map((room, index) => ({
      name: `core-${room}-earlier-rooms-types-only`,
      severity: 'error',
      comment: 'a room sees the types of earlier rooms, never their values',
      from: { path: `^packages/core/src/${room}/`, pathNot: tests },
      to: {
        path: `^packages/core/src/(${rooms.slice(0, index + 1).join('|')})/`,
        dependencyTypesNot: ['type-only'],
      },
    })),
    {
      name: 'core-rooms-by-their-index',
      severity: 'error',
      comment: 'enter a room by its index.ts',
      from: { path: '^packages/core/src/([^/]+)/', pathNot: tests },
      to: { path: '^packages/core/src/([^/]+)/(?!index\\.ts$)', pathNot: '^packages/core/src/$1/' },
    },
    {
      name: 'core-nouns-below-the-rooms',
      severity: 'error',
      comment: 'plan and job are nouns that rooms share; they know no room',
      from: { path: '^packages/core/src/(plan|job)/', pathNot: tests },
      to: { path: '^packages/core/src/(campaign|[1-7]-[^/]+)/' },
    },
    // trust: core and node:crypto alone.
    floor('trust', ['core']),
    noNpm('trust-no-npm', '^packages/trust/src/'),
    {
      name: 'trust-node-crypto-only',
      severity: 'error',
      comment: 'trust is read in a day: bytes and node:crypto',
      from: { path: '^packages/trust/src/', pathNot: tests },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    floor('standards', ['core']),
    {
      name: 'standards-no-network',
      severity: 'error',
      comment: 'standards are pure functions; fetching is for server/connectors',
      from: { path: '^packages/standards/src/', pathNot: tests },
      to: { path: '^(node:)?(http|https|net|tls|dgram|dns|http2|fs|fs/promises|child_process)$|undici' },
    },
    floor('feeds', ['core']),
    {
      name: 'feeds-no-network',
      severity: 'error',
      comment: 'feeds turn bytes into claims; fetching is for server/connectors',
      from: { path: '^packages/feeds/src/', pathNot: tests },
      to: { path: '^(node:)?(http|https|net|tls|dgram|dns|http2)$|undici' },
    },
    floor('contract', ['core']),
    // The agent has no npm library at run time; of the contract it sees types only.
    floor('agent', ['core', 'trust', 'contract']),
    noNpm('agent-no-npm', '^packages/agent/src/'),
    {
      name: 'agent-contract-types-only',
      severity: 'error',
      comment: 'a library at run time doubles the start of the agent',
      from: { path: '^packages/agent/src/', pathNot: tests },
      to: { path: '^packages/contract/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'runner-no-network',
      severity: 'error',
      comment: 'the part of the agent that is root speaks to its unix socket alone',
      from: { path: '^packages/agent/src/runner/', pathNot: tests },
      to: { path: '^(node:)?(http|https|tls|dgram|dns|http2)$|^packages/agent/src/agentd/' },
    },
    {
      name: 'console-owns-no-rules',
      severity: 'error',
      comment: 'the console sees the contract and the types of core',
      from: { path: '^packages/console/src/', pathNot: tests },
      to: { path: '^packages/(?!console/|contract/|core/)' },
    },
    {
      name: 'console-core-types-only',
      severity: 'error',
      comment: 'the console owns no rules: it shows verdicts and asks',
      from: { path: '^packages/console/src/', pathNot: tests },
      to: { path: '^packages/core/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'floor-cli',
      severity: 'error',
      comment: 'the CLI speaks to the server over HTTP; serve and agent are loaded lazily by bin/',
      from: { path: '^packages/cli/src/', pathNot: tests },
      to: {
        path: '^packages/',
        pathNot: '^packages/(cli|core|standards|feeds|trust|contract)/|^packages/agent/src/package-managers/',
      },
    },
    floor('server', ['core', 'standards', 'feeds', 'trust', 'contract']),
    floor('simulator', ['core', 'trust', 'contract', 'server', 'agent']),
    {
      name: 'simulator-through-the-engine',
      severity: 'error',
      comment: 'the simulator plays what server and agent offer as their engine, and nothing beside it',
      from: { path: '^packages/simulator/src/', pathNot: tests },
      to: { path: '^packages/(server|agent)/src/(?!engine\\.ts$)' },
    },
    {
      name: 'server-rooms-are-siblings',
      severity: 'error',
      comment: 'a room of the server does not see another',
      from: { path: '^packages/server/src/([1-7]-[^/]+)/', pathNot: tests },
      to: { path: '^packages/server/src/[1-7]-[^/]+/', pathNot: '^packages/server/src/$1/' },
    },
    {
      name: 'server-rooms-below-the-corridor',
      severity: 'error',
      comment: 'the corridor calls the rooms, never the other way round',
      from: { path: '^packages/server/src/([1-7]-[^/]+|platform|connectors)/', pathNot: tests },
      to: { path: '^packages/server/src/(campaign/|main\\.ts)' },
    },
    {
      name: 'server-platform-below-the-rooms',
      severity: 'error',
      comment: 'platform and connectors know no room',
      from: { path: '^packages/server/src/(platform|connectors)/', pathNot: tests },
      to: { path: '^packages/server/src/[1-7]-' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist/|node_modules/\\.)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'],
    },
    moduleSystems: ['es6', 'cjs'],
  },
};
