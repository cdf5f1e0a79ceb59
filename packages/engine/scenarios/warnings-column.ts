import type { Notice } from '../notices.ts'
import type { Program } from '../program/program.ts'
import { dayOf, dayText } from '../time/local.ts'
import { type Column, wrong } from './column.ts'
import { amountText, levelName } from './outcomes.ts'

/** What a member is to be told (LOT-7): `33 points after 2027-01-31`, `gold until 2027-01-30`, `closed after
 * 2026-10-31`; each once, however often it is told. */
export function warningsColumn(program: Program): Column<{ readonly notices: readonly Notice[] }> {
  return {
    name: 'warnings',
    canonical(text) {
      if (text === 'none') return text
      const parts = text.split(',').map((part) => part.trim())
      const strange = parts.find((part) => !/^(\S+ \S+ after|\S+ until|closed after) \d{4}-\d{2}-\d{2}$/.test(part))
      return strange === undefined
        ? parts.sort().join(', ')
        : wrong(
            `"${strange}" is no warning`,
            'write it like 33 points after 2027-01-31, gold until 2027-01-30, closed after 2026-10-31',
          )
    },
    actual({ notices }) {
      const texts = new Set(notices.flatMap((notice) => textsOf(program, notice)))
      return texts.size === 0 ? 'none' : [...texts].sort().join(', ')
    },
  }
}

function textsOf(program: Program, notice: Notice): string[] {
  switch (notice.kind) {
    case 'points-will-lapse':
      return notice.lots.map(
        ({ amount, lastDay }) => `${amountText(program, notice.asset, amount)} after ${dayText(lastDay)}`,
      )
    // Said when it happens, and no warning.
    case 'award-sold-out':
    case 'seat-kept':
    case 'session-called-off':
    case 'session-moved':
      return []
    case 'program-closes':
      return [`closed after ${dayText(dayOf(notice.burnsUntil - 1))}`]
    case 'tier-will-fall':
    case 'tier-at-risk':
      return [`${levelName(program, notice.ladder, notice.level)} until ${dayText(notice.on)}`]
  }
}
