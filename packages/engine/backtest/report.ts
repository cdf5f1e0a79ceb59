import { mulDiv } from '../amounts/fraction.ts'
import type { Asset, GivingRule, Program } from '../program/program.ts'
import { wholeOf } from '../rooms/room.ts'
import { type Aim, aimsOf } from './aims.ts'
import type { Backtested } from './backtest.ts'
import { type Comparison, type Gap, rangeOf } from './compare-lives.ts'
import { brokenFlow, earnedFlow, spentFlow } from './flows.ts'
import { branchIn, numberIn, type Sums } from './sums.ts'
import type { Totals } from './totals.ts'

/** What one candidate comes to, in words that need no ledger. Amounts are smallest units, money is minor units; null: no worth is stated. */
export interface Report {
  readonly members: number
  readonly assets: readonly AssetReport[]
  readonly rules: readonly RuleReport[]
  /** Rules and multipliers that gave nothing to anybody. */
  readonly silent: readonly string[]
  readonly tiers: readonly { readonly ladder: string; readonly level: string; readonly members: number }[]
  readonly tierChanges: readonly {
    readonly ladder: string
    readonly month: string
    readonly up: number
    readonly down: number
  }[]
  readonly aims: readonly AimReport[]
  readonly cuts: readonly {
    readonly cap: string
    readonly rule: string
    readonly times: number
    readonly amount: number
  }[]
  readonly rooms: readonly RoomReport[]
  /** Vouchers by reward and by what became of them. */
  readonly vouchers: readonly { readonly reward: string; readonly status: string; readonly count: number }[]
  readonly refused: readonly { readonly code: string; readonly times: number }[]
  /** By asset, against the first candidate; null: it is the first. */
  readonly against: readonly AgainstReport[] | null
}

/** All of them net: what went one way, less what came back. */
export interface AssetReport {
  readonly asset: string
  /** Decimals in which its amounts are written. */
  readonly scale: number
  readonly earned: Priced
  /** Redeemed, given to a charity or burned at a partner's. */
  readonly spent: Priced
  /** Lapsed or forfeited: breakage as far as it was seen. */
  readonly broken: Priced
  /** What members could still spend, or will be able to, in the end; what some of them owe is not taken off. */
  readonly outstanding: Priced
  readonly debt: Priced
  readonly membersInDebt: number
}

export interface Priced {
  readonly amount: number
  readonly minor: number | null
}

export interface RuleReport {
  readonly rule: string
  readonly asset: string
  readonly months: readonly { readonly month: string; readonly given: Priced; readonly takenBack: Priced }[]
}

export interface AimReport extends Aim {
  readonly reached: number
  readonly near: number
  /** So few came to it or near it that it moves nobody. */
  readonly isTooFar: boolean
}

export interface RoomReport {
  readonly room: string
  readonly whole: number
  /** What would have been asked of it. */
  readonly asked: number
  /** The first day on which there would have been too little; null: it lasts. */
  readonly ranOutOn: string | null
}

/** How members fare. What is up and down are smallest units, added up over those who gain and over those who lose. */
export interface Fares {
  readonly gained: number
  readonly lost: number
  readonly same: number
  readonly up: number
  readonly down: number
}

export interface AgainstReport extends Fares {
  readonly asset: string
  readonly segments: readonly ({ readonly segment: string } & Fares)[]
  /** Members by the size of the difference, the biggest loss first; both ends are included. */
  readonly sizes: readonly { readonly from: number; readonly to: number; readonly members: number }[]
  /** The biggest first. */
  readonly mostGained: readonly Gap[]
  readonly mostLost: readonly Gap[]
}

/** `fewPercent`: an aim that fewer members come to, or near, is too far. */
export function reportOf(program: Program, { totals, against }: Backtested, fewPercent: number): Report {
  return {
    members: totals.members,
    assets: program.assets.map((asset) => assetReport(asset, totals)),
    rules: program.assets.flatMap((asset) => ruleReports(asset, totals)),
    silent: rulesOf(program).filter((rule) => totals.gave[rule] === undefined),
    tiers: program.ladders.flatMap(({ id, levels }) =>
      levels.map(({ id: level }) => ({ ladder: id, level, members: numberIn(branchIn(totals.tiers[id])[level]) })),
    ),
    tierChanges: program.ladders.flatMap(({ id, levels }) => changesOn(id, levels, totals)),
    aims: aimsOf(program).map((aim) => aimReport(aim, totals, fewPercent)),
    cuts: entriesOf(totals.cut).flatMap(([cap, rules]) =>
      entriesOf(rules).map(([rule, { times, amount }]) => ({
        cap,
        rule,
        times: numberIn(times),
        amount: numberIn(amount),
      })),
    ),
    rooms: entriesOf(totals.rooms).flatMap(([room, days]) => roomReport(program, room, days)),
    vouchers: entriesOf(totals.vouchers).flatMap(([reward, statuses]) =>
      countsIn(statuses).map(([status, count]) => ({ reward, status, count })),
    ),
    refused: countsIn(totals.refused).map(([code, times]) => ({ code, times })),
    against: against && program.assets.map(({ id }) => againstReport(id, against)),
  }
}

/** By name, whatever came first. */
const entriesOf = (sums: Sums): [string, Sums][] =>
  Object.keys(sums)
    .sort()
    .map((name) => [name, branchIn(sums[name])])

