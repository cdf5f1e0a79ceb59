import type { DatabaseLog } from '../db/database-failure.ts'
import { messageOf } from '../db/database-failure.ts'
import type { Mailer } from './mailer.ts'

/** A message to a phone. */
export interface Text {
  readonly to: string
  readonly text: string
}

/** How messages reach phones: through a gateway that takes JSON, into the box that a page shows, or not at all. */
export interface Texter {
  /** Whether it has left: false where there is no way, or the gateway did not take it. Never throws. */
  send(text: Text): Promise<boolean>
}

/** A gateway that says nothing for so long says nothing at all. */
const silenceMsMax = 10_000

/**
 * Gateways differ in little: they take who and what by POST and know the sender by a secret. `url` is the gateway's address, or one of
 * one's own that speaks to it; what stands before its @ goes along as a bearer token and not in the address.
 */
export function createTexter(url: string | undefined, log: DatabaseLog, mailer: Mailer): Texter {
  if (url === undefined) return { send: async () => false }
  if (url === 'box') {
    return {
      send: async ({ to, text }) => {
        mailer.add({ to, subject: 'To a phone', text })
        return true
      },
    }
  }
  const gateway = new URL(url)
  const token = decodeURIComponent(gateway.username)
  gateway.username = ''
  gateway.password = ''
  return {
    send: async ({ to, text }) => {
      try {
        const response = await fetch(gateway, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
          },
          body: JSON.stringify({ to, text }),
          redirect: 'error',
          signal: AbortSignal.timeout(silenceMsMax),
        })
        await response.body?.cancel()
        if (response.ok) return true
        log.error({ status: response.status }, 'a message was not taken by the gateway of phones')
      } catch (error) {
        log.error({ gateway: messageOf(error).slice(0, 100) }, 'the gateway of phones was not reached')
      }
      return false
    },
  }
}
