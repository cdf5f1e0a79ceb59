import { DAY_MS, type LocalTime } from '../../time/local.ts'
import { endOf } from '../compile/parts.ts'
import type { DocumentText } from '../document/document.ts'
import type { ChallengeText, MilestoneText } from '../document/games.ts'
import type { GoalText, GoalWindowText } from '../document/goals.ts'
import type { Named } from '../list-shape.ts'
import { printAmount, printMoney } from '../scalar-amount.ts'
import type { Reading } from '../shape.ts'
import { checkAudience } from './audience.ts'
import { checkBudget, checkHoldout } from './bounds.ts'
import { checkDuring } from './during.ts'
import type { Gifts } from './gifts.ts'
import { remark } from './remark.ts'

export function checkChallenges(
  challenges: readonly Named<ChallengeText>[],
  document: DocumentText,
  gifts: Gifts | null,
  inForceFrom: LocalTime | null,
  reading: Reading,
): void {
  for (const { value: challenge } of challenges) {
    const { tree, goal, window } = challenge
    checkAudience(challenge.for, tree, reading)
    checkHoldout(challenge.holdout, tree, reading)
    checkDuring(challenge.during, tree, inForceFrom, reading)
    checkWindow(challenge, inForceFrom, reading)
    checkGoal(goal, daysOfWindow(window), document, gifts, reading)
    checkMilestones(challenge, reading)
    const awards = [
      ...challenge.give,
      ...(challenge.milestones ?? []).flatMap((milestone) => milestone.give),
      ...(challenge.streak?.give ?? []),
    ]
    if (challenge.budget !== null) checkBudget(challenge.budget, awards, true, reading)
    if (challenge.streak !== null && window.type !== 'calendar') {
      const message = 'A streak counts windows in a row, and here there is only one'
      const instead = 'Let the window be a calendar one: { calendar: week }, or leave `streak` out'
      remark(reading, 'error', [tree, 'streak'], 'streak-window', message, instead)
    }
  }
}

function checkWindow({ tree, window }: ChallengeText, inForceFrom: LocalTime | null, reading: Reading): void {
  if (window.type !== 'dates') return
  checkDates(window, [tree, 'window'], inForceFrom, reading)
}

/** A window between two dates that is none, or is over. */
export function checkDates(
  window: Extract<GoalWindowText, { type: 'dates' }>,
  at: Parameters<typeof remark>[2],
  inForceFrom: LocalTime | null,
  reading: Reading,
): void {
  const end = endOf(window.through)
  if (end <= window.from.local) {
    const message = 'The end does not come after the beginning: no time is left'
    remark(reading, 'error', [...at, 'through'], 'during-empty', message, 'Let `through` be a later day than `from`')
  } else if (inForceFrom !== null && end <= inForceFrom) {
    const message = 'This is over before the program is in force'
    remark(reading, 'warning', [...at, 'through'], 'during-over', message, 'Take it out, or let it end later')
  }
}

/** The most days that one window has; null: without end. */
function daysOfWindow(window: GoalWindowText): number | null {
  switch (window.type) {
    case 'calendar':
      return { day: 1, week: 7, month: 31, quarter: 92, year: 366 }[window.unit]
    case 'dates':
      return Math.max(0, Math.ceil((endOf(window.through) - window.from.local) / DAY_MS))
    case 'lifetime':
      return null
  }
}

/** Goals that are met by nothing, and goals that nothing meets. */
export function checkGoal(
  goal: GoalText,
  days: number | null,
  document: DocumentText,
  gifts: Gifts | null,
  reading: Reading,
): void {
  const { tree, type, comparison, target } = goal
  const at = [tree, goal.type] as const
  if (comparison === 'atLeast' && target === 0) {
    remark(
      reading,
      'error',
      at,
      'goal-zero',
      'Nothing has to be done for it',
      `Write at least ${inUnit(goal, 1, reading)}`,
    )
    return
  }
  const never = (message: string, instead: string) => {
    remark(reading, 'error', at, 'goal-never', `${message}: nobody ever gets there`, instead)
  }
  const wanted = comparison === 'moreThan' ? target + 1 : target
  if ((type === 'visits' || goal.distinct === 'day') && days !== null && wanted > days) {
    never(`It asks for ${wanted} days, and the window has at most ${days}`, 'Ask for fewer, or take a longer window')
  }
  const inPlaces = goal.places?.length ?? 0
  if (goal.distinct === 'place' && inPlaces > 0 && wanted > inPlaces) {
    never(`It asks for ${wanted} different places and counts ${inPlaces}`, 'Ask for fewer, or name more places')
  }
  if (type === 'earned' && gifts !== null && !gifts.byDoing.has(goal.of)) {
    never(
      `No rule gives \`${goal.of}\` for orders or activities`,
      `Let a rule give it, for instance \`give: 1 ${goal.of}\``,
    )
  }
  if (type === 'referrals' && document.referral === null) checkReferrals([tree, 'referrals'], reading)
}

/** Something counts referrals, and the program has none. */
export function checkReferrals(at: Parameters<typeof remark>[2], reading: Reading): void {
  const message = 'This counts friends whose referral qualified, and the program has no `referral`'
  const instead = 'Add `referral`, or count something else'
  remark(reading, 'error', at, 'referral-missing', message, instead)
}

function checkMilestones({ goal, milestones }: ChallengeText, reading: Reading): void {
  let below = 0
  for (const { tree, reach } of milestones ?? []) {
    const size = sizeIn(goal, reach)
    const at = [tree, 'reach'] as const
    if (size === null) {
      const message = `The goal counts ${goal.unit === 'amount' ? goal.of : goal.unit}, and this is something else`
      remark(reading, 'error', at, 'milestone-unit', message, `Write it like ${inUnit(goal, 2, reading)}`)
      continue
    }
    if (size <= below) {
      const message = below === 0 ? 'It is reached before anything is done' : 'It comes before the one above it'
      remark(reading, 'error', at, 'milestone-order', message, 'List milestones from the lowest to the highest')
    } else if (size >= goal.target) {
      const message = `It is not on the way: the goal is reached at ${inUnit(goal, goal.target, reading)}`
      remark(reading, 'error', at, 'milestone-order', message, 'Let it be below the goal, or give it with the goal')
    }
    below = Math.max(below, size)
  }
}

/** In the unit of the goal; null for another one. */
function sizeIn(goal: GoalText, reach: MilestoneText['reach']): number | null {
  switch (reach.type) {
    case 'amount':
      return goal.unit === 'amount' && goal.of === reach.asset ? reach.units : null
    case 'money':
      return goal.unit === 'money' ? reach.minor : null
    case 'count':
      return goal.unit === reach.unit ? reach.count : null
  }
}

function inUnit(goal: GoalText, size: number, reading: Reading): string {
  switch (goal.unit) {
    case 'amount':
      return printAmount({ asset: goal.of, units: size }, reading)
    case 'money':
      return printMoney({ minor: size }, reading)
    case 'times':
    case 'items':
    case 'visits':
      return `${size} ${goal.unit}`
  }
}
