import rateLimit from '@fastify/rate-limit'
import { Problem } from '@laurel/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Actor } from '../http/bind.ts'
import type { KeyVerifier, VerifiedKey } from './verify-key.ts'

/**
 * Wrong keys per address (of IPv6 its /64). Only failed attempts count: a shop's servers share one address, and a person
 * mistypes a few, while a guesser needs 2^255. It spares the database, not the key.
 */
const wrongKeys = { max: 20, timeWindow: 120_000 }
/** Both limits are kept in memory, per server, for the 5,000 names seen last: they guard a server, they meter nobody. */
const actorWindowMs = 1_000

export interface Authentication {
  /** Whose key a request shows, or who is signed in where it shows none, unless they or their address ask too often. */
  ofRequest(request: FastifyRequest): Promise<Actor>
  /** The same for a key that was typed into a form. */
  ofText(request: FastifyRequest, text: string): Promise<VerifiedKey>
}

/** Who is signed in; null: nobody. */
type PersonOfRequest = (request: FastifyRequest) => Promise<Actor | null>

export async function createAuthentication(
  server: FastifyInstance,
  verifier: KeyVerifier,
  personOf: PersonOfRequest,
  requestsPerSecondMax: number,
): Promise<Authentication> {
  await server.register(rateLimit, { global: false })
  const ofAddress = server.createRateLimit(wrongKeys)
  const ofActor = server.createRateLimit({
    max: requestsPerSecondMax,
    timeWindow: actorWindowMs,
    keyGenerator: ({ actor }) => actor.name,
  })

  const limited = async <Found extends Actor>(request: FastifyRequest, found: Found): Promise<Found> => {
    request.actor = found
    refuseBeyond(await ofActor(request), 0)
    return found
  }
  const byKey = async (request: FastifyRequest, verify: () => Promise<VerifiedKey>) => {
    refuseBeyond(await ofAddress(request, { increment: false }), 1)
    const key = await verify().catch(async (error) => {
      if (error instanceof Problem && error.code === 'unauthenticated') await ofAddress(request)
      throw error
    })
    return await limited(request, key)
  }
  return {
    ofRequest: async (request) => {
      const { authorization } = request.headers
      if (authorization !== undefined) return await byKey(request, () => verifier.verify(authorization))
      const person = await personOf(request)
      // No key was guessed: a page whose session is over may ask often.
      if (person === null) throw new Problem('unauthenticated')
      return await limited(request, person)
    },
    ofText: (request, text) => byKey(request, () => verifier.verifyText(text)),
  }
}

type Counted = Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>

/** `more`: how many are still to be counted for what is asked now. */
function refuseBeyond(counted: Counted, more: number): void {
  // Nobody is on a list of exceptions.
  if (counted.isAllowed) return
  const { max, remaining, isExceeded, ttlInSeconds } = counted
  if (!isExceeded && remaining >= more) return
  throw new Problem('too-many-requests', { retryAfterSeconds: ttlInSeconds, requestsMax: max })
}
