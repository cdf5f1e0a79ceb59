import type { Member } from '../member.ts'
import type { Notice } from '../notices.ts'
import { decimalText, decimalUnits } from '../program/currency.ts'
import { nearestWord } from '../program/nearest.ts'
import type { Ladder, Program } from '../program/program.ts'
import { parseDay } from '../program/scalar-time.ts'
import type { ReferralStatus } from '../referral/referral-state.ts'
import { dayText, type LocalDay } from '../time/local.ts'
import type { Voucher } from '../vouchers/voucher.ts'
import { type Column, moneyCell, numberIn, wholeCell, wrong } from './column.ts'
import { membershipColumn, type PlanStanding } from './membership-column.ts'
import { levelName, levelNames, moneyText, scaleOf } from './outcomes.ts'
import { type ProgressStanding, progressColumn, progressColumnNames } from './progress-columns.ts'
import { warningsColumn } from './warnings-column.ts'

/** What is known of a member when a table of what stands is compared, whoever tells it: the engine alone or a server. */
export interface MemberStanding extends ProgressStanding {
  readonly balances: readonly AssetBalance[]
  /** Day after which a lot lapses; null: never. */
  readonly lots: readonly { readonly asset: string; readonly amount: number; readonly lapsesAfter: LocalDay | null }[]
  readonly tiers: readonly TierStanding[]
  readonly segments: readonly string[]
  readonly tags: readonly string[]
  /** All that there ever were. */
  readonly vouchers: readonly VoucherStanding[]
  /** Those held, once for each period. */
  readonly badges: readonly string[]
  readonly state: MemberStatus
  /** Id of the pool that the member is in; null: none. */
  readonly pool: string | null
  readonly plans: readonly PlanStanding[]
  readonly notices: readonly Notice[]
  /** `reward/session`, one for each. */
  readonly seats: readonly string[]
  /** Who sent this member, as far as it has come; null: nobody. */
  readonly referral: ReferralStanding | null
  readonly ranks: readonly RankStanding[]
  /** Those that the member is entitled to. */
  readonly benefits: readonly string[]
}
/** Of the friend (RFL-1). */
export interface ReferralStanding {
  readonly status: ReferralStatus
  readonly signals: readonly string[]
}
export interface RankStanding {
  readonly leaderboard: string
  readonly rank: number
}
export type MemberStatus = 'active' | 'frozen' | 'left' | 'erased' | 'merged'
/** How a member stands to the program (END-1). */
export function statusOf({ left, frozen }: Pick<Member, 'left' | 'frozen'>): MemberStatus {
  if (left === null) return frozen ? 'frozen' : 'active'
  if (left.into !== undefined) return 'merged'
  return left.erased ? 'erased' : 'left'
}
export type VoucherStanding = Pick<Voucher, 'id' | 'reward' | 'status' | 'left'>
export interface AssetBalance {
  readonly asset: string
  readonly pending: number
  readonly active: number
  readonly held: number
  readonly debt: number
}
export interface TierStanding {
  readonly ladder: string
  readonly level: string
  readonly atRisk: boolean
  /** What is missing, in the measure's smallest unit; null: nothing can be. */
  readonly toRise: number | null
  readonly toStay: number | null
}
/** The program's own side of the books, by account and asset: what came in less what went out. */
export type BooksStanding = ReadonlyMap<string, ReadonlyMap<string, number>>

/** A column of members, by its heading; null where no column is called so. */
export function memberColumn(name: string, program: Program): Column<MemberStanding> | null {
  const [first = '', ...others] = name.split(' ')
  const rest = others.join(' ')
  if (program.assets.some(({ id }) => id === first)) {
    if (rest === 'lapse') return lapseColumn(name, program, first)
    const account = accountByWord[rest]
    if (account !== undefined) return balanceColumn(name, program, first, account)
  }
  for (const word of ['tier', 'to rise', 'to stay', 'at risk'] as const) {
    if (name !== word && !name.startsWith(`${word} `)) continue
    const ladder = ladderIn(name.slice(word.length + 1), program)
    if (ladder !== undefined) return ladderColumn(name, word, program, ladder)
  }
  if (name === 'segments' || name === 'tags' || name === 'badges' || name === 'benefits' || name === 'seats') {
    return listColumn(name, (member) => member[name])
  }
  if (name === 'offers') {
    return listColumn(name, ({ offers }) => offers.flatMap(({ offer, status }) => (status === 'open' ? [offer] : [])))
  }
  if (name === 'state') return statusColumn
  if (name === 'pool') return poolColumn
  if (name === 'warnings') return warningsColumn(program)
  if (name === 'membership') return membershipColumn(program)
  if (name === 'vouchers') return listColumn(name, rewardsIn('open'))
  if (name === 'used') return listColumn(name, rewardsIn('used'))
  if (first === 'left' && others[0] === 'on') return leftColumn(name, program, others.slice(1).join(' '))
  if (first === 'rank' && program.leaderboards.has(rest)) return rankColumn(name, rest)
  return progressColumn(name, program)
}

