import { Problem } from '@laurel/contract'
import type { FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { createRateLimit } from '../http/rate-limit.ts'
import type { KeyVerifier, VerifiedKey } from './verify-key.ts'

/** Wrong keys per address: a person mistypes a few, a guesser needs 2^255. It spares the database, not the key. */
const wrongKeys = { perSecond: 1 / 6, burst: 20 }

export interface Authentication {
  /** The key of a request, unless it or its address asks too often. */
  ofRequest(request: FastifyRequest): Promise<VerifiedKey>
  /** The same for a key that was typed into a form. */
  ofText(request: FastifyRequest, text: string): Promise<VerifiedKey>
}

export function createAuthentication(
  context: Context,
  verifier: KeyVerifier,
  requestsPerSecondMax: number,
): Authentication {
  const byAddress = createRateLimit(wrongKeys)
  // A burst of two seconds: whoever sends in beats is not punished for the beat.
  const byKey = createRateLimit({ perSecond: requestsPerSecondMax, burst: requestsPerSecondMax * 2 })

  const limited = async (request: FastifyRequest, verify: () => Promise<VerifiedKey>) => {
    refuseAfter(byAddress.wait(request.ip, context.now()))
    const key = await verify().catch((error) => {
      if (error instanceof Problem && error.code === 'unauthenticated') byAddress.take(request.ip, context.now())
      throw error
    })
    refuseAfter(byKey.take(key.keyId, context.now()))
    return key
  }
  return {
    ofRequest: (request) => limited(request, () => verifier.verify(request.headers.authorization)),
    ofText: (request, text) => limited(request, () => verifier.verifyText(text)),
  }
}

function refuseAfter(seconds: number): void {
  if (seconds > 0) throw new Problem('too-many-requests', { retryAfterSeconds: seconds })
}
