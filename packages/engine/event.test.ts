import { expect, test } from 'vitest'
import { kindOf, type MemberEvent, type TimePassed } from './event.ts'

type Recorded = Exclude<MemberEvent, TimePassed>
const typesByKind: Readonly<Record<ReturnType<typeof kindOf>, readonly Recorded['type'][]>> = {
  fact: ['order.paid', 'order.cancelled', 'refund.made', 'payment.disputed', 'activity', 'member.changed'],
  request: ['redemption.reserve', 'redemption.confirm', 'redemption.cancel'],
  act: ['points.adjusted', 'lots.extended', 'lots.reinstated', 'tier.overridden', 'refund.accepted'],
}

test.each(Object.entries(typesByKind))(
  'EVT-2 what is a %s, and so may be late or is judged at the head',
  (kind, types) => {
    for (const type of types) expect(kindOf({ type } as Recorded)).toBe(kind)
  },
)