/** Headings that `memberColumn` knows. */
export function memberColumnNames(program: Program): string[] {
  const { assets, ladders, rewards } = program
  const ofAssets = assets.flatMap(({ id }) => [id, `${id} pending`, `${id} held`, `${id} debt`, `${id} lapse`])
  const ofLadders = ['tier', 'to rise', 'to stay', 'at risk'].flatMap((word) =>
    ladders.length === 1 ? [word] : ladders.map(({ id }) => `${word} ${id}`),
  )
  const ofCards = [...rewards.values()].flatMap(({ id, kind }) => (kind.type === 'gift-card' ? [`left on ${id}`] : []))
  return [
    ...ofAssets,
    ...ofLadders,
    'vouchers',
    'used',
    'badges',
    'benefits',
    'offers',
    'membership',
    'seats',
    'warnings',
    ...[...program.leaderboards.keys()].map((id) => `rank ${id}`),
    ...ofCards,
    ...progressColumnNames(program),
    'segments',
    'tags',
    'state',
    'pool',
  ]
}

const statuses: readonly string[] = ['active', 'frozen', 'left', 'erased', 'merged'] satisfies MemberStatus[]
const statusColumn: Column<MemberStanding> = {
  name: 'state',
  canonical: (text) => (statuses.includes(text) ? text : wrong(`nobody is "${text}"`, statuses.join(', '))),
  actual: ({ state }) => state,
}

const poolColumn: Column<MemberStanding> = {
  name: 'pool',
  canonical: (text) => text,
  actual: ({ pool }) => pool ?? 'none',
}

function rankColumn(name: string, leaderboard: string): Column<MemberStanding> {
  return {
    name,
    canonical: (text) => (text === 'none' ? text : wholeCell(text)),
    actual: ({ ranks }) => String(ranks.find((each) => each.leaderboard === leaderboard)?.rank ?? 'none'),
  }
}

/** A gift card of which nothing is left is used, though a return may fill it again. */
const rewardsIn =
  (status: Voucher['status']) =>
  ({ vouchers }: MemberStanding): string[] =>
    vouchers
      .filter((voucher) => status === (voucher.status === 'open' && voucher.left === 0 ? 'used' : voucher.status))
      .map(({ reward }) => reward)

/** What all open gift cards of a reward hold together. */
function leftColumn(name: string, program: Program, reward: string): Column<MemberStanding> | null {
  if (program.rewards.get(reward)?.kind.type !== 'gift-card') return null
  return {
    name,
    canonical: moneyCell(program),
    actual({ vouchers }) {
      const open = vouchers.filter((voucher) => voucher.reward === reward && voucher.status === 'open')
      return moneyText(
        program,
        open.reduce((sum, { left }) => sum + (left ?? 0), 0),
      )
    },
  }
}

const accountByWord: Readonly<Record<string, keyof Omit<AssetBalance, 'asset'>>> = {
  '': 'active',
  pending: 'pending',
  held: 'held',
  debt: 'debt',
}

function balanceColumn(
  name: string,
  program: Program,
  asset: string,
  account: keyof Omit<AssetBalance, 'asset'>,
): Column<MemberStanding> {
  return {
    name,
    canonical: (text) => numberIn(text, scaleOf(program, asset)),
    actual: ({ balances }) =>
      decimalText(balances.find((each) => each.asset === asset)?.[account] ?? 0, scaleOf(program, asset)),
  }
}

