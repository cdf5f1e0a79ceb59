import type { LotsExtended, LotsReinstated, MemberEvent, RequestAnswer, Timeline } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { burn, cancel, dayNumber, granted, on, paid, refund, short, tick } from '../vectors/history-builder.ts'
import {
  days,
  earning,
  level,
  nothingGivenUp,
  points,
  program,
  standing,
  timelineOf,
} from '../vectors/program-builder.ts'
import { balanceOf, levelOf, live, lotsOf, ofType, replayed } from '../vectors/reading.ts'

/** Points that live ten days: those of 1 March end on the 11th. */
const tenDays = points({ expiry: { type: 'life', life: days(10), endOf: null } })
const timeline = timelineOf(program({ assets: [tenDays] }))
const earned = paid('o1', on('2026-03-01T09:00'), 5_000)
const by = { source: 'staff', stamp: on('2026-03-05T12:00'), actor: 'staff-1', reason: 'illness' } as const
const ended = (events: Parameters<typeof live>[1], over: Timeline = timeline) => {
  const { member, decisions } = live(over, events)
  const { answer = null, effects = [] } = decisions.at(-1) ?? {}
  return {
    answer,
    member,
    lots: lotsOf(member),
    refused: ofType(effects, 'refused').map(({ refusal }) => refusal.code),
  }
}

