import { refunds } from './every-property.ts'
import { fewCases } from './few-cases.ts'

refunds(fewCases(16))
