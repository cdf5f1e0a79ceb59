import type { ProblemKind } from './problem-kind.ts'

/** What is the matter with a request or the server, whatever is asked for. */
export const requestProblems = {
  'malformed-request': {
    status: 400,
    title: 'This is no HTTP request that can be read',
    remedy: 'Send HTTP/1.1 with a Host header, no stray bytes, and an address whose every "%" begins an escape.',
  },
  'malformed-body': {
    status: 400,
    title: 'The body cannot be read',
    remedy: 'Send what the Content-Type says: JSON in UTF-8, with no more than 64 levels of nesting.',
  },
  'invalid-request': {
    status: 400,
    title: 'The request has fields that are missing, unknown or out of bounds',
    remedy: 'Mend every field that is listed under "errors". Nothing was written.',
  },
  'idempotency-key-missing': {
    status: 400,
    title: 'The request has no identity of its own',
    remedy: 'Send an Idempotency-Key header, and the same one when you repeat the request.',
  },
  'unknown-route': {
    status: 404,
    title: 'There is nothing at this address',
    remedy: 'See /v1/openapi.json for what there is.',
  },
  'wrong-method': {
    status: 405,
    title: 'This address does not know the method',
    remedy: 'Use one of the methods named in the Allow header.',
  },
  'too-slow': {
    status: 408,
    title: 'The request did not arrive in time',
    remedy: 'Send the request again; it is repeated safely under the same identity.',
  },
  'identity-conflict': {
    status: 409,
    title: 'This identity stands for other content',
    remedy: 'Send the content that was sent first, or another id. Nothing was written.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body or one of its lines is too large',
    remedy: 'Send at most 1 MB of JSON, or NDJSON with lines of at most 256 kB.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The headers are too large',
    remedy: 'Send at most 16 kB of address and headers; what is long goes into the body.',
  },
  'unknown-content-type': {
    status: 415,
    title: 'This kind of body is not understood',
    remedy: 'Send application/json, or application/x-ndjson where the route says so.',
  },
  'compressed-body': {
    status: 415,
    title: 'Compressed bodies are not taken',
    remedy: 'Send the body as it is, without Content-Encoding: what is much goes as NDJSON, in one stream.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    remedy: 'Wait as many seconds as Retry-After says.',
  },
  fault: {
    status: 500,
    title: 'Laurel made a mistake',
    remedy: 'Send the request again under the same identity. If it stays, report the request id: the log knows more.',
  },
  'took-too-long': {
    status: 500,
    title: 'To decide this event took longer than the database waits',
    remedy:
      'Send the request again under the same identity: nothing of it was written. If it stays, report the reference: the log knows more.',
  },
  'database-unavailable': {
    status: 503,
    title: 'The database cannot be reached',
    remedy:
      'Send the request again after as many seconds as Retry-After says; the same identity is never counted twice.',
  },
  stopping: {
    status: 503,
    title: 'The server is being stopped',
    remedy: 'Send the request again after as many seconds as Retry-After says.',
  },
} as const satisfies Record<string, ProblemKind>
