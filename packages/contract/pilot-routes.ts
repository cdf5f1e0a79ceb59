import { draftPath } from './draft-schemas.ts'
import * as pilots from './pilot-schemas.ts'
import { toRestore } from './program-schemas.ts'
import { route } from './route.ts'

const unmovable = ['unknown-pilot', 'pilot-over', 'versions-moved-on'] as const

/** Versions on trial. */
export const pilotRoutes = {
  beginPilot: route({
    method: 'POST',
    address: '/v1/drafts/{draft}/pilot',
    scope: 'programs:write',
    summary: 'Publish a draft to a share of the members, drawn by chance',
    description:
      'Whoever is drawn is judged by it from now on, or from its `inForce.from`; all others by the version in force. While a pilot ' +
      'runs nothing is published for all. Assets, ladders, pools, draws, leaderboards, sessions and the closing are as they are in the version in force.',
    path: draftPath,
    body: pilots.pilotToBegin,
    answer: pilots.pilotBegun,
    problems: [
      ...(['unknown-draft', 'draft-changed', 'draft-status'] as const),
      ...(['program-not-accepted', 'other-program', 'same-document', 'draft-overtaken', 'approval-missing'] as const),
      ...(['no-program', 'pilot-running', 'version-waiting'] as const),
    ],
  }),
  listPilots: route({
    method: 'GET',
    address: '/v1/pilots',
    scope: 'programs:read',
    summary: 'Every pilot of the program, latest first',
    answer: pilots.pilots,
    problems: [],
  }),
  readPilot: route({
    method: 'GET',
    address: '/v1/pilots/{pilot}',
    scope: 'programs:read',
    summary: 'One pilot, and every step of it',
    path: pilots.pilotPath,
    answer: pilots.pilot,
    problems: ['unknown-pilot'],
  }),
  widenPilot: route({
    method: 'POST',
    address: '/v1/pilots/{pilot}/widen',
    scope: 'programs:write',
    summary: 'Let more members into a pilot, or all',
    description:
      'Nobody leaves it, and the holdout stays out of it; with a share of 100 it is for all, and over. Where the program demands ' +
      'a second person, whoever widens has not written the draft.',
    path: pilots.pilotPath,
    body: pilots.pilotToWiden,
    answer: pilots.pilotMoved,
    problems: [...unmovable, 'pilot-share', 'second-person-needed'],
  }),
  stopPilot: route({
    method: 'POST',
    address: '/v1/pilots/{pilot}/stop',
    scope: 'programs:write',
    summary: 'Let its members be judged by the version in force again',
    description:
      'From now on; what they earned stays theirs. What only the pilot knew of (a card, a challenge, a membership, a voucher) they ' +
      'keep, and levels for half a year: the version that says so is published to them alone.',
    path: pilots.pilotPath,
    body: toRestore,
    answer: pilots.pilotMoved,
    problems: unmovable,
  }),
  listPilotMembers: route({
    method: 'GET',
    address: '/v1/pilots/{pilot}/members',
    scope: 'members:read',
    summary: 'Who is in which arm of a pilot, in order of ids',
    description:
      'Of a pilot that is over, as it was last. Staff and test members are in none. With `arm` a page may be short, or empty, before the last one.',
    path: pilots.pilotPath,
    query: pilots.pilotMembersQuery,
    answer: pilots.pilotMembers,
    problems: ['unknown-pilot'],
  }),
}
