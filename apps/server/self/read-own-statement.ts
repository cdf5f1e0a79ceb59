import {
  type LineKind,
  type LineOccasion,
  type OwnLine,
  ownDeedIn,
  ownSource,
  Problem,
  type StatementLine,
} from '@laurel/contract'
import { dueIn, type Timeline } from '@laurel/engine'
import { rowsOf } from '../db/transaction.ts'
import type { Page } from '../http/cursor.ts'
import { gatherMember } from '../members/gather-member.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { transfersBefore } from '../statements/queries.ts'
import { readStatement } from '../statements/read-statement.ts'
import { isSeen } from './told.ts'

/** A page of what moved, in the words of members: what is not shown to them, and what changes nothing, is left out. */
export async function readOwnStatement(context: ProgramContext, program: string, member: string, page: Page) {
  const { timeline } = await gatherMember(context, program, member)
  const { zone, lines, next } = await readStatement(context, program, member, page)
  return {
    zone,
    lines: lines.filter(({ asset }) => isSeen(timeline, asset)).map((line) => ownLineOf(line, timeline)),
    next,
  }
}

/** One line by its number. Throws a Problem where there is none. */
export async function readOwnLine(context: ProgramContext, program: string, member: string, number: number) {
  const { id, bucket, timeline } = await gatherMember(context, program, member)
  const [row] = await rowsOf(context.database.application, transfersBefore(bucket, program, id, number + 1, 1))
  if (row === undefined || row.number !== number || !isSeen(timeline, row.asset)) throw new Problem('unknown-line')
  return row
}

function ownLineOf(line: StatementLine, timeline: Timeline): OwnLine {
  const { number, asset, amount, moved, rule, after, effective } = line
  const isOf = (kind: 'rewards' | 'cards') => timeline.some(({ program }) => program[kind].has(rule))
  return {
    ...{ number, asset, amount, moved },
    kind: kindOf(line),
    occasion: occasionOf(line.cause),
    reward: isOf('rewards') ? rule : null,
    card: isOf('cards') ? rule : null,
    balance: after.active - after.debt,
    effective,
  }
}

/** By the two accounts between which it moved; a charity's or a partner's own name says nothing more. */
function kindOf({ from, to }: Pick<StatementLine, 'from' | 'to'>): LineKind {
  const [source, target] = [from, to].map((account) => account.replace(/:.*/, ''))
  return kinds[`${source} ${target}`] ?? 'else'
}

const kinds: Readonly<Record<string, LineKind>> = {
  'issued active': 'earned',
  'issued pending': 'waiting',
  'issued charity': 'donated',
  'opening active': 'brought',
  'opening pending': 'brought',
  'debt opening': 'brought',
  'pending active': 'usable',
  'pending issued': 'taken-back',
  'pending forfeited': 'forfeited',
  'pending charity': 'donated',
  'pending transit': 'sent',
  'active held': 'held',
  'debt held': 'held',
  'held active': 'released',
  'active redeemed': 'used',
  'held redeemed': 'used',
  'debt redeemed': 'used',
  'active partner': 'used',
  'held partner': 'used',
  'debt partner': 'used',
  'redeemed active': 'returned',
  'partner active': 'returned',
  'charity active': 'returned',
  'active issued': 'taken-back',
  'debt issued': 'taken-back',
  'active expired': 'lapsed',
  'expired active': 'given',
  'active forfeited': 'forfeited',
  'held forfeited': 'forfeited',
  'active debt': 'repaid',
  'adjusted active': 'given',
  'active adjusted': 'taken',
  'debt adjusted': 'taken',
  'adjusted debt': 'waived',
  'adjusted issued': 'waived',
  'active transit': 'sent',
  'debt transit': 'sent',
  'transit active': 'received',
  'transit pending': 'received',
  'active charity': 'donated',
  'held charity': 'donated',
  'debt charity': 'donated',
}

function occasionOf(cause: string): LineOccasion | null {
  if (dueIn(cause) !== null) return null
  const [source, ...rest] = cause.split('/')
  const own = source === ownSource ? ownDeedIn(rest.join('/')) : null
  return own === null ? null : (occasions[own.deed] ?? null)
}

const occasions: Readonly<Record<string, LineOccasion>> = {
  birthday: 'birthday',
  anniversary: 'anniversary',
  joined: 'joined',
  created: 'joined',
  referral: 'referral',
  offer: 'offer',
  leaderboard: 'leaderboard',
  draw: 'draw',
  gift: 'gift',
  returned: 'gift',
  pool: 'pool',
  adjust: 'staff',
  extend: 'staff',
  reinstate: 'staff',
  accept: 'staff',
  correct: 'correction',
  merge: 'merge',
}
