import type { EventInput } from '@laurel/contract'

/**
 * A fact as it was parsed when it was sent, from the content that was kept of it: the reverse of `contentOf`. What is recorded
 * of it has the same content again, byte for byte, so that it stays the same event (EVT-1).
 */
export function sentEventOf(content: string, member: string): EventInput {
  const { at, type, id, source, ...said }: KeptContent = JSON.parse(content)
  const sent = { id, source, member, occurredAt: new Date(at).toISOString() }
  switch (type) {
    case 'order.placed':
    case 'order.paid':
    case 'order.edited': {
      const { order, ...rest } = said
      return asParsed({ ...sent, type, order: { ...rest, id: order } })
    }
    case 'activity': {
      const { name, ...rest } = said
      return asParsed({ ...sent, ...rest, type: `activity.${name}` })
    }
    case 'refund.made':
      return asParsed({ ...sent, currency: null, other: null, ...said, type })
    case 'order.delivered':
      return asParsed({ ...sent, lines: [], ...said, type })
    case 'member.changed':
      return asParsed({ ...sent, mark: null, ageAtLeast: null, terms: null, ...said, type })
    default:
      return asParsed({ ...sent, ...said, type })
  }
}

interface KeptContent {
  readonly at: number
  readonly type: string
  readonly id: string
  readonly source: string
  readonly order?: unknown
  readonly name?: unknown
}

/** It was parsed by the schema of its type before it was kept, and nobody changes it there. */
const asParsed = (event: object): EventInput => event as EventInput