describe('LOT-6 an extension', () => {
  const extended = (lastDay: string, newLastDay: string, answer: RequestAnswer | null = null): LotsExtended => ({
    ...{ ...by, type: 'lots.extended', id: 'x', asset: 'points', answer },
    ...{ lastDay: dayNumber(lastDay), newLastDay: dayNumber(newLastDay) },
  })
  const lot = (lastDay: string, amount: number) => ({ priority: 0, lastDay: dayNumber(lastDay), amount })

  test('answers how much it moved: all that ends on that day and has not been used', () => {
    const other = paid('o2', on('2026-03-02T09:00'), 1_000)
    const { answer, lots } = ended([
      earned,
      other,
      ...burn('r', on('2026-03-03'), 20),
      extended('2026-03-11', '2026-03-31'),
    ])
    expect(answer).toEqual(granted(30))
    expect(lots).toEqual([lot('2026-03-12', 10), lot('2026-03-31', 30)])
  })

  test('to the same day, an earlier one or one that is over is refused, and takes nothing away', () => {
    for (const newLastDay of ['2026-03-11', '2026-03-10', '2026-03-01']) {
      expect(ended([earned, extended('2026-03-11', newLastDay)])).toMatchObject({
        ...{ answer: { granted: false, refusal: { code: 'not-later', shortBy: null } }, refused: ['not-later'] },
        lots: [lot('2026-03-11', 50)],
      })
    }
    expect(ended([earned, extended('2026-03-11', '2026-03-12')]).lots).toEqual([lot('2026-03-12', 50)])
  })

  test('of a day on which nothing ends is refused, first of all: never held, spent or lapsed', () => {
    const late = { ...extended('2026-03-11', '2026-03-31'), stamp: on('2026-03-12') }
    for (const events of [
      [earned, extended('2026-03-10', '2026-03-31')],
      [earned, extended('2026-03-10', '2026-03-01')],
      [earned, ...burn('r', on('2026-03-03'), 50), extended('2026-03-11', '2026-03-31')],
      [earned, late],
    ]) {
      expect(ended(events)).toMatchObject({ answer: { refusal: { code: 'unknown-lot' } }, refused: ['unknown-lot'] })
    }
    const onLastDay = { ...late, stamp: on('2026-03-11T23:59:59.999') }
    expect(ended([earned, onLastDay]).answer).toEqual(granted(50))
  })

  describe('of what is reserved', () => {
    const reserved = (amount: number, until: string, asked = '2026-03-03') => {
      const [event] = burn('r', on(asked), amount)
      if (event?.type !== 'redemption.reserve') throw new Error('a burn begins with its reservation')
      return { ...event, until: on(until) }
    }
    const act = extended('2026-03-11', '2026-03-31')

    test('takes along what an open reservation holds, which comes back to the day that was set', () => {
      const held = [earned, reserved(30, '2026-03-20'), act]
      expect(ended(held)).toMatchObject({ answer: granted(50), lots: [lot('2026-03-31', 20)] })
      const back = ended([...held, tick(on('2026-03-25'))])
      expect(back.lots).toEqual([lot('2026-03-31', 50)])
      expect(balanceOf(back.member)).toMatchObject({ active: 50, held: 0 })
      expect(ended([...held, tick(on('2026-04-01'))]).lots).toEqual([])
    })

    test('is granted where all of it is held, and moves only the part that ends on that day', () => {
      const other = paid('o2', on('2026-03-02T09:00'), 1_000)
      const all = [earned, other, reserved(55, '2026-03-20'), act]
      expect(ended(all).answer).toEqual(granted(50))
      const back = ended([...all, cancel('r', on('2026-03-06'))])
      expect(back.lots).toEqual([lot('2026-03-12', 10), lot('2026-03-31', 50)])
    })

    test('finds nothing of it where its day is over: it comes back for a day (LOT-3)', () => {
      const late = { ...act, stamp: on('2026-03-12T12:00') }
      const held = [earned, reserved(50, '2026-03-20'), late]
      expect(ended(held).refused).toEqual(['unknown-lot'])
      expect(ended([...held, tick(on('2026-03-20'))]).lots).toEqual([lot('2026-03-21', 50)])
    })

    test('EVT-2 is told again with what came late and is held by then', () => {
      const told = { ...act, answer: granted(50) }
      const events = [earned, { ...reserved(30, '2026-03-20'), answer: granted(30) }, told, tick(on('2026-03-25'))]
      expect(lotsOf(replayed(timeline, events).member)).toEqual([lot('2026-03-31', 50)])
    })
  })

  test('TRN-3 beyond the day until which a given-up asset is honoured is refused: it would change nothing', () => {
    const begins = on('2026-03-03')
    const honoured = (until: string) =>
      timelineOf(program({ assets: [tenDays] }), [
        begins.at,
        program({
          ...{ version: 2, assets: [points({ id: 'stars' })], onOrder: [earning({ asset: 'stars' })] },
          transitions: {
            ...nothingGivenUp,
            assets: new Map([['points', { type: 'honour', until: on(until).local }]]),
          },
        }),
      ])
    const asked = (lastDay: string, until: string) => {
      const act = extended(lastDay, '2026-03-31')
      return ended([earned, { ...act, stamp: { ...act.stamp, version: 2 } }], honoured(until)).answer
    }
    expect(asked('2026-03-07', '2026-03-08')).toMatchObject({ refusal: { code: 'not-later' } })
    expect(asked('2026-03-11', '2026-03-21')).toEqual(granted(50))
  })

  test('EVT-2 is told again as it was answered: what came late moves along, what was refused never does anything', () => {
    const early = paid('o0', on('2026-03-01T08:00'), 1_000)
    const act = extended('2026-03-11', '2026-03-31', granted(50))
    const lotsAfter = (...events: Parameters<typeof replayed>[1]) => lotsOf(replayed(timeline, events).member)
    expect(lotsAfter(earned, act, early)).toEqual([lot('2026-03-31', 60)])
    expect(lotsAfter(act, earned, ...burn('r', on('2026-03-04'), 50))).toEqual([])
    const refused: RequestAnswer = { granted: false, refusal: { code: 'unknown-lot', shortBy: null } }
    expect(lotsAfter(extended('2026-03-11', '2026-03-31', refused), earned)).toEqual([lot('2026-03-11', 50)])
  })

  test('REF-2 what was extended is taken back as any other lot', () => {
    const back = refund('f', 'o1', on('2026-03-20'), 5_000)
    const act = extended('2026-03-11', '2026-03-31')
    expect(balanceOf(ended([earned, act, back]).member)).toMatchObject({ active: 0, debt: 0 })
    expect(balanceOf(ended([earned, act, tick(on('2026-04-01'))]).member).active).toBe(0)
  })
})

