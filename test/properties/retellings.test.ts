import { afterAll } from 'vitest'
import { retellings } from './every-property.ts'
import { fewCases } from './few-cases.ts'

const suite = fewCases(16)
retellings(suite)

afterAll(() => console.log(`live = preview = replay = rebuild = backtest; ${suite.coverage.summary()}`))
