import { z } from 'zod'
import { compiled } from './compiled.ts'
import { type FieldError, fieldErrorsOf } from './field-errors.ts'
import {
  amount,
  currencyCode,
  footing,
  foreignId,
  instant,
  label,
  labels,
  memberId,
  namesNobody,
  positiveAmount,
  programWord,
  reason,
  source,
} from './fields.ts'
import { deliveredLine, linesMax, orderContent, otherMoney, refundLine } from './order-content.ts'
import { parseJson } from './parse-json.ts'
import { Problem } from './problem.ts'

/**
 * Facts as they are sent (EVT-8): closed schemas, so that a misspelt field is an error instead of lost (EVT-1). What is parsed is
 * complete: defaults filled in, totals computed, instants in UTC. The content hash is taken over that form.
 */

const sent = {
  id: foreignId,
  source,
  member: memberId,
  occurredAt: instant,
}

const by = z.enum(['member', 'shop']).default('member')

const withOrder = <Type extends 'order.placed' | 'order.paid' | 'order.edited'>(type: Type) =>
  z.strictObject({ type: z.literal(type), ...sent, order: orderContent })

const refundMade = z
  .strictObject({
    type: z.literal('refund.made'),
    ...sent,
    order: foreignId.nullable(),
    lines: z.array(refundLine).max(linesMax, `has more than ${linesMax} lines`).default([]),
    amount: amount.nullable().default(null),
    currency: currencyCode.nullable().default(null).meta({
      description:
        'Of a refund that names no order; silence: the program’s. One that names an order is in its order’s currency.',
    }),
    other: otherMoney
      .nullable()
      .default(null)
      .meta({
        description:
          'What it gives back of shipping (its tax contained), of the tip, and of tax alone: it touches no line, and takes ' +
          'points back only where a rule counts it. It may stand by itself or beside lines or an amount.',
      }),
    by,
  })
  .transform(({ amount: said, ...refund }, context) => {
    const refuse = (path: string, message: string) => {
      context.issues.push({ code: 'custom', input: refund, path: [path], message })
    }
    if (refund.lines.length > 0 && said !== null) refuse('amount', 'must not be said beside lines')
    if (refund.lines.length === 0 && said === null && refund.other === null) {
      refuse('amount', 'is missing; say lines, an amount, or other')
    }
    if (refund.order === null && refund.lines.length > 0) refuse('lines', 'name no order; say an amount')
    if (refund.order !== null && refund.currency !== null) {
      refuse('currency', 'must not be said beside an order, whose currency it is')
    }
    if (refund.order === null && refund.other !== null) refuse('other', 'names no order; say an amount')
    return { ...refund, amount: said ?? 0 }
  })

const factValue = z
  .union([z.boolean(), z.int(), z.string().max(1000)], {
    error: 'must be true or false, a whole number, or a text of at most 1,000 characters',
  })
  .refine(
    (value) => typeof value !== 'string' || namesNobody(value),
    'must not be an e-mail address: a fact stays in the books when its member is erased',
  )

const activity = z.strictObject({
  type: z
    .templateLiteral(['activity.', z.string()])
    .refine((type) => programWord.safeParse(type.slice('activity.'.length)).success, 'names no activity in kebab-case'),
  ...sent,
  place: label.nullable().default(null),
  channel: label.nullable().default(null),
  facts: z
    .record(z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,63}$/, 'is no name of a fact'), factValue)
    .refine((facts) => Object.keys(facts).length <= 50, 'has more than 50 facts')
    .default({}),
})