const countsIn = (sums: Sums): [string, number][] =>
  Object.keys(sums)
    .sort()
    .map((name) => [name, numberIn(sums[name])])

/** Store credit is worth itself; what has no stated worth has none here. */
function pricedBy({ kind, worth }: Asset): (amount: number) => Priced {
  if (kind === 'money') return (amount) => ({ amount, minor: amount })
  return (amount) => ({ amount, minor: worth && mulDiv(amount, worth.minor, worth.amount, 'half-even') })
}

function assetReport(asset: Asset, { moved, closing }: Totals): AssetReport {
  const priced = pricedBy(asset)
  const flows = entriesOf(branchIn(moved[asset.id])).flatMap(([, months]) =>
    entriesOf(months).flatMap(([, found]) => Object.entries(found)),
  )
  const sumOf = (sign: (from: string, to: string) => number): Priced =>
    priced(flows.reduce((sum, [flow, amount]) => sum + signed(sign, flow) * numberIn(amount), 0))
  const { pending, active, held, debt, membersInDebt } = branchIn(closing[asset.id])
  return {
    asset: asset.id,
    scale: asset.scale,
    earned: sumOf(earnedFlow),
    spent: sumOf(spentFlow),
    broken: sumOf(brokenFlow),
    outstanding: priced(numberIn(pending) + numberIn(active) + numberIn(held)),
    debt: priced(numberIn(debt)),
    membersInDebt: numberIn(membersInDebt),
  }
}

function signed(sign: (from: string, to: string) => number, flow: string): number {
  const [from = '', to = ''] = flow.split('>')
  return sign(from, to)
}

function ruleReports(asset: Asset, { moved }: Totals): RuleReport[] {
  const priced = pricedBy(asset)
  return entriesOf(branchIn(moved[asset.id])).flatMap(([rule, byMonth]) => {
    const months = entriesOf(byMonth).flatMap(([month, flows]) => {
      const sumOf = (wanted: number): number =>
        Object.entries(flows)
          .filter(([flow]) => signed(earnedFlow, flow) === wanted)
          .reduce((sum, [, amount]) => sum + numberIn(amount), 0)
      const [given, takenBack] = [sumOf(1), sumOf(-1)]
      return given === 0 && takenBack === 0 ? [] : [{ month, given: priced(given), takenBack: priced(takenBack) }]
    })
    return months.length === 0 ? [] : [{ rule, asset: asset.id, months }]
  })
}

/** Those whose giving can be seen: points, and vouchers, which bear the name of their rule. */
function rulesOf(program: Program): string[] {
  const giving: GivingRule[] = [
    ...program.onOrder,
    ...[...program.onActivity.values()].flat(),
    ...[...program.onOccasion.values()].flat(),
  ]
  const { order, activity, occasion } = program.awardsOn
  const awarding = [...order, ...[...activity.values()].flat(), ...[...occasion.values()].flat()].filter(({ awards }) =>
    awards.some(({ type }) => type === 'amount' || type === 'reward'),
  )
  const multipliers = giving.flatMap((rule) => rule.multipliers)
  return [...new Set([...giving, ...multipliers, ...awarding].map(({ id }) => id))]
}

function changesOn(ladder: string, levels: readonly { readonly id: string }[], { tierChanges }: Totals) {
  const rankOf = (level: string | undefined): number => levels.findIndex(({ id }) => id === level)
  return entriesOf(branchIn(tierChanges[ladder])).map(([month, changes]) => {
    let [up, down] = [0, 0]
    for (const [change, times] of Object.entries(changes)) {
      const [from, to] = change.split('>')
      if (rankOf(to) > rankOf(from)) up += numberIn(times)
      else down += numberIn(times)
    }
    return { ladder, month, up, down }
  })
}

function aimReport(aim: Aim, { aims, members }: Totals, fewPercent: number): AimReport {
  const found = branchIn(aims[aim.name])
  const [reached, near] = [numberIn(found['reached']), numberIn(found['near'])]
  return { ...aim, reached, near, isTooFar: (reached + near) * 100 < members * fewPercent }
}

/** What gives back on a day may come before or after what takes: it counts for the whole day. */
function roomReport(program: Program, room: string, days: Sums): RoomReport[] {
  const whole = wholeOf(program, room)
  if (whole === null) return []
  let asked = 0
  let ranOutOn: string | null = null
  for (const day of Object.keys(days).sort()) {
    asked += numberIn(days[day])
    if (asked > whole) ranOutOn ??= day
  }
  return [{ room, whole, asked, ranOutOn }]
}

function againstReport(asset: string, { all, segments, sizes, gained, lost }: Comparison): AgainstReport {
  return {
    asset,
    ...faresIn(all[asset]),
    segments: entriesOf(segments).map(([segment, assets]) => ({ segment, ...faresIn(assets[asset]) })),
    sizes: countsIn(branchIn(sizes[asset]))
      .map(([size, members]) => ({ ...rangeOf(Number(size)), members }))
      .sort((a, b) => a.from - b.from),
    mostGained: gained[asset] ?? [],
    mostLost: lost[asset] ?? [],
  }
}

function faresIn(sums: Sums[string] | undefined): Fares {
  const { gained, lost, same, up, down } = branchIn(sums)
  return {
    gained: numberIn(gained),
    lost: numberIn(lost),
    same: numberIn(same),
    up: numberIn(up),
    down: numberIn(down),
  }
}
