import type { Timeline } from '@laurel/engine'
import * as engine from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { versionJudging } from '../auditor/versions.ts'
import { program } from '../vectors/program-builder.ts'

/** EVT-3: which version judges what happened at one moment and was decided at another. */
export interface Pin {
  readonly timeline: Timeline
  readonly at: number
  readonly decidedAt: number
}

const versions: fc.Arbitrary<Timeline> = fc
  .array(fc.record({ fromAt: fc.constantFrom(Number.NEGATIVE_INFINITY, 2, 4, 6, 8), after: fc.nat(3) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((drawn) => {
    let publishedAt = 0
    return drawn.map(({ fromAt, after }, index) => {
      publishedAt += after
      const entry = { fromAt, fromLocal: fromAt, publishedAt, publishedLocal: publishedAt }
      return { ...entry, program: program({ version: index + 1 }) }
    })
  })

export const pins: fc.Arbitrary<Pin> = fc
  .record({ timeline: versions, at: fc.nat(10), lag: fc.nat(6) })
  .map(({ timeline, at, lag }) => ({ timeline, at, decidedAt: at + lag }))

/** In words what two readings of the rule say otherwise; null: they agree. */
export function wronglyPinned({ versionAt }: typeof engine, { timeline, at, decidedAt }: Pin): string | null {
  const [audited, found] = [versionJudging(timeline, at, decidedAt), versionAt(timeline, at, decidedAt)]
  const version = found?.program.version ?? null
  return audited === version ? null : `judged by version ${version}, audited ${audited}`
}

export const pinsTheVersion = () =>
  fc.property(pins, (pin) => {
    expect(wronglyPinned(engine, pin)).toBeNull()
  })
