import { histories } from './every-property.ts'
import { fewCases } from './few-cases.ts'

histories(fewCases(16))
