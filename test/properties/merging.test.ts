import { merges } from './every-property.ts'
import { fewCases } from './few-cases.ts'

// A pair is two histories: ten steps of each are twenty.
merges(fewCases(10))
