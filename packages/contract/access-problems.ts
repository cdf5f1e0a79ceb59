import type { ProblemKind } from './problem-kind.ts'

/** Who asks, whether they may, and who may be let in. */
export const accessProblems = {
  unauthenticated: {
    status: 401,
    title: 'The key is missing, unknown, expired or revoked, and nobody is signed in',
    remedy:
      'Send "Authorization: Bearer lrl_…" with a key that is in force, or sign in. "laurel key create" makes a key, while no server runs on the data folder.',
  },
  'missing-scope': {
    status: 403,
    title: 'The key, or the role of whoever is signed in, may not do this',
    remedy: 'Use a key that has the scope named under "scope", or ask somebody whose role has it.',
  },
  'unknown-door': {
    status: 404,
    title: 'No program of this id lets members in here',
    remedy: 'Check the address that the shop has given you.',
  },
  'wrong-code': {
    status: 401,
    title: 'The code is wrong or too old',
    remedy: 'Type the latest one that came. After five wrong ones ask for another.',
  },
  'sign-in-again': {
    status: 403,
    title: 'The session is too old for this',
    remedy: 'Sign out and in again, then do it within a quarter of an hour. Nothing was changed.',
  },
  'unknown-card-code': {
    status: 404,
    title: 'This is no code of a card of this program',
    remedy: 'Scan the code that the member’s portal shows, or look for the member by name.',
  },
  'card-code-over': {
    status: 409,
    title: 'The code of this card is over',
    remedy: 'Let the member show the card anew: its code changes within a minute.',
  },
  'card-code-used': {
    status: 409,
    title: 'The code of this card was taken already',
    remedy: 'Let the member show the card anew. A code counts once, so that a picture of it is worth nothing.',
  },
  'cross-site': {
    status: 403,
    title: 'Another site sent this in the name of whoever is signed in',
    remedy: 'Send it from a page of Laurel itself, or with a key. Nothing was written.',
  },
  'not-on-team': {
    status: 403,
    title: 'You are not on the team of this program',
    remedy: 'Name a program of yours in the header Laurel-Program, or ask an owner of this one for an invitation.',
  },
  'program-unnamed': {
    status: 400,
    title: 'It is not said which program is meant',
    remedy: 'Name one of "programs" in the header Laurel-Program.',
  },
  'other-program': {
    status: 403,
    title: 'The key is bound to another program',
    remedy:
      'Use a key of the program that the document names, or give the document to this one with "laurel publish --as".',
  },
  'unknown-key': {
    status: 404,
    title: 'The program has no such key',
    remedy: 'List the keys with GET /v1/keys; name one by its id, not by its secret.',
  },
  'key-name-taken': {
    status: 409,
    title: 'A key of this name is in force already',
    remedy: 'Choose another name. If it is yours and its secret is lost, end it with POST /v1/keys/{key}/revoke first.',
  },
  'wrong-proof': {
    status: 403,
    title: 'The password or the code is wrong, or a key has sent it, which has neither',
    remedy:
      'Type it again; a code counts for half a minute. After ten wrong codes wait a quarter of an hour. Nothing was changed.',
  },
  'unknown-person': {
    status: 404,
    title: 'Nobody of this id is on the team of the program',
    remedy: 'Read the team with GET /v1/team.',
  },
  'already-on-team': {
    status: 409,
    title: 'Whoever has this address is on the team already',
    remedy: 'Give them another role with POST /v1/team/{person}/role. Nothing was sent.',
  },
  'too-many-invitations': {
    status: 409,
    title: 'As many invitations are open as there may be',
    remedy: 'Take some back with POST /v1/invitations/{invitation}/revoke. Nothing was sent.',
  },
  'second-person-first': {
    status: 409,
    title: 'It is more than one person may adjust alone in a day',
    remedy:
      'It waits under "act" until somebody else approves it with POST /v1/waiting-acts/{act}/approve. Nothing was given or taken yet.',
  },
  'unknown-act': {
    status: 404,
    title: 'Nothing of this id waits, or has waited, for a second person',
    remedy: 'See what waits with GET /v1/waiting-acts.',
  },
  'act-rejected': {
    status: 409,
    title: 'A second person has rejected it',
    remedy: 'Ask again with another Idempotency-Key, if it is still right. Nothing was given or taken.',
  },
  'already-begun': {
    status: 409,
    title: 'A shop was opened here already',
    remedy: 'Sign in, or ask its owner for an invitation. Nothing was changed.',
  },
  'last-owner': {
    status: 409,
    title: 'Nobody else is an owner of the program',
    remedy: 'Make somebody else an owner first: a program without one could let nobody in. Nothing was changed.',
  },
} as const satisfies Record<string, ProblemKind>
