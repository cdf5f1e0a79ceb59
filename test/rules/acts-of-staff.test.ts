import type { LotsExtended, RequestAnswer, Timeline } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { burn, dayNumber, granted, on, paid, refund, tick } from '../vectors/history-builder.ts'
import { days, earning, nothingGivenUp, points, program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, live, lotsOf, ofType, replayed } from '../vectors/reading.ts'

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

  test('of a day on which nothing ends is refused, first of all: never held, spent, held or lapsed', () => {
    const late = { ...extended('2026-03-11', '2026-03-31'), stamp: on('2026-03-12') }
    for (const events of [
      [earned, extended('2026-03-10', '2026-03-31')],
      [earned, extended('2026-03-10', '2026-03-01')],
      [earned, ...burn('r', on('2026-03-03'), 50), extended('2026-03-11', '2026-03-31')],
      [earned, ...burn('r', on('2026-03-05T11:30'), 50).slice(0, 1), extended('2026-03-11', '2026-03-31')],
      [earned, late],
    ]) {
      expect(ended(events)).toMatchObject({ answer: { refusal: { code: 'unknown-lot' } }, refused: ['unknown-lot'] })
    }
    const onLastDay = { ...late, stamp: on('2026-03-11T23:59:59.999') }
    expect(ended([earned, onLastDay]).answer).toEqual(granted(50))
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
