import { route } from './route.ts'
import * as sandboxes from './sandbox-schemas.ts'

/** A program makes sandboxes; what is done in one is done with a key of that sandbox. */
export const sandboxRoutes = {
  createSandbox: route({
    method: 'POST',
    address: '/v1/sandboxes',
    scope: 'programs:write',
    summary: 'Begin a sandbox: a program with a clock of its own',
    description:
      'It has an id, members and books of its own, and whatever Laurel does for all programs is not done for it. Sent again ' +
      'with the same document, it is the same sandbox.',
    body: sandboxes.sandboxToCreate,
    answer: sandboxes.sandboxCreated,
    problems: [
      'no-program',
      'unknown-version',
      'program-not-accepted',
      'other-program',
      'sandbox-of-sandbox',
      'sandbox-id-taken',
    ],
  }),
  listSandboxes: route({
    method: 'GET',
    address: '/v1/sandboxes',
    scope: 'programs:read',
    summary: 'The sandboxes of this program, in order of ids',
    query: sandboxes.sandboxesQuery,
    answer: sandboxes.sandboxes,
    problems: [],
  }),
  issueSandboxKey: route({
    method: 'POST',
    address: '/v1/sandboxes/{sandbox}/key',
    scope: 'programs:write',
    summary: 'A key of a sandbox; the one that was issued before ends',
    path: sandboxes.sandboxPath,
    answer: sandboxes.sandboxKey,
    problems: ['unknown-sandbox'],
  }),
  readSandbox: route({
    method: 'GET',
    address: '/v1/sandbox',
    scope: 'programs:read',
    summary: 'The sandbox of this key, and what time it is there',
    answer: sandboxes.sandbox,
    problems: ['no-sandbox'],
  }),
  advanceSandbox: route({
    method: 'POST',
    address: '/v1/sandbox/advances',
    scope: 'programs:write',
    summary: 'Let time pass in the sandbox of this key',
    description:
      'What becomes due meanwhile happens in order, each at its moment. It is answered when it is done, or after half a ' +
      'minute as "running": then ask GET /v1/sandbox/advances/{advance}. The same Idempotency-Key names the same advance: ' +
      'sent twice, a year passes once.',
    idempotencyKey: 'required',
    body: sandboxes.toAdvance,
    answer: sandboxes.advance,
    problems: ['no-sandbox', 'advance-running', 'advance-backwards', 'advance-too-far'],
  }),
  listAdvances: route({
    method: 'GET',
    address: '/v1/sandbox/advances',
    scope: 'programs:read',
    summary: 'How time was let pass in the sandbox of this key, the latest first',
    query: sandboxes.advancesQuery,
    answer: sandboxes.advances,
    problems: ['no-sandbox'],
  }),
  readAdvance: route({
    method: 'GET',
    address: '/v1/sandbox/advances/{advance}',
    scope: 'programs:read',
    summary: 'How far an advance has come',
    path: sandboxes.advancePath,
    answer: sandboxes.advance,
    problems: ['no-sandbox', 'unknown-advance'],
  }),
  cancelAdvance: route({
    method: 'POST',
    address: '/v1/sandbox/advances/{advance}/cancel',
    scope: 'programs:write',
    summary: 'Stop an advance where it is',
    description: 'The clock stays where it has come to; no clock goes back. One that has ended stays as it is.',
    path: sandboxes.advancePath,
    answer: sandboxes.advance,
    problems: ['no-sandbox', 'unknown-advance'],
  }),
}
