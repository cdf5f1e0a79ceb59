import { type Scope, scopes } from './route.ts'

interface Role {
  /** What somebody with this role is there for. */
  readonly meaning: string
  readonly scopes: readonly Scope[]
}

/**
 * What people on the staff may do, role by role. A person has one role in a program, and in each program another one or none. A
 * role is a list of scopes like a key's: no route knows of roles.
 */
export const roles = {
  owner: {
    meaning:
      'Answers for the program: may do everything, and alone says who is on the team and which keys are in force.',
    scopes,
  },
  manager: {
    meaning: 'Runs the program from day to day: everything but the team and the keys.',
    scopes: scopes.filter((scope) => scope !== 'team:write' && scope !== 'keys:write'),
  },
  marketer: {
    meaning:
      'Writes the program with its rewards and offers, tries it on the past, publishes it, and sends offers out.',
    scopes: [
      ...(['account:own', 'members:read', 'programs:read', 'programs:write', 'offers:write', 'codes:write'] as const),
      ...(['ledger:read', 'settlements:read', 'insights:read', 'insights:run'] as const),
    ],
  },
  cashier: {
    meaning: 'Serves members at the counter: finds them, lets them join, redeems; never gives points by hand.',
    scopes: ['account:own', 'members:read', 'members:write', 'redemptions:write', 'vouchers:use'],
  },
  support: {
    meaning:
      'Puts right what went wrong for a member: explains, adjusts, reinstates, answers refunds that nobody could match.',
    scopes: [
      ...(['account:own', 'members:read', 'members:write', 'redemptions:write', 'vouchers:use'] as const),
      ...(['vouchers:write', 'adjustments:write', 'programs:read', 'ledger:read'] as const),
    ],
  },
  auditor: {
    meaning: 'Reads everything and changes nothing: the books, the program, the team and what each of them did.',
    scopes: [
      ...(['account:own', 'members:read', 'programs:read', 'ledger:read', 'ledger:export'] as const),
      ...(['settlements:read', 'insights:read', 'metrics:read', 'team:read', 'audit:read'] as const),
    ],
  },
} as const satisfies Record<string, Role>

export type RoleName = keyof typeof roles

export const roleNames = Object.keys(roles) as RoleName[]