/** `33 after 2027-01-31, 12 never`. */
function lapseColumn(name: string, program: Program, asset: string): Column<MemberStanding> {
  const scale = scaleOf(program, asset)
  const endText = (day: LocalDay | null): string => (day === null ? 'never' : `after ${dayText(day)}`)
  const example = 'write it like 33 after 2027-01-31, 12 never'
  return {
    name,
    canonical(text) {
      if (text === 'none') return text
      const parts: string[] = []
      for (const part of text.split(',')) {
        const [, number = '', end = ''] = /^(\S+) (never|after \S+)$/.exec(part.trim()) ?? []
        const units = decimalUnits(number, scale)
        const day = end.startsWith('after ') ? parseDay(end.slice('after '.length)) : null
        if (units === null || (end !== 'never' && day === null)) return wrong(`"${part.trim()}" is no lot`, example)
        parts.push(`${decimalText(units, scale)} ${endText(day)}`)
      }
      return parts.sort().join(', ')
    },
    actual({ lots }) {
      const byEnd = new Map<string, number>()
      for (const lot of lots) {
        if (lot.asset !== asset || lot.amount === 0) continue
        byEnd.set(endText(lot.lapsesAfter), (byEnd.get(endText(lot.lapsesAfter)) ?? 0) + lot.amount)
      }
      const parts = [...byEnd].map(([end, amount]) => `${decimalText(amount, scale)} ${end}`)
      return parts.length === 0 ? 'none' : parts.sort().join(', ')
    },
  }
}

function ladderIn(id: string, { ladders }: Program): Ladder | undefined {
  return id === '' && ladders.length === 1 ? ladders[0] : ladders.find((ladder) => ladder.id === id)
}

function ladderColumn(
  name: string,
  word: 'tier' | 'to rise' | 'to stay' | 'at risk',
  program: Program,
  ladder: Ladder,
): Column<MemberStanding> {
  const standingOf = ({ tiers }: MemberStanding): TierStanding | undefined =>
    tiers.find((each) => each.ladder === ladder.id)
  const names = levelNames(program)
  const scale =
    ladder.measure.type === 'earned'
      ? scaleOf(program, ladder.measure.asset)
      : ladder.measure.type === 'spend'
        ? program.currency.exponent
        : 0
  const missing = (units: number | null | undefined): string =>
    units === null || units === undefined ? 'none' : decimalText(units, scale)
  switch (word) {
    case 'tier':
      return {
        name,
        canonical(text) {
          if (names.includes(text)) return text
          const near = nearestWord(text, names)
          return wrong(`there is no level "${text}"`, near === null ? names.join(', ') : `did you mean "${near}"?`)
        },
        actual(member) {
          const level = standingOf(member)?.level ?? ladder.levels[0]?.id ?? ''
          return levelName(program, ladder.id, level)
        },
      }
    case 'to rise':
    case 'to stay':
      return {
        name,
        canonical: (text) => (text === 'none' ? text : numberIn(text, scale)),
        actual: (member) => missing(word === 'to rise' ? standingOf(member)?.toRise : standingOf(member)?.toStay),
      }
    case 'at risk':
      return {
        name,
        canonical: (text) =>
          text === 'yes' || text === 'no' ? text : wrong(`"${text}" is neither yes nor no`, 'yes or no'),
        actual: (member) => (standingOf(member)?.atRisk === true ? 'yes' : 'no'),
      }
  }
}

/** A list, in any order; `none` is the empty one, `a x2` is two of it. */
function listColumn<Of>(name: string, of: (standing: Of) => readonly string[]): Column<Of> {
  return {
    name,
    canonical: (text) =>
      text === 'none'
        ? text
        : text
            .split(',')
            .map((item) => item.trim())
            .sort()
            .join(', '),
    actual(standing) {
      const counts = new Map<string, number>()
      for (const item of of(standing)) counts.set(item, (counts.get(item) ?? 0) + 1)
      const items = [...counts].map(([item, count]) => (count === 1 ? item : `${item} x${count}`))
      return items.length === 0 ? 'none' : items.sort().join(', ')
    },
  }
}

export const bookAccounts = ['issued', 'redeemed', 'expired', 'forfeited', 'adjusted', 'opening', 'transit'] as const

/** A column of the program's accounts: an asset. */
export function booksColumn(name: string, program: Program): Column<ReadonlyMap<string, number>> | null {
  if (!program.assets.some(({ id }) => id === name)) return null
  const scale = scaleOf(program, name)
  return {
    name,
    canonical: (text) => numberIn(text, scale),
    actual: (amounts) => decimalText(amounts.get(name) ?? 0, scale),
  }
}
