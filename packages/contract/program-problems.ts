import type { ProblemKind } from './problem-kind.ts'

/** Of the program: its document, versions, drafts and pilots. */
export const programProblems = {
  'no-program': {
    status: 409,
    title: 'No version of the program is published yet',
    remedy: 'Publish one with POST /v1/programs or "laurel start --program FILE".',
  },
  'program-not-accepted': {
    status: 422,
    title: 'The program document has errors',
    remedy: 'Mend every finding that is listed; "laurel check" finds all but those that earlier versions make.',
  },
  'same-document': {
    status: 409,
    title: 'The latest version is this very document',
    remedy: 'Change something, or leave it: nothing was written.',
  },
  'unknown-version': {
    status: 404,
    title: 'The program has no such version',
    remedy: 'List the versions with GET /v1/programs.',
  },
  'versions-moved-on': {
    status: 409,
    title: 'A version was published since you looked',
    remedy:
      'Look at the version under "latest", and send its number as `after` where you still want it. Nothing was written.',
  },
  'version-not-waiting': {
    status: 409,
    title: 'The version has begun, or will not begin anyway',
    remedy: 'Roll back to an older one with POST /v1/programs/{version}/roll-back.',
  },
  'version-waiting': {
    status: 409,
    title: 'A version for all is still to begin',
    remedy:
      'Begin the pilot after the version under "version" has begun, or withdraw that one with POST /v1/programs/{version}/withdraw.',
  },
  'unknown-draft': {
    status: 404,
    title: 'The program has no such draft',
    remedy: 'List the drafts with GET /v1/drafts, or save a new one with revision 0.',
  },
  'draft-changed': {
    status: 409,
    title: 'The draft is not the one that you have read',
    remedy:
      'Read it with GET /v1/drafts/{draft}, bring both together, and save under the revision that is named. Nothing was written.',
  },
  'draft-status': {
    status: 409,
    title: 'This is not the draft’s next step',
    remedy: 'See "state": open ones are submitted, submitted ones reviewed; of a published one, begin a new draft.',
  },
  'draft-overtaken': {
    status: 409,
    title: 'A version was published since the draft was begun',
    remedy:
      'Compare the draft with the version under "latest", and save it with that number as basedOn. Nothing was written.',
  },
  'approval-missing': {
    status: 409,
    title: 'The program publishes nothing that a second person has not approved',
    remedy: 'Save it as a draft, submit it, and let somebody else approve it with POST /v1/drafts/{draft}/review.',
  },
  'second-person-needed': {
    status: 409,
    title: 'Nobody approves what they have written themselves',
    remedy:
      'Let somebody else approve: whoever is signed in as another person, or a key of another holder, made with "laurel key create --holder".',
  },
  'unknown-pilot': {
    status: 404,
    title: 'No pilot of the program began with this version',
    remedy: 'List the pilots with GET /v1/pilots.',
  },
  'pilot-running': {
    status: 409,
    title: 'A pilot runs, and what is published for all would end it unsaid',
    remedy:
      'Stop the pilot under "pilot" with POST /v1/pilots/{pilot}/stop, or let it be for all: widen it with a share of 100. Nothing was written.',
  },
  'pilot-over': {
    status: 409,
    title: 'The pilot is over',
    remedy: 'See "ended": stopped, or for all. Begin another one with a new draft. Nothing was written.',
  },
  'pilot-share': {
    status: 409,
    title: 'A pilot only grows, and not into its holdout',
    remedy: 'Send a share above "share" and up to "most", or 100 to let it be for all. Nothing was written.',
  },
} as const satisfies Record<string, ProblemKind>
