import {
  Allowance,
  type AwardingRule,
  type Cap,
  decide,
  type Effect,
  grantsFor,
  type Member,
  type MemberEvent,
  newMember,
  type Program,
  replay,
  type TimePassed,
  takenBy,
  toldBy,
} from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { challenge, goal, offer } from '../vectors/goal-builder.ts'
import { on, paid, refund } from '../vectors/history-builder.ts'
import { capOf, days, everyone, program, reward, timelineOf } from '../vectors/program-builder.ts'
import { ofType } from '../vectors/reading.ts'

/** EARN-5: what is sold out takes nothing of a budget, and nothing of a cap. */

type Recorded = Exclude<MemberEvent, TimePassed>
interface Life {
  member: Member
  readonly events: Recorded[]
  readonly effects: Effect[]
}

/** Members one after another, and what is left for all of them, as whoever keeps it counts it. */
function shop(parts: Partial<Program>, left: ReadonlyMap<string, number>) {
  const timeline = timelineOf(
    program({ onOrder: [], rewards: new Map([['code', reward('code', { codes: 'uploaded' })]]), ...parts }),
  )
  const rest = new Map(left)
  const lives = new Map<string, Life>()
  const tell = (who: string, event: Recorded): string[] => {
    const life = lives.get(who) ?? { member: newMember(), events: [], effects: [] }
    lives.set(who, life)
    const takes = (judged: Recorded) => takenBy(decide(timeline, life.member, judged).effects)
    const grants = grantsFor(
      takes(event),
      (room) => rest.get(room) ?? 0,
      (offered) => takes({ ...event, grants: offered }),
    )
    const granted: Recorded = { ...event, grants }
    const { effects, member } = decide(timeline, life.member, granted)
    for (const effect of effects) {
      if (effect.type === 'room') rest.set(effect.room, (rest.get(effect.room) ?? 0) - effect.change)
    }
    life.member = member
    life.events.push(granted)
    life.effects.push(...effects)
    const again = replay(timeline, life.events, null, toldBy(life.effects), { allowance: new Allowance([]) })
    expect(again.member).toEqual(member)
    return effects.flatMap((effect) =>
      effect.type === 'sold-out' || effect.type === 'capped'
        ? [effect.type]
        : effect.type === 'voucher'
          ? [`${effect.voucher.reward} ${effect.voucher.status}`]
          : [],
    )
  }
  return { tell, rest, lives }
}

const codes = 'codes/code'
const aCode = [{ type: 'reward', reward: 'code' }] as const
const threeTimes = (id: string) => ({ id, most: { type: 'times', times: 3 }, edge: 'refuse' }) as const
const buys = (who: string, at = '2026-03-02', id = `o-${who}`) => paid(id, on(at), 1_000)
const returns = (who: string, at = '2026-03-03') => refund(`back-${who}`, `o-${who}`, on(at), 1_000)

describe('EARN-5 the budget of an offer whose codes are gone', () => {
  const pot = 'budget:offer:duo/ever'
  const duo = offer(goal(), {
    ...{ id: 'duo', window: { length: days(30), end: 'open' } },
    type: { awards: aCode, budget: threeTimes('offer:duo') },
  })
  const withOffer = { offers: new Map([['duo', duo]]) }
  const sent = { type: 'offer.sent', source: 'staff', id: 's', offer: 'duo', stamp: on('2026-03-01') } as const

  test('is there for whoever comes when there are codes again', () => {
    const { tell, rest } = shop(withOffer, new Map([[pot, 3]]))
    const complete = (who: string) => {
      tell(who, sent)
      return tell(who, buys(who))
    }
    expect(['a', 'b', 'c', 'd', 'e'].map(complete)).toEqual(Array(5).fill(['sold-out']))
    expect(rest.get(pot)).toBe(3)
    rest.set(codes, 2)
    expect(['f', 'g', 'h'].map(complete)).toEqual([['code open'], ['code open'], ['sold-out']])
    rest.set(codes, 5)
    expect(['i', 'j'].map(complete)).toEqual([['code open'], ['capped']])
    expect([rest.get(pot), rest.get(codes)]).toEqual([0, 4])
  })

  test('gets nothing back of what it has not paid for', () => {
    const { tell, rest, lives } = shop(withOffer, new Map([[pot, 3]]))
    tell('a', sent)
    tell('a', buys('a'))
    tell('a', returns('a'))
    expect([rest.get(pot), lives.get('a')?.member.offers?.[0]?.completed]).toEqual([3, null])
    // Under the same name it is sold out for good, and takes nothing then either.
    rest.set(codes, 1)
    expect([tell('a', buys('a', '2026-03-04', 'o-2')), rest.get(pot), rest.get(codes)]).toEqual([['sold-out'], 3, 1])
  })

  test('pays where anything is given', () => {
    const points = { type: 'amount', asset: 'points', amount: 5 } as const
    const both = { ...duo, type: { ...duo.type, awards: [...aCode, points] } }
    const { tell, rest } = shop({ offers: new Map([['duo', both]]) }, new Map([[pot, 3]]))
    tell('a', sent)
    expect([tell('a', buys('a')), rest.get(pot)]).toEqual([['sold-out'], 2])
    tell('a', returns('a'))
    expect(rest.get(pot)).toBe(3)
  })
})

