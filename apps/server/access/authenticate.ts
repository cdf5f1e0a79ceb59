import rateLimit from '@fastify/rate-limit'
import { Problem } from '@laurel/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { KeyVerifier, VerifiedKey } from './verify-key.ts'

/**
 * Wrong keys per address (of IPv6 its /64). Only failed attempts count: a shop's servers share one address, and a person
 * mistypes a few, while a guesser needs 2^255. It spares the database, not the key.
 */
const wrongKeys = { max: 20, timeWindow: 120_000 }
/** Both limits are kept in memory, per server, for the 5,000 names seen last: they guard a server, they meter nobody. */
const keyWindowMs = 1_000

export interface Authentication {
  /** The key of a request, unless it or its address asks too often. */
  ofRequest(request: FastifyRequest): Promise<VerifiedKey>
  /** The same for a key that was typed into a form. */
  ofText(request: FastifyRequest, text: string): Promise<VerifiedKey>
}

export async function createAuthentication(
  server: FastifyInstance,
  verifier: KeyVerifier,
  requestsPerSecondMax: number,
): Promise<Authentication> {
  await server.register(rateLimit, { global: false })
  const ofAddress = server.createRateLimit(wrongKeys)
  const ofKey = server.createRateLimit({
    max: requestsPerSecondMax,
    timeWindow: keyWindowMs,
    keyGenerator: ({ actor }) => actor.keyId,
  })

  const limited = async (request: FastifyRequest, verify: () => Promise<VerifiedKey>) => {
    refuseBeyond(await ofAddress(request, { increment: false }), 1)
    const key = await verify().catch(async (error) => {
      if (error instanceof Problem && error.code === 'unauthenticated') await ofAddress(request)
      throw error
    })
    request.actor = key
    refuseBeyond(await ofKey(request), 0)
    return key
  }
  return {
    ofRequest: (request) => limited(request, () => verifier.verify(request.headers.authorization)),
    ofText: (request, text) => limited(request, () => verifier.verifyText(text)),
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
