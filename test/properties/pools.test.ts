import { pools } from './every-property.ts'
import { fewCases } from './few-cases.ts'

pools(fewCases(16))