test('EARN-5 GAME-1 the budget of a challenge, of its milestones and of its streak', () => {
  const pot = 'budget:challenge:moods/ever'
  const moods = challenge('moods', {
    ...{ goal: goal({ target: 2 }), afterRefund: 'revoke', budget: threeTimes('challenge:moods') },
    milestones: [{ id: 'first', reach: 1, awards: aCode }],
    awards: aCode,
    streak: { reach: 1, freeze: 0, awards: aCode },
  })
  const { tell, rest } = shop({ challenges: new Map([['moods', moods]]) }, new Map([[pot, 3]]))
  expect(tell('a', buys('a'))).toEqual(['sold-out'])
  expect(tell('a', buys('a', '2026-03-04', 'o-2'))).toEqual(['sold-out', 'sold-out'])
  expect(rest.get(pot)).toBe(3)
  tell('a', returns('a', '2026-03-05'))
  expect(rest.get(pot)).toBe(3)
})

describe('EARN-5 EARN-4 the caps of a rule whose reward is sold out', () => {
  const rule = (parts: Partial<AwardingRule>): AwardingRule => ({
    ...{ id: 'welcome', audience: everyone, when: null, lines: null, during: null, group: null, exclusive: false },
    ...{ holdout: null, awards: aCode, caps: [0], budget: null },
    ...parts,
  })
  const capped = (parts: Partial<Cap>, of: Partial<AwardingRule> = {}): Partial<Program> => ({
    awardsOn: { order: [rule(of)], activity: new Map(), occasion: new Map() },
    caps: [capOf('rule:welcome', 1, { counts: 'times', span: { type: 'ever' }, ...parts })],
  })

  test('a welcome gift that was sold out comes with a later order, and once', () => {
    const { tell, rest } = shop(capped({}), new Map())
    expect(tell('a', buys('a'))).toEqual(['sold-out'])
    rest.set(codes, 2)
    expect(tell('a', buys('a', '2026-03-05', 'o-2'))).toEqual(['code open'])
    expect(tell('a', buys('a', '2026-03-06', 'o-3'))).toEqual([])
    // What was never given makes no room when its order goes back.
    expect(tell('a', returns('a', '2026-03-07'))).toEqual([])
    expect(tell('a', buys('a', '2026-03-08', 'o-4'))).toEqual([])
    expect(rest.get(codes)).toBe(1)
  })

  test('what all share is taken by whoever gets something', () => {
    const pot = 'rule:welcome/ever'
    const { tell, rest } = shop(capped({ of: 'program', most: 2 }), new Map([[pot, 2]]))
    expect(['a', 'b', 'c'].map((who) => tell(who, buys(who)))).toEqual(Array(3).fill(['sold-out']))
    expect(rest.get(pot)).toBe(2)
    rest.set(codes, 1)
    expect(['d', 'e'].map((who) => tell(who, buys(who)))).toEqual([['code open'], ['sold-out']])
    rest.set(codes, 5)
    expect(['f', 'g'].map((who) => tell(who, buys(who)))).toEqual([['code open'], []])
    expect(tell('a', returns('a', '2026-03-07'))).toEqual([])
    expect([rest.get(pot), rest.get(codes)]).toEqual([0, 4])
  })

  test('who has it already is not told that it is sold out', () => {
    const { tell, lives, rest } = shop(capped({}), new Map([[codes, 1]]))
    expect(tell('a', buys('a'))).toEqual(['code open'])
    expect([tell('a', buys('a', '2026-03-05', 'o-2')), rest.get(codes)]).toEqual([[], 0])
    expect(ofType(lives.get('a')?.effects ?? [], 'missed')).toEqual([])
  })
})