/** By the type that the sender said; every type of EVT-8 that comes from outside. */
const schemaByType = {
  'order.placed': withOrder('order.placed'),
  'order.paid': withOrder('order.paid'),
  'order.edited': withOrder('order.edited'),
  'order.delivered': z.strictObject({
    type: z.literal('order.delivered'),
    ...sent,
    order: foreignId,
    lines: z
      .array(deliveredLine)
      .max(linesMax, `has more than ${linesMax} lines`)
      .default([])
      .meta({ description: 'Of an order that comes in parts: what came. Silence: all that was not here yet.' }),
  }),
  'order.cancelled': z.strictObject({ type: z.literal('order.cancelled'), ...sent, order: foreignId, by }),
  'refund.made': refundMade,
  'refund.failed': z.strictObject({
    type: z.literal('refund.failed'),
    ...sent,
    order: foreignId.nullable().meta({ description: 'As the refund named it; null where it named none.' }),
    refund: foreignId.meta({ description: 'The id of the refund’s event.' }),
  }),
  'payment.disputed': z.strictObject({
    type: z.literal('payment.disputed'),
    ...sent,
    order: foreignId,
    dispute: foreignId,
    status: z.enum(['opened', 'won']),
    amount: positiveAmount,
  }),
  'benefit.used': z.strictObject({
    type: z.literal('benefit.used'),
    ...sent,
    benefit: programWord,
    worth: amount.nullable().default(null).meta({ description: 'Minor units; null: as the program states.' }),
  }),
  'offer.sent': z
    .strictObject({ type: z.literal('offer.sent'), ...sent, offer: programWord })
    .meta({ description: 'A member has got an offer: a receipt with a window of its own, named `source/id`.' }),
  'offer.seen': z.strictObject({
    type: z.literal('offer.seen'),
    ...sent,
    offer: programWord,
    receipt: foreignId
      .nullable()
      .default(null)
      .meta({ description: '`source/id` of what sent it; null: every one of this offer.' }),
  }),
  'member.joined': z.strictObject({ type: z.literal('member.joined'), ...sent }),
  'member.birthday': z.strictObject({ type: z.literal('member.birthday'), ...sent }),
  'member.anniversary': z.strictObject({ type: z.literal('member.anniversary'), ...sent }),
  'membership.started': z.strictObject({
    type: z.literal('membership.started'),
    ...sent,
    plan: programWord,
    fee: amount.nullable().default(null).meta({ description: 'Paid for the first period; silence: a trial begins.' }),
  }),
  'membership.renewed': z.strictObject({
    type: z.literal('membership.renewed'),
    ...sent,
    plan: programWord,
    fee: amount,
  }),
  'membership.failed': z.strictObject({ type: z.literal('membership.failed'), ...sent, plan: programWord }),
  'membership.cancelled': z.strictObject({ type: z.literal('membership.cancelled'), ...sent, plan: programWord }),
  'member.changed': z.strictObject({
    type: z.literal('member.changed'),
    ...sent,
    segments: labels(500).nullable().default(null),
    tags: labels(500).nullable().default(null),
    ...footing,
  }),
  'member.frozen': z.strictObject({
    type: z.literal('member.frozen'),
    ...sent,
    frozen: z.boolean().meta({ description: 'False: no longer.' }),
    reason: reason.meta({ description: 'A reason code or the id of a note; no personal data, it is kept for ever.' }),
    actor: reason.nullable().default(null).meta({ description: 'Opaque id of whoever did it, where it is known.' }),
  }),
  'member.left': z.strictObject({ type: z.literal('member.left'), ...sent }),
} as const

type KnownType = keyof typeof schemaByType

/** Every event as one schema, for the description of the interface. `parseEvent` answers with better errors, and faster. */
export const event = z.union([...Object.values(schemaByType), activity])

/** An event after parsing. */
export type EventInput = z.output<typeof event>
/** An event as it may be sent. */
export type EventToSend = z.input<typeof event>

export type ParsedEvent =
  | { readonly ok: true; readonly event: EventInput }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

export function parseEvent(value: unknown): ParsedEvent {
  const schema = schemaFor(value)
  if (schema === undefined) return { ok: false, errors: [errorOfType(value)] }
  const parsed = schema.safeParse(value, { reportInput: true })
  return parsed.success ? { ok: true, event: parsed.data } : { ok: false, errors: fieldErrorsOf(parsed.error.issues) }
}

const isKnownType = (type: string): type is KnownType => Object.hasOwn(schemaByType, type)

function schemaFor(value: unknown) {
  if (typeof value !== 'object' || value === null || !('type' in value) || typeof value.type !== 'string')
    return undefined
  if (isKnownType(value.type)) return compiled(schemaByType[value.type])
  return value.type.startsWith('activity.') ? compiled(activity) : undefined
}

function errorOfType(value: unknown): FieldError {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { path: '', message: 'must be an object' }
  const known = [...Object.keys(schemaByType), 'activity.<name>'].join(', ')
  return { path: '/type', message: 'type' in value ? `must be one of ${known}` : `is missing; one of ${known}` }
}

/** One event as the line of a file or of a stream, by the rules of a request. */
export function parseEventText(text: string): ParsedEvent {
  try {
    return parseEvent(parseJson(text))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { ok: false, errors: error.details.errors ?? [{ path: '', message: 'is no JSON, or nests too deep' }] }
  }
}
