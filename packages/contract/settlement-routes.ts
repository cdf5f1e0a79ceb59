import * as members from './member-schemas.ts'
import { route } from './route.ts'
import * as settlements from './settlement-schemas.ts'

/** Between the program, its partners and its charities. */
export const settlementRoutes = {
  readSettlement: route({
    method: 'GET',
    address: '/v1/settlements/{month}',
    scope: 'settlements:read',
    summary: 'Who owes whom for a month',
    description: 'By the time of recording, in the program’s zone. A partner’s key sees that partner alone.',
    path: settlements.settlementPath,
    answer: settlements.settlement,
    problems: ['no-program'],
  }),
  readCharity: route({
    method: 'GET',
    address: '/v1/charities/{charity}',
    scope: 'programs:read',
    summary: 'What a charity has got so far, and what came of it',
    path: settlements.charityPath,
    answer: settlements.charityStanding,
    problems: ['unknown-charity', 'no-program'],
  }),
  readImpact: route({
    method: 'GET',
    address: '/v1/members/{member}/impact',
    scope: 'members:read',
    summary: 'What charities have got by a member, and what came of it',
    path: members.memberPath,
    answer: settlements.memberImpact,
    problems: ['unknown-member', 'no-program'],
  }),
}
