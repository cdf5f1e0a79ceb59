import { backtests } from './every-property.ts'
import { fewCases } from './few-cases.ts'

backtests(fewCases(16))
