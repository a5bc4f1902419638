/** Who may import whom. Type-only imports count: they bind as values do. */

/** Talk to the outside: AWS's services, an ERP, an OA. */
const ADAPTERS =
  '^functions/(compliance/(sns|webhook)|operations/aws|process/adapters|process/store/dynamodb|insight/s3|mail/ses|sign-in/openid|attachments/s3|evidence/(s3|kms)|einvoice/(saxon|lambda)|payroll/s3|connectors/(erp|oa|payroll|tax)/[^/]+)/';
const HANDLERS = '\\.handler\\.tsx?$';
const ENVIRONMENTS = '(\\.env|^functions/runtime/environment)\\.ts$';
const DOMAIN = '^functions/([^/]+/domain|events|money)/';
const PORTS =
  '(^functions/.+/((ledger|stock|time|engineering|orders|books)-)?port|^functions/process/(alarms|resumer|event-publisher|effect-queue|current-alias)|^functions/measures/metric-sink)\\.ts$';
/** The middleware of pages: to HTTP what functions/runtime/handler.ts is to tasks and queues. */
const PAGE_MIDDLEWARE = '^functions/pages/(http-api|page-app)\\.ts$';
/** What every adapter of an ERP needs and no vendor has of its own: creating once, failures of the line, watermarks. */
const SHARED_BY_ERPS = '^functions/connectors/erp/(once|outcome|same-order|seen-facts|steady-read)\\.ts$';
/** Words of all layers, without AWS and without an environment. */
const SHARED_RUNTIME = '^functions/runtime/(ambient|errors|parse)\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'domain-is-pure',
      comment:
        'The domain imports zod, big.js, node:crypto for hashes, the error taxonomy and itself; of ports the types alone, which are business words.',
      severity: 'error',
      from: { path: DOMAIN },
      to: {
        dependencyTypesNot: ['type-only'],
        pathNot: [
          DOMAIN,
          '^functions/runtime/errors\\.ts$',
          '^node_modules/(zod|big\\.js|@types/big\\.js)/',
          '^(node:)?crypto$',
        ],
      },
    },
    {
      name: 'domain-takes-types-of-ports-only',
      severity: 'error',
      from: { path: DOMAIN },
      to: { dependencyTypes: ['type-only'], pathNot: [DOMAIN, PORTS, SHARED_RUNTIME, '^node_modules/'] },
    },
    {
      name: 'aws-in-adapters-and-runtime-only',
      severity: 'error',
      from: { path: '^functions/', pathNot: [ADAPTERS, '^functions/runtime/'] },
      to: { path: '^node_modules/(@aws-sdk|@smithy)/' },
    },
    {
      name: 'use-cases-know-no-adapter',
      comment: 'A use-case takes ports; its handler, or the runtime, joins them with adapters.',
      severity: 'error',
      from: { path: '^functions/', pathNot: [ADAPTERS, HANDLERS, '^functions/runtime/'] },
      to: { path: ADAPTERS },
    },
    {
      name: 'use-cases-know-no-runtime',
      comment: 'No environment, no clients: of the runtime only what belongs to no environment.',
      severity: 'error',
      from: { path: '^functions/', pathNot: [HANDLERS, ENVIRONMENTS, PAGE_MIDDLEWARE, '^functions/runtime/'] },
      to: { path: '^functions/runtime/', pathNot: SHARED_RUNTIME },
    },
    {
      name: 'adapters-know-ports-only',
      comment:
        'An adapter imports ports, domain, events and the failures of its own kind, never a use-case or a handler.',
      severity: 'error',
      from: { path: ADAPTERS },
      to: {
        path: '^functions/',
        // How messages between a company's systems and us are signed is the same for all of them, in both directions.
        pathNot: [
          ADAPTERS,
          DOMAIN,
          SHARED_RUNTIME,
          PORTS,
          SHARED_BY_ERPS,
          '^functions/connectors/oa/(signature|signed-post)\\.ts$',
        ],
      },
    },
    {
      name: 'no-vendor-knows-another',
      severity: 'error',
      from: { path: '^functions/connectors/(erp|oa|payroll|tax)/([^/]+)/' },
      to: { path: '^functions/connectors/(erp|oa|payroll|tax)/[^/]+/', pathNot: '^functions/connectors/$1/$2/' },
    },
    {
      name: 'no-suite-knows-another',
      severity: 'error',
      from: { path: '^functions/connectors/oa/suites/([^/]+)/' },
      to: {
        path: '^functions/connectors/oa/suites/[^/]+/',
        pathNot: '^functions/connectors/oa/suites/$1/',
      },
    },
    {
      name: 'handlers-are-entries',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: HANDLERS },
    },
    {
      name: 'environments-are-schemas',
      severity: 'error',
      from: { path: ENVIRONMENTS },
      to: { pathNot: ['^functions/runtime/environment\\.ts$', '^node_modules/zod/'] },
    },
    {
      name: 'functions-know-their-packages-only',
      comment: 'What a function imports must be a dependency, not a development dependency.',
      severity: 'error',
      from: { path: '^functions/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: '^node_modules/@types/' },
    },
    {
      name: 'functions-know-nothing-around-them',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^(infra|local|test)/' },
    },
    {
      name: 'infra-knows-environments-and-events-only',
      comment:
        'Exceptions: the errors and the compilers of rules, directory, calendar and forms, which run when the stack is synthesized so that a mistake in them fails the deployment; the keys, whose prefix the filter of the stream repeats; the rows of the event log, whose columns the table has; what makes diagrams, which runs when the stack is synthesized; and the catalogue of metrics with its words, which dashboards and alarms are made of.',
      severity: 'error',
      from: { path: '^infra/' },
      to: {
        path: '^(functions|local|test)/',
        pathNot: [
          ENVIRONMENTS,
          '^functions/events/',
          '^functions/runtime/errors\\.ts$',
          '^functions/policy/compile-rules\\.ts$',
          '^functions/office/form-folder\\.ts$',
          '^functions/diagrams/make-diagrams\\.ts$',
          '^functions/money/money\\.ts$',
          '^functions/directory/directory-file\\.ts$',
          '^functions/calendar/(calendar-file|time-zone)\\.ts$',
          '^functions/intake/forms-file\\.ts$',
          '^functions/process/(keys|current-alias)\\.ts$',
          '^functions/insight/domain/event-log\\.ts$',
          '^functions/measures/(domain/(catalogue|kinds)|widget-names)\\.ts$',
          '^functions/pages/words\\.ts$',
        ],
      },
    },
    {
      name: 'simulator-in-tests-only',
      comment:
        'The simulator of IAM is licensed under the AGPL: it is run by tests, and part of nothing that is given away.',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^node_modules/@cloud-copilot/' },
    },
    {
      name: 'nothing-knows-tests',
      severity: 'error',
      from: { path: '^local/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
    skipAnalysisNotInRules: true,
  },
};
