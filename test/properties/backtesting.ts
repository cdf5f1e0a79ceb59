import {
  type Account,
  ASSUMPTIONS,
  type BacktestSetting,
  backtest,
  barToRedeeming,
  draftOf,
  type Life,
  liveAgain,
  type MemberEvent,
  mergeBacktested,
  movesBetween,
  type Program,
  type Recording,
  type Stamp,
  type Sums,
  type Timeline,
  toldBy,
  whatRan,
} from '@laurel/engine'
import { movesOf, TERM_SIGNS, termsOf } from '@laurel/ledger'
import fc from 'fast-check'
import { expect } from 'vitest'
import { steps, tell } from '../generators/history.ts'
import { timelines } from '../generators/program.ts'
import { livesOfDays } from '../generators/scale.ts'
import { everyone, reward } from '../vectors/program-builder.ts'
import { type Case, cases } from './cases.ts'
import { answered, effectsOf } from './living.ts'

/** A past that is lived again: under what ran it is the one that was, and however it is divided it adds up to one. */

/** Once more as it is stored, and what was posted for it. */
function stored({ timeline, events }: Pick<Case, 'timeline' | 'events'>) {
  const effects = effectsOf(timeline, events)
  const recorded = answered(timeline, events).filter((event) => event.type !== 'time.passed')
  const recording: Recording = { member: 'm', events: recorded, told: toldBy(effects) }
  return { recording, posted: movesOf(effects), setting: upToLast(events) }
}

const upToLast = (events: readonly MemberEvent[]): BacktestSetting => {
  const last = events.reduce((latest, { stamp }) => (stamp.at > latest.at ? stamp : latest), noTime)
  return { upTo: { type: 'time.passed', stamp: last }, assumption: 'as-asked' }
}
const noTime: Stamp = { at: 0, local: 0, placeLocal: 0, version: null }

const movesIn = ({ decisions, after }: Life) => movesOf([...decisions.flatMap(({ effects }) => effects), ...after])

/** What ran, handed in as a draft: judged anew, each request is answered as it was. */
export const aDraftOfWhatRanChangesNothing = (most: number) =>
  fc.property(cases({ most }), (drawn) => {
    const draft = draftOf(latestOf(drawn.timeline))
    const events = drawn.events.map(({ grants: _grants, ...event }: MemberEvent & { grants?: unknown }) => ({
      ...event,
      stamp: { ...event.stamp, version: 1 },
    })) as MemberEvent[]
    const { recording, posted, setting } = stored(withLastWakeUp({ timeline: draft.timeline, events }))
    expect(movesBetween(posted, movesIn(liveAgain(draft, recording, setting)))).toEqual([])
  })

const latestOf = (timeline: Timeline): Program => {
  const latest = timeline.at(-1)
  if (latest === undefined) throw new Error('a timeline has a version')
  return latest.program
}

/** So that both sides let as much time pass. */
const withLastWakeUp = <Of extends Pick<Case, 'timeline' | 'events'>>(drawn: Of): Of => ({
  ...drawn,
  events: [...drawn.events, upToLast(drawn.events).upTo],
})

const shops = (most: number) =>
  timelines(livesOfDays).chain((timeline) =>
    fc
      .array(steps(livesOfDays, most), { minLength: 2, maxLength: 6 })
      .map((histories) => ({
        timeline,
        recordings: histories.map((history, index) => {
          const events = tell(timeline, livesOfDays, 0, history)
          return { ...stored({ timeline, events }), member: `m${index}`, events }
        }),
      }))
      .chain((shop) =>
        fc.record({
          shop: fc.constant(shop),
          parts: fc.array(fc.nat(2), { minLength: shop.recordings.length, maxLength: shop.recordings.length }),
          assumption: fc.constantFrom(...ASSUMPTIONS),
        }),
      ),
  )

/** Whoever is counted with whom, and in which order the counts are put together. */
export const anyPartsAddUp = (most: number) =>
  fc.property(shops(most), ({ shop: { timeline, recordings }, parts, assumption }) => {
    const candidates = [whatRan(timeline), draftOf(latestOf(timeline))]
    const { upTo } = upToLast(recordings.flatMap(({ events }) => events))
    const told = recordings.map(({ recording, member }) => ({ ...recording, member }))
    const read = (some: readonly Recording[]) => backtest(candidates, some, { upTo, assumption })
    const divided = [0, 1, 2].map((part) => read(told.filter((_, index) => parts[index] === part)))
    expect(divided.reduceRight((a, b) => mergeBacktested(a, b))).toEqual(mergeBacktested(read([]), read(told)))
  })

/** Every term of the movement table follows from the totals, and they come to what members have in the end, whatever is assumed. */
export const totalsAreAMovementTable = (most: number) =>
  fc.property(cases({ most }), fc.constantFrom(...ASSUMPTIONS), (drawn, assumption) => {
    const { recording, setting } = stored(drawn)
    const candidates = [whatRan(drawn.timeline), draftOf(latestOf(drawn.timeline))]
    for (const { totals } of backtest(candidates, [recording], { ...setting, assumption })) {
      for (const [asset, rules] of Object.entries(branches(totals.moved))) {
        let moved = 0
        for (const months of Object.values(branches(rules))) {
          for (const flows of Object.values(branches(months))) {
            for (const [flow, amount] of Object.entries(flows)) moved += changeBy(flow, Number(amount))
          }
        }
        const { pending = 0, active = 0, held = 0, debt = 0 } = (totals.closing[asset] ?? {}) as Record<string, number>
        expect(moved).toBe(pending + active + held - debt)
      }
    }
  })

/** Whoever takes at once is left with less than any reward costs that everybody may always have, and is never told a refusal. */
export const takenAtOnceNothingIsLeft = (most: number) =>
  fc.property(cases({ most }), (drawn) => {
    const { recording, setting } = stored(drawn)
    const program = withPlainReward(latestOf(drawn.timeline))
    const draft = draftOf(program)
    const life = liveAgain(draft, recording, { ...setting, assumption: 'at-once' })
    for (const { event, effects } of life.decisions) {
      if (event.source === 'at-once') expect(effects.map(({ type }) => type)).not.toContain('refused')
    }
    if (barToRedeeming(life.program, life.member, life.until) !== null) return
    const active = life.member.assets.find(({ asset }) => asset === program.assets[0]?.id)?.active ?? 0
    expect(active).toBeLessThan(plainPrice)
  })

/** So small that many members can afford it, so large that nobody could carry away a thousand of them. */
const plainPrice = 40

function withPlainReward(program: Program): Program {
  const asset = program.assets[0]?.id ?? ''
  const price = { type: 'fixed', asset, choices: [{ audience: everyone, amount: plainPrice }] } as const
  return { ...program, rewards: new Map([['plain', reward('plain', { price })], ...program.rewards]) }
}

const branches = (sums: Sums): Record<string, Sums> => sums as Record<string, Sums>

/** What one flow adds to the closing balance, less what is on its way between members. */
function changeBy(flow: string, amount: number): number {
  const [from, to] = flow.split('>') as [Account, Account]
  const terms = termsOf(from, to).reduce((sum, { term, sign }) => sum + TERM_SIGNS[term] * sign * amount, 0)
  const onItsWay = (to === 'transit' ? amount : 0) - (from === 'transit' ? amount : 0)
  return terms - onItsWay
}
