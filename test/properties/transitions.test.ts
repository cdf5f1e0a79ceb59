import { transitions } from './every-property.ts'
import { fewCases } from './few-cases.ts'

transitions(fewCases(16))
