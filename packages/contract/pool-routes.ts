import { z } from 'zod'
import { page } from './fields.ts'
import * as members from './member-schemas.ts'
import * as pools from './pool-schemas.ts'
import { route } from './route.ts'

/** Purses that several members fill (POOL-1). */
export const poolRoutes = {
  foundPool: route({
    method: 'POST',
    address: '/v1/pools',
    scope: 'members:write',
    summary: 'Found a pool',
    description: 'From now on the share of what its members earn goes there, within a second or so, with its expiry.',
    body: pools.poolToFound,
    idempotencyKey: 'required',
    answer: pools.poolAnswer,
    problems: ['unknown-member', 'unknown-pool-plan', 'identity-conflict', 'event-rejected', 'no-program'],
  }),
  readPool: route({
    method: 'GET',
    address: '/v1/pools/{pool}',
    scope: 'members:read',
    summary: 'What is in a pool, and who put in and took what',
    path: pools.poolPath,
    answer: pools.pool,
    problems: ['unknown-pool', 'no-program'],
  }),
  readPoolStatement: route({
    method: 'GET',
    address: '/v1/pools/{pool}/statement',
    scope: 'members:read',
    summary: 'Every movement of a pool, latest first',
    path: pools.poolPath,
    query: z.strictObject(page(200, 50)),
    answer: members.statement,
    problems: ['unknown-pool', 'no-program'],
  }),
  joinPool: route({
    method: 'POST',
    address: '/v1/pools/{pool}/members',
    scope: 'members:write',
    summary: 'Let a member into a pool',
    description: 'A member is in one pool at a time. Who invites whom, and who agrees, is between them and you.',
    path: pools.poolPath,
    body: pools.poolToJoin,
    idempotencyKey: 'required',
    answer: pools.poolAnswer,
    problems: ['unknown-pool', 'unknown-member', 'identity-conflict', 'event-rejected', 'no-program'],
  }),
  leavePool: route({
    method: 'POST',
    address: '/v1/pools/{pool}/members/{member}/leave',
    scope: 'members:write',
    summary: 'Let a member out of a pool',
    description: 'What was put in stays or goes along as the program said when it was put in.',
    path: pools.poolMemberPath,
    idempotencyKey: 'required',
    answer: pools.poolAnswer,
    problems: ['unknown-pool', 'unknown-member', 'identity-conflict', 'event-rejected', 'no-program'],
  }),
  closePool: route({
    method: 'POST',
    address: '/v1/pools/{pool}/close',
    scope: 'members:write',
    summary: 'Close a pool for good',
    description: 'What is in it goes to those who are, in proportion to what each has put in.',
    path: pools.poolPath,
    idempotencyKey: 'required',
    answer: pools.poolAnswer,
    problems: ['unknown-pool', 'identity-conflict', 'event-rejected', 'no-program'],
  }),
}
