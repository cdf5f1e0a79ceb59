import * as draws from './draw-schemas.ts'
import * as leaderboards from './leaderboard-schemas.ts'
import * as members from './member-schemas.ts'
import * as progress from './progress-schemas.ts'
import { route } from './route.ts'

/** How far members are, who leads, and what is drawn. */
export const gameRoutes = {
  readLeaderboard: route({
    method: 'GET',
    address: '/v1/leaderboards/{leaderboard}',
    scope: 'programs:read',
    summary: 'Who leads, by ids of those who want to be seen',
    path: leaderboards.leaderboardPath,
    query: leaderboards.leaderboardQuery,
    answer: leaderboards.leaderboard,
    problems: ['unknown-leaderboard', 'no-program'],
  }),
  chooseToBeSeen: route({
    method: 'POST',
    address: '/v1/members/{member}/leaderboard-choice',
    scope: 'members:write',
    summary: 'Whether the member is named on leaderboards; silence is no',
    path: leaderboards.shownPath,
    body: leaderboards.toBeSeen,
    answer: leaderboards.shown,
    problems: ['unknown-member', 'no-program'],
  }),
  readDraw: route({
    method: 'GET',
    address: '/v1/draws/{draw}',
    scope: 'programs:read',
    summary: 'A draw, and the hash that promises its seed',
    path: draws.drawPath,
    query: draws.roundQuery,
    answer: draws.draw,
    problems: ['unknown-draw', 'no-program'],
  }),
  readDrawRecord: route({
    method: 'GET',
    address: '/v1/draws/{draw}/record',
    scope: 'programs:read',
    summary: 'A draw that is over: seed, entries and winners, for whoever wants to run it again',
    path: draws.drawPath,
    query: draws.roundQuery,
    answer: draws.drawRecord,
    problems: ['unknown-draw', 'draw-not-over', 'no-program'],
  }),
  readEntrant: route({
    method: 'GET',
    address: '/v1/members/{member}/draws/{draw}',
    scope: 'members:read',
    summary: 'Under which name a member takes part in a draw, and what became of it',
    path: draws.entrantPath,
    query: draws.roundQuery,
    answer: draws.entrant,
    problems: ['unknown-draw', 'no-program'],
  }),
  readProgress: route({
    method: 'GET',
    address: '/v1/members/{member}/progress',
    scope: 'members:read',
    summary: 'How far the member is on cards and in challenges, what is missing, and until when',
    path: members.memberPath,
    answer: progress.progress,
    problems: ['unknown-member', 'no-program'],
  }),
  readBadges: route({
    method: 'GET',
    address: '/v1/members/{member}/badges',
    scope: 'members:read',
    summary: 'Badges that the member holds',
    path: members.memberPath,
    answer: progress.badges,
    problems: ['unknown-member', 'no-program'],
  }),
}
