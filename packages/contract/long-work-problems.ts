import type { ProblemKind } from './problem-kind.ts'

/** Of what takes long and is begun once: backtests, corrections, and sandboxes in which time passes; runs that read the past, with what they leave. */
export const longWorkProblems = {
  'unknown-backtest': {
    status: 404,
    title: 'The program has no such backtest',
    remedy: 'List them with GET /v1/backtests. The oldest are deleted when new ones begin.',
  },
  'backtest-running': {
    status: 409,
    title: 'Another backtest of this program is under way',
    remedy: 'Wait for the one named under "backtest", or cancel it.',
  },
  'backtest-not-done': {
    status: 409,
    title: 'The backtest has no report',
    remedy: 'Ask again when its status is "done"; one that was cancelled or has failed never has one.',
  },
  'unknown-insight-run': {
    status: 404,
    title: 'The program has no such run',
    remedy: 'Begin one with POST /v1/insights/runs. The oldest are deleted when new ones begin.',
  },
  'insights-running': {
    status: 409,
    title: 'Another run of this program is under way',
    remedy: 'Wait for the one named under "run", or cancel it.',
  },
  'unknown-table': {
    status: 404,
    title: 'The report has no such table',
    remedy: 'Name one of those under "tables", or none for the first.',
  },
  'unknown-correction': {
    status: 404,
    title: 'The program has no such correction',
    remedy: 'List them with GET /v1/corrections.',
  },
  'correction-open': {
    status: 409,
    title: 'Another correction of this program is open',
    remedy: 'Let the one named under "correction" be approved, or cancel it.',
  },
  'correction-status': {
    status: 409,
    title: 'The correction is not at the step for that',
    remedy: 'Read it again: its status is named under "state". Only one that is "shown" is approved.',
  },
  'correction-overtaken': {
    status: 409,
    title: 'A version was published, or has begun, since the correction was shown',
    remedy: 'Cancel it and ask again: what would be posted may be otherwise now.',
  },
  'correction-too-early': {
    status: 409,
    title: 'Nothing can be corrected from that date on',
    remedy: 'Name a later date: "from" says from when on something can be corrected.',
  },
  'correction-too-late': {
    status: 409,
    title: 'A correction begins in the past',
    remedy: 'Name a date that is over. What is to change from now on is published.',
  },
  'version-not-begun': {
    status: 409,
    title: 'The version has not begun',
    remedy:
      'Name the version that is in force: what is still to begin begins after the correction all the same. Or wait for its start: only what counts today is said of the past.',
  },
  'version-on-trial': {
    status: 409,
    title: 'The version is for a share of the members only',
    remedy: 'Name a version for all. What a pilot gave its members is theirs; widen it to all, and correct with that.',
  },
  'version-overtaken': {
    status: 409,
    title: 'The version does not reach back to that date, and later ones stand behind it',
    remedy:
      'Name the version under "latest", which is in force. Is another one meant, roll back to it, and name the version that this makes: what judges the past is published again with its date. After a correction that was cancelled, "latest" goes on with what is left.',
  },
  'unknown-sandbox': {
    status: 404,
    title: 'The program has no such sandbox',
    remedy: 'List them with GET /v1/sandboxes, or begin one with POST /v1/sandboxes.',
  },
  'no-sandbox': {
    status: 409,
    title: 'The key is of no sandbox: time passes there by itself',
    remedy: 'Begin a sandbox with POST /v1/sandboxes, and use the key of POST /v1/sandboxes/{sandbox}/key.',
  },
  'sandbox-of-sandbox': {
    status: 409,
    title: 'A sandbox has no sandboxes',
    remedy: 'Use a key of the program that this sandbox is of.',
  },
  'sandbox-id-taken': {
    status: 409,
    title: 'There is a program of this id already, or a sandbox that began otherwise',
    remedy: 'Choose another id, or go on with what is there. Nothing was written.',
  },
  'unknown-advance': {
    status: 404,
    title: 'Time was never let pass so in this sandbox',
    remedy: 'List the advances with GET /v1/sandbox/advances.',
  },
  'advance-running': {
    status: 409,
    title: 'Time is passing in this sandbox already',
    remedy: 'Wait for the one named under "advance", or cancel it.',
  },
  'advance-backwards': {
    status: 409,
    title: 'The clock of the sandbox shows this moment or a later one',
    remedy: 'Name a moment after "clock"; no clock goes back. For an earlier time begin another sandbox with startsAt.',
  },
  'advance-too-far': {
    status: 409,
    title: 'That is more than ten years ahead, or after the year 2999',
    remedy: 'Name a moment up to "latest", and go on from there.',
  },
} as const satisfies Record<string, ProblemKind>
