import type { MemberEvent } from '@laurel/engine'
import { livesOfDays } from '../generators/scale.ts'
import type { Case } from '../properties/cases.ts'
import { challenge, goal } from '../vectors/goal-builder.ts'
import { on, paid, refund } from '../vectors/history-builder.ts'
import { earning, program, timelineOf } from '../vectors/program-builder.ts'

/** Marks that come and go over a challenge that is tried on some, and refunds of what came before (EXP-1, END-3). */

const mark = (at: string, to: 'staff' | 'none'): MemberEvent => ({
  ...{ type: 'member.changed', source: 'shop', id: `mark-${at}`, stamp: on(at), segments: null, tags: null, mark: to },
})
const order = (id: string, at: string) => paid(id, on(at), 2000)
const back = refund('r', 'a', on('2026-03-05'), 2000)

/** Of whom hardly anybody is treated, and this member is not. */
function heldOut(events: readonly MemberEvent[]): Case {
  const moods = challenge('moods', {
    goal: goal({ measure: { type: 'spend' }, target: 9000 }),
    ...{ window: { type: 'lifetime' }, holdout: { numerator: 99, denominator: 100 } },
  })
  const timeline = timelineOf(program({ staffEarn: true, challenges: new Map([[moods.id, moods]]) }))
  return { scale: livesOfDays, timeline, events, chance: 7 }
}

/** Marked when the order comes, and not when it is edited: it has met the rule. */
const metByStaff: Case = {
  ...heldOut([]),
  timeline: timelineOf(
    program({ staffEarn: true, onOrder: [earning({ holdout: { numerator: 99, denominator: 100 } })] }),
  ),
  events: [
    mark('2026-03-01', 'staff'),
    order('a', '2026-03-02'),
    mark('2026-03-03', 'none'),
    { ...paid('a', on('2026-03-04'), 3000, { id: 'edit' }), type: 'order.edited' },
  ],
}

export const craftedExperiments: readonly Case[] = [
  // Held out, then marked: the refund takes off nothing that never counted.
  heldOut([order('a', '2026-03-01'), mark('2026-03-02', 'staff'), back]),
  // Marked, then held out: the refund takes off what counted.
  heldOut([
    mark('2026-03-01', 'staff'),
    order('a', '2026-03-02'),
    mark('2026-03-03', 'none'),
    order('b', '2026-03-04'),
    back,
  ]),
  metByStaff,
]
