export { currencyExponentOf } from './currencies.ts'
export { type EventInput, type EventToSend, event, type ParsedEvent, parseEvent } from './events.ts'
export { type Fault, faultsOf } from './faults.ts'
export type { OrderInput } from './order-content.ts'
