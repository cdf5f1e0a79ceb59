import type { DocumentText } from '../document/document.ts'
import type { RuleText } from '../document/earn.ts'
import type { LadderText, LevelText } from '../document/tiers.ts'
import { printAmount, printMoney } from '../scalar-amount.ts'
import type { Reading } from '../shape.ts'
import { childOf } from '../syntax-tree.ts'
import type { Gifts } from './gifts.ts'
import { checkReferrals } from './goals.ts'
import { remark } from './remark.ts'

export function checkTiers(
  ladders: readonly LadderText[],
  document: DocumentText,
  gifts: Gifts | null,
  reading: Reading,
): void {
  for (const ladder of ladders) {
    checkLevels(ladder, reading)
    checkMeasure(ladder, document, gifts, reading)
    checkMovement(ladder, reading)
  }
}

/** Levels that nobody can enter, or that everybody would have to enter. */
function checkMeasure(
  { tree, measure, levels }: LadderText,
  document: DocumentText,
  gifts: Gifts | null,
  reading: Reading,
): void {
  if (measure.type === 'referrals' && document.referral === null) checkReferrals([tree, 'measure'], reading)
  if (measure.type === 'earned' && gifts !== null && !gifts.assets.has(measure.of) && levels.length > 1) {
    const message = `Nothing gives \`${measure.of}\`: nobody ever rises`
    const instead = `Let a rule give it, for instance \`give: 1 ${measure.of}\``
    remark(reading, 'warning', [tree, 'measure'], 'level-never-reached', message, instead)
  }
  const [first] = levels
  for (const key of ['hidden', 'invitation'] as const) {
    if (first === undefined || first[key] !== 'yes') continue
    const message = `Every new member holds the first level, so it cannot be \`${key}: yes\``
    remark(reading, 'error', [first.tree, key], 'first-level-closed', message, 'Add a level at 0 below it')
  }
}

/** An order is split where it climbs: bit by bit, and at once. */
export function checkCrossing(rules: readonly RuleText[], ladders: readonly LadderText[], reading: Reading): void {
  const isClimbed = ({ measure, rise }: LadderText): boolean =>
    (measure.type === 'spend' || measure.type === 'earned') && rise !== 'period-end'
  if (ladders.some(isClimbed)) return
  for (const rule of rules) {
    if (rule.type !== 'give' || rule.crossing !== 'split') continue
    const message = 'No ladder is climbed in the middle of an order, so there is nothing to split'
    const instead = 'Leave it out, or add a ladder with measure: spend and rise: at-once'
    remark(reading, 'warning', [rule.tree, 'crossing'], 'crossing-never', message, instead)
  }
}

function checkLevels(ladder: LadderText, reading: Reading): void {
  const unit = unitOf(ladder, reading)
  checkRollOver(ladder, unit, reading)
  let below: { readonly level: LevelText; readonly size: number } | null = null
  for (const level of ladder.levels) {
    const size = unit.sizeOf(level.reach)
    if (size === null) {
      const message = `The ladder \`${ladder.ladder}\` counts ${unit.name}, and this is something else`
      remark(
        reading,
        'error',
        [level.tree, 'reach'],
        'reach-unit',
        message,
        `Write ${likewise(level.reach, unit, reading)}`,
      )
      continue
    }
    if (below === null && size !== 0) {
      const message = 'The first level begins above zero: new members would hold none'
      remark(
        reading,
        'error',
        [level.tree, 'reach'],
        'levels-start-above-zero',
        message,
        `Begin with a level at ${unit.zero}`,
      )
    }
    if (below !== null && size <= below.size) {
      const order = size === below.size ? 'begins where' : 'begins below where'
      const message = `\`${level.id}\` ${order} \`${below.level.id}\` begins: nobody would hold ${size === below.size ? 'one of them' : 'it'}`
      remark(
        reading,
        'error',
        [level.tree, 'reach'],
        'levels-overlap',
        message,
        'List the levels from the lowest to the highest',
      )
    }
    below = { level, size }
  }
}

function checkRollOver({ ladder, window }: LadderText, unit: Unit, reading: Reading): void {
  if (!('rollOver' in window)) return
  const { rollOver, tree } = window
  if (rollOver === null || rollOver.type === 'all' || rollOver.type === 'nothing') return
  if (unit.sizeOf(rollOver) !== null) return
  const message = `The ladder \`${ladder}\` counts ${unit.name}, and this is something else`
  const instead = `Write ${likewise(rollOver, unit, reading)}, or yes for all of it`
  remark(reading, 'error', [tree, 'rollOver'], 'reach-unit', message, instead)
}

interface Unit {
  readonly name: string
  /** So many whole ones of it. */
  written(count: number): string
  readonly zero: string
  /** Null for a quantity in another unit. */
  sizeOf(reach: LevelText['reach']): number | null
}

/** The same number in what the ladder counts; a whole one where it has parts. */
function likewise(reach: LevelText['reach'], unit: Unit, { names }: Reading): string {
  switch (reach.type) {
    case 'count':
      return unit.written(reach.count)
    case 'money':
      return unit.written(Math.ceil(reach.minor / 10 ** (names.currency?.exponent ?? 2)))
    case 'amount':
      return unit.written(Math.ceil(reach.units / 10 ** (names.assets.get(reach.asset)?.scale ?? 0)))
  }
}

function unitOf({ measure }: LadderText, reading: Reading): Unit {
  const counted = (unit: 'orders' | 'visits' | 'times'): Unit => ({
    name: unit,
    written: (count) => `${count} ${unit}`,
    zero: `0 ${unit}`,
    sizeOf: (reach) => (reach.type === 'count' && reach.unit === unit ? reach.count : null),
  })
  switch (measure.type) {
    case 'earned': {
      const asset = measure.of
      const scale = 10 ** (reading.names.assets.get(asset)?.scale ?? 0)
      return {
        name: asset,
        written: (count) => printAmount({ asset, units: count * scale }, reading),
        zero: `0 ${asset}`,
        sizeOf: (reach) => (reach.type === 'amount' && reach.asset === asset ? reach.units : null),
      }
    }
    case 'spend': {
      const exponent = reading.names.currency?.exponent ?? 2
      return {
        name: 'money',
        written: (count) => printMoney({ minor: count * 10 ** exponent }, reading),
        zero: printMoney({ minor: 0 }, reading),
        sizeOf: (reach) => (reach.type === 'money' ? reach.minor : null),
      }
    }
    case 'orders':
    case 'visits':
      return counted(measure.type)
    case 'activities':
    case 'referrals':
      return counted('times')
  }
}

function checkMovement({ tree, fall, rise, window }: LadderText, reading: Reading): void {
  if (fall.to === 'never') {
    for (const key of ['grace', 'warn']) {
      if (childOf(fall.tree, key) === undefined) continue
      const message = `Members never fall on this ladder, so \`${key}\` means nothing`
      remark(reading, 'error', [fall.tree, key], 'fall-never', message, `Leave \`${key}\` out, or say to: earned`)
    }
  }
  if (rise === 'period-end' && (window.type === 'lifetime' || window.type === 'rolling')) {
    const message = 'Members would rise at the end of a period, and this window has none'
    const instead = 'Say rise: at-once, or take a window with periods: { calendar: year }'
    remark(reading, 'error', [tree, 'rise'], 'rise-without-period', message, instead)
  }
}
