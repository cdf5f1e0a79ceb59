import {
  type Backtested,
  backtest,
  compileAccepted,
  compileProgram,
  draftOf,
  type Finding,
  type Program,
  type Recording,
  reportOf,
  type TimePassed,
} from '@laurel/engine'

/** What some members have done, and in which moment they stand in the end. */
export interface Sample {
  readonly until: TimePassed['stamp']
  readonly recordings: readonly Recording[]
}
export interface WhatIfAnswer {
  readonly document: string
  readonly milliseconds: number
  /** Why it could not be lived under; null: it was. */
  readonly finding: Finding | null
  readonly assets: readonly AssetAnswer[]
}
export interface AssetAnswer {
  readonly asset: string
  readonly scale: number
  readonly before: Amount
  readonly after: Amount
  readonly gained: number
  readonly lost: number
  readonly same: number
}
interface Amount {
  readonly amount: number
  readonly minor: number | null
}
export type WhatIfQuestion =
  | { readonly type: 'begin'; readonly sample: Sample; readonly before: string }
  | { readonly type: 'ask'; readonly document: string }

/** Out of use here: it says which goals are too far, and no goal is told. */
const fewPercent = 0

interface Begun {
  readonly sample: Sample
  readonly before: Program
}
let begun: Begun | null = null

/** The same engine that decides on the server, beside the page: a slider must not wait for it, nor it for the slider. */
addEventListener('message', ({ data }: MessageEvent<WhatIfQuestion>) => {
  switch (data.type) {
    case 'begin': {
      const { program } = compileAccepted(data.before, { version: 1, hash: '' })
      begun = program === null ? null : { sample: data.sample, before: program }
      return
    }
    case 'ask':
      if (begun !== null) postMessage(answerOf(begun, data.document))
      return
  }
})

function answerOf({ sample, before }: Begun, document: string): WhatIfAnswer {
  const startedAt = performance.now()
  const { program, findings } = compileProgram(document, { version: 1, hash: '' })
  if (program === null) {
    const finding = findings.find(({ severity }) => severity === 'error') ?? null
    return { document, milliseconds: 0, finding, assets: [] }
  }
  const setting = { upTo: { type: 'time.passed', stamp: sample.until }, assumption: 'as-asked' } as const
  const [first, second] = backtest([draftOf(before), draftOf(program)], sample.recordings, setting)
  const assets = first === undefined || second === undefined ? [] : assetsOf(before, first, program, second)
  return { document, milliseconds: Math.round(performance.now() - startedAt), finding: null, assets }
}

function assetsOf(before: Program, first: Backtested, after: Program, second: Backtested): AssetAnswer[] {
  const was = reportOf(before, first, fewPercent)
  const is = reportOf(after, second, fewPercent)
  return is.assets.flatMap(({ asset, scale, earned }) => {
    const earlier = was.assets.find((each) => each.asset === asset)
    const { gained = 0, lost = 0, same = 0 } = is.against?.find((each) => each.asset === asset) ?? {}
    return earlier === undefined ? [] : [{ asset, scale, before: earlier.earned, after: earned, gained, lost, same }]
  })
}
