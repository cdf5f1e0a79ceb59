import type { ProblemKind } from './problem-kind.ts'

/** Tills, and whoever works at them. */
export const tillProblems = {
  'unknown-till': {
    status: 404,
    title: 'The program has no such till',
    remedy: 'List the tills with GET /v1/tills.',
  },
  'till-name-taken': {
    status: 409,
    title: 'A till of this name stands there already',
    remedy: 'Choose another name, or revoke the one that has it with POST /v1/tills/{till}/revoke.',
  },
  'too-many-tills': {
    status: 409,
    title: 'The program has as many tills as it may have',
    remedy: 'Revoke those that no longer stand anywhere with POST /v1/tills/{till}/revoke.',
  },
  'till-enrolled': {
    status: 409,
    title: 'A device is enrolled as this till, or it is revoked',
    remedy: 'Add another till with POST /v1/tills. If its device is lost, revoke this one first.',
  },
  'wrong-till-code': {
    status: 401,
    title: 'The code is wrong, too old, or was used',
    remedy: 'Let a manager make another one with POST /v1/tills/{till}/code. A code counts once, for an hour.',
  },
  'unknown-cashier': {
    status: 404,
    title: 'Nobody of this id works at the tills of the program',
    remedy: 'List them with GET /v1/cashiers.',
  },
  'cashier-name-taken': {
    status: 409,
    title: 'A cashier of this name works there already',
    remedy: 'Choose another name, or set a PIN of theirs with POST /v1/cashiers/{cashier}/pin.',
  },
  'too-many-cashiers': {
    status: 409,
    title: 'The program has as many cashiers as it may have',
    remedy: 'End those who have left with POST /v1/cashiers/{cashier}/end.',
  },
  'wrong-pin': {
    status: 403,
    title: 'The PIN is wrong',
    remedy: 'Type it again. After five wrong ones it is locked for a quarter of an hour.',
  },
  'pin-locked': {
    status: 403,
    title: 'The PIN was wrong five times, and is locked',
    remedy: 'Wait until "lockedUntil", or let a manager set another one with POST /v1/cashiers/{cashier}/pin.',
  },
  'pin-first': {
    status: 403,
    title: 'Nobody has shown a PIN at this till, or it was long ago',
    remedy: 'Show one with POST /v1/till/shift. Nothing was written.',
  },
  'nobody-found': {
    status: 404,
    title: 'No member has this number alone',
    remedy: 'Check the number, or scan the card that the member’s portal shows.',
  },
  'visit-over': {
    status: 409,
    title: 'It is too long ago that this member was found at this till',
    remedy: 'Scan the card or type the number again. Nothing was written.',
  },
  'till-without-key': {
    status: 409,
    title: 'The device of this till signs nothing',
    remedy: 'Add another till and enrol it in a browser over HTTPS: only there can a page make a key.',
  },
  'unknown-till-alarm': {
    status: 404,
    title: 'The program has no such alarm',
    remedy: 'List them with GET /v1/till-alarms.',
  },
  'unknown-act-at-till': {
    status: 404,
    title: 'This till has done no such thing',
    remedy: 'See what it did last with GET /v1/till/acts.',
  },
  'too-late-to-undo': {
    status: 409,
    title: 'It is too long ago to be undone at the till',
    remedy: 'Let somebody on the staff put it right in the console. Nothing was changed.',
  },
} as const satisfies Record<string, ProblemKind>
