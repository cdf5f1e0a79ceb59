import type { Goal, MemberEvent, Stamp } from '@laurel/engine'
import { livesOfDays } from '../generators/scale.ts'
import type { Case } from '../properties/cases.ts'
import { goal, offer } from '../vectors/goal-builder.ts'
import { on, paid } from '../vectors/history-builder.ts'
import { days, program, timelineOf } from '../vectors/program-builder.ts'

/** The edges of offers by hand: a minor unit, a millisecond, a second receipt (OFF-1, OFF-2). */

const sent = (id: string, stamp: Stamp): MemberEvent => ({
  ...{ type: 'offer.sent', source: 'shop', id, stamp, offer: 'come-back' },
})

function offering(wanted: Partial<Goal>, events: readonly MemberEvent[], end: 'open' | 'closed' = 'open'): Case {
  const comeBack = offer(goal({ measure: { type: 'spend' }, target: 1000, ...wanted }), {
    window: { length: days(2), end },
  })
  const timeline = timelineOf(program({ offers: new Map([[comeBack.id, comeBack]]) }))
  return { scale: livesOfDays, timeline, events }
}

const came = sent('first', on('2026-03-01T09:00'))
const bought = (order: string, at: string, amount: number) => paid(order, on(at), amount)

export const craftedOffers: readonly Case[] = [
  // Two orders of 6.00 are no single order of 10.00.
  offering({ measure: { type: 'order' } }, [
    came,
    bought('o1', '2026-03-01T10:00', 600),
    bought('o2', '2026-03-01T11:00', 600),
  ]),
  // Just as much is not more, be it in one order or in all.
  offering({ comparison: 'moreThan' }, [came, bought('o1', '2026-03-01T10:00', 1000)]),
  offering({ comparison: 'moreThan', measure: { type: 'order' } }, [came, bought('o1', '2026-03-01T10:00', 1000)]),
  // The last moment of a closed window still counts, of an open one it does not.
  offering({}, [came, bought('o1', '2026-03-03T09:00', 1000)], 'closed'),
  offering({}, [came, bought('o1', '2026-03-03T09:00', 1000)]),
  // Each time that it comes it is completed by itself.
  offering({}, [came, sent('second', on('2026-03-01T10:00')), bought('o1', '2026-03-01T11:00', 1000)]),
]