describe('LOT-6 a reinstatement', () => {
  const reinstated = (newLastDay: string, at = '2026-03-20T12:00'): LotsReinstated => ({
    ...{ ...by, stamp: on(at), type: 'lots.reinstated', id: 'b', asset: 'points', amount: 20, answer: null },
    ...{ lastDay: dayNumber('2026-03-11'), newLastDay: dayNumber(newLastDay) },
  })

  test('to a day that is over is refused, also where nothing has lapsed: they would lapse in the same moment', () => {
    for (const events of [[earned], []]) {
      const { answer, refused, member } = ended([...events, reinstated('2026-03-19')])
      expect(answer).toEqual({ granted: false, refusal: { code: 'already-over', shortBy: null } })
      expect([refused, balanceOf(member).active]).toEqual([['already-over'], 0])
    }
    expect(ended([earned, reinstated('2026-03-19', '2026-03-19T23:59:59.999')]).answer).toEqual(granted(20))
    expect(ended([earned, reinstated('2026-03-19', '2026-03-20')]).answer?.granted).toBe(false)
  })

  test('to this very day is good to its end', () => {
    const today = reinstated('2026-03-20')
    const active = (at: string) => balanceOf(ended([earned, today, tick(on(at))]).member).active
    expect([active('2026-03-20T23:59:59.999'), active('2026-03-21')]).toEqual([20, 0])
  })

  test('of whoever has left is refused for that first', () => {
    const left: MemberEvent = { type: 'member.left', source: 'shop', id: 'l', stamp: on('2026-03-15') }
    expect(ended([earned, left, reinstated('2026-03-19')]).refused).toEqual(['left'])
  })

  test('EVT-2 stands once granted, also where a late burn has left less to lapse', () => {
    const eighty = { ...reinstated('2026-06-30'), amount: 80 }
    expect(ended([earned, eighty]).answer).toEqual(granted(50))
    const late = burn('b1', on('2026-03-05T09:00'), 20)
    const active = (...events: MemberEvent[]) => balanceOf(replayed(timeline, events).member).active
    expect(active(earned, ...late, { ...eighty, answer: granted(50) })).toBe(50)
    expect(active(earned, { ...eighty, answer: short(80) })).toBe(0)
  })
})

describe('TIER-1 an override', () => {
  const ladders = timelineOf(
    program({
      ladders: [standing(0, { levels: [level('green', 0), level('silver', 1_000_000), level('gold', 2_000_000)] })],
    }),
  )
  const overridden = (level: string | null, endsOn: string | null, id = level ?? 'none'): MemberEvent => ({
    ...{ ...by, type: 'tier.overridden', id, ladder: 'standing', level },
    endsOn: endsOn === null ? null : dayNumber(endsOn),
  })

  test('whose end is not in the future is refused, and the one in force stays', () => {
    for (const endsOn of ['2020-01-01', '2026-03-05']) {
      const { refused, member } = ended([overridden('gold', null), overridden('silver', endsOn)], ladders)
      expect([refused, levelOf(member)]).toEqual([['already-over'], 'gold'])
    }
    const tomorrow = ended([overridden('gold', null), overridden('silver', '2026-03-06')], ladders)
    expect([tomorrow.refused, levelOf(tomorrow.member)]).toEqual([[], 'silver'])
    const none = ended([overridden('gold', null), overridden(null, null)], ladders)
    expect([none.refused, levelOf(none.member)]).toEqual([[], 'green'])
  })

  test('EVT-2 is refused again when it is told again', () => {
    const acts = [overridden('gold', null), overridden('silver', '2026-03-05')]
    expect(levelOf(replayed(ladders, [...acts, earned]).member)).toBe('gold')
  })
})
