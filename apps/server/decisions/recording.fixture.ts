import { randomUUIDv7 } from 'node:crypto'
import type { EventInput } from '@laurel/contract'
import { compileAccepted } from '@laurel/engine'
import { type Context, createClocks } from '../context.ts'
import type { Database } from '../db/connect.ts'
import type { DatabaseLog } from '../db/database-failure.ts'
import { createTimelines } from '../programs/timeline.ts'
import { publishProgram } from '../publishing/publish-program.ts'
import { createRecorder, type RecorderOptions, type RecordingContext } from './recorder.ts'
import type { Answer, DecisionAnswer, RequestInput, Submission } from './submission.ts'

/** A program of one point per whole pound, kept for a year, with a tier and a reward: small enough to reckon in the head. */
export const simpleProgram = (id: string, words = '') => `
laurel: 1
id: ${id}
name: { en: Simple }
zone: Europe/London
currency: GBP
inForce: { from: always }
late: { accept: P30D, then: person }
refunds: { accept: P180D, shortfall: debt }
unknownMembers: create
${words}
activities:
  review: { facts: { words: number } }
assets:
  points:
    kind: spendable
    name: { en: points }
    expires: { life: P12M }
  status:
    kind: qualifying
    name: { en: status }
    expires: never
earn:
  - { id: base, on: order.paid, give: 1 points, per: 1.00 GBP, round: floor }
  - { id: climb, on: order.paid, give: 1 status, per: 1.00 GBP, round: floor }
  - { id: review, on: activity.review, when: 'activity.words >= 10', give: 5 points }
tiers:
  - ladder: standing
    measure: { earned: status }
    window: { calendar: year }
    rise: at-once
    fall: { to: earned }
    levels:
      - { id: plain, reach: 0 status, name: { en: Plain } }
      - { id: gold, reach: 500 status, name: { en: Gold } }
rewards:
  single: { kind: custom, name: { en: One }, price: 1 points }
  sixty: { kind: custom, name: { en: Sixty }, price: 60 points }
`

const silent: DatabaseLog = { info: () => undefined, warn: () => undefined, error: () => undefined }

export interface Recording {
  readonly context: RecordingContext
  /** The clock of the server; starts at 2026-06-15T12:00:00Z and stands still. */
  readonly clock: { now: number }
}

export const noon = Date.parse('2026-06-15T12:00:00Z')

export function openRecording(database: Database, options?: RecorderOptions, log: DatabaseLog = silent): Recording {
  const clock = { now: noon }
  const newId: Context['newId'] = (kind) => `${kind}_${randomUUIDv7()}`
  const context: Context = { database, log, ...createClocks(() => clock.now), newId }
  const withPrograms = { ...context, timelines: createTimelines(context, compileAccepted) }
  return { context: { ...withPrograms, recorder: createRecorder(withPrograms, options) }, clock }
}

export const publish = (context: RecordingContext, program: string, document: string = simpleProgram(program)) =>
  publishProgram(context, 'test', program, { document, note: '' })

/** An order of one line, paid with money. `at` is ISO 8601, or minutes before noon. */
export function order(
  member: string,
  id: string,
  amount: number,
  at: string | number = 0,
  event = `paid-${id}`,
): Extract<EventInput, { type: 'order.paid' }> {
  return {
    type: 'order.paid',
    id: event,
    source: 'shop',
    member,
    occurredAt: instantText(at),
    order: {
      id,
      currency: 'GBP',
      rate: null,
      channel: null,
      place: null,
      tags: [],
      lines: [
        {
          id: '1',
          sku: 'A',
          quantity: 1,
          total: amount,
          discount: 0,
          tax: 0,
          categories: [],
          brand: null,
          kind: 'goods',
        },
      ],
      discount: 0,
      shipping: { total: 0, tax: 0 },
      tip: 0,
      payments: [{ by: 'money', amount }],
    },
  }
}

export const refund = (
  member: string,
  orderId: string | null,
  id: string,
  amount: number,
  at: string | number = 0,
): EventInput => ({
  type: 'refund.made',
  id,
  source: 'shop',
  member,
  occurredAt: instantText(at),
  order: orderId,
  currency: null,
  lines: [],
  amount,
  other: null,
  by: 'member',
})

export const reserve = (id: string, reward: string, lastsMs: number | null = null): RequestInput => ({
  type: 'redemption.reserve',
  id,
  source: 'laurel',
  redemption: `rdm-${id}`,
  reward,
  points: null,
  payable: null,
  session: null,
  lastsMs,
})

export const instantText = (at: string | number): string =>
  typeof at === 'string' ? new Date(at).toISOString() : new Date(noon - at * 60_000).toISOString()

export const sent = (program: string, event: EventInput, history = false): Submission => ({
  program,
  member: event.member,
  event,
  history,
})

/** What was decided; fails the test where nothing was. */
export function decisionOf(answer: Answer | undefined): DecisionAnswer {
  if (answer === undefined || !('text' in answer)) throw new Error(`not decided: ${JSON.stringify(answer)}`)
  return JSON.parse(answer.text) as DecisionAnswer
}

export const activeOf = (answer: Answer | undefined, asset = 'points'): number | undefined =>
  decisionOf(answer).balances.find((balance) => balance.asset === asset)?.active
