import type { Fraction } from '../../amounts/fraction.ts'
import { addToDay, dayOf, dayText, type LocalDay } from '../../time/local.ts'
import { isTimeBoxed } from '../compile/earning.ts'
import { endOf } from '../compile/parts.ts'
import type { DocumentText } from '../document/document.ts'
import type { ClosingText } from '../document/policies.ts'
import { worthExample } from '../own-words.ts'
import { percentWords } from '../scalar-share.ts'
import type { Reading } from '../shape.ts'
import { childOf } from '../syntax-tree.ts'
import { hasWorth } from './bounds.ts'
import { remark } from './remark.ts'

export function checkClosing(closing: ClosingText, document: DocumentText, reading: Reading): void {
  const { tree, notice, lastEarn, lastBurn, left } = closing
  const order = (key: string, message: string, instead: string) => {
    remark(reading, 'error', [tree, key], 'closing-order', message, instead)
  }
  if (endOf(lastEarn) <= notice.local) {
    order('lastEarn', 'Members would stop earning before they are told', 'Let `lastEarn` be after `notice`')
  }
  if (endOf(lastBurn) < endOf(lastEarn)) {
    order('lastBurn', 'Members would earn what they can no longer spend', 'Let `lastBurn` be after `lastEarn`')
  }
  for (const { value: draw } of document.draws ?? []) {
    if (endOf(draw.window.through) <= endOf(lastBurn)) continue
    const message = 'It ends after the program, and with that all tickets are gone'
    const instead = 'Let `through` be no later than `lastBurn` of `closing`'
    remark(reading, 'warning', [draw.window.tree, 'through'], 'draw-after-closing', message, instead)
  }
  checkWaiting(closing, document, reading)
  if (left.type !== 'charity') return
  for (const { id, value } of document.assets ?? []) {
    if (value.kind !== 'spendable' || hasWorth(id, reading)) continue
    const message = `The charity gets what is left, and what \`${id}\` are worth is not said`
    const instead = `Say what they are worth at the asset, for instance ${worthExample(id, reading.names)}`
    remark(reading, 'error', [tree, 'left'], 'charity-without-worth', message, instead)
  }
}

/** END-4: what still waits on the last day is never spent, though it was earned in time. */
function checkWaiting({ lastEarn, lastBurn }: ClosingText, document: DocumentText, reading: Reading): void {
  const [lastEarned, lastSpent] = [dayOf(endOf(lastEarn) - 1), dayOf(endOf(lastBurn) - 1)]
  if (lastSpent < lastEarned) return
  for (const { id, value } of document.assets ?? []) {
    const { kind, pending, tree } = value
    if (kind === 'qualifying' || kind === 'tickets' || pending === null || pending.type === 'none') continue
    const wait = pending.type === 'period' ? pending.period : pending.longest
    const activeOn = (day: LocalDay): LocalDay => addToDay(day, wait) + Math.ceil(wait.ms / 86_400_000)
    if (activeOn(lastEarned) <= lastSpent) continue
    let inTime = lastSpent
    while (activeOn(inTime) > lastSpent) inTime--
    const mayBe = pending.type === 'period' ? '' : ' may'
    const message = `\`${id}\` earned after ${dayText(inTime)}${mayBe} still wait on ${dayText(lastSpent)}, the last day to spend: nobody can spend them`
    const instead = `Let \`lastEarn\` be ${dayText(inTime)} or earlier, or \`lastBurn\` ${dayText(activeOn(lastEarned))} or later, or let them wait for a shorter time`
    remark(reading, 'warning', [tree, 'pending'], 'pending-beyond-closing', message, instead)
  }
}

interface Measured {
  readonly what: string
  readonly key: 'offers' | 'challenges' | 'bonuses'
  /** Ids of those that say nothing themselves. */
  readonly silent: readonly string[]
}

/** EXP-1: which mechanics are held back from a share of members without saying so themselves, and which from nobody. */
export function checkHoldouts(document: DocumentText, reading: Reading): void {
  const measured: Measured[] = [
    {
      what: 'offers',
      key: 'offers',
      silent: (document.offers ?? []).flatMap(({ id, value }) => (value.holdout === null ? [id] : [])),
    },
    {
      what: 'challenges',
      key: 'challenges',
      silent: (document.challenges ?? []).flatMap(({ id, value }) => (value.holdout === null ? [id] : [])),
    },
    {
      what: 'bonuses with an end',
      key: 'bonuses',
      silent: (document.earn ?? []).flatMap((rule) => (isTimeBoxed(rule) && rule.holdout === null ? [rule.id] : [])),
    },
  ]
  for (const { what, key, silent } of measured) {
    if (silent.length === 0) continue
    const share: Fraction | null = document.holdout?.[key] ?? null
    const said = document.holdout !== null && childOf(document.holdout.tree, key) !== undefined
    if (share !== null && document.holdout !== null) {
      const message = `${percentWords.print(share, reading)} of members do not get these ${what}: ${silent.join(', ')}`
      const instead = 'Add `holdout: none` to one that all are to get'
      remark(reading, 'note', [document.holdout.tree, key], 'silent-shares', message, instead)
    } else if (!said) {
      const message = `\`holdout\` is not stated for ${what}: all members get ${silent.join(', ')}, so what it brings cannot be measured`
      const instead = `Add \`holdout: { ${key}: none }\`, or a share, for instance \`${key}: 10%\``
      remark(reading, 'note', [document.tree], 'silent-holdout', message, instead)
    }
  }
}
