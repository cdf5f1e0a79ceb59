import { Problem } from '@laurel/contract'
import type { FastifyRequest } from 'fastify'
import { hashOfSecret, isSecretOf, newSecret } from '../access/key.ts'
import type { Context } from '../context.ts'
import { rowOf } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import { hasBegun } from './queries.ts'

/** A program that a shop can begin with. */
export interface ReadyProgram {
  readonly id: string
  readonly name: string
  /** What it does, in one sentence. */
  readonly sentence: string
  readonly currency: string
  readonly zone: string
  /** Its document under another id and name, in another currency and zone. */
  readonly documentAs: (as: {
    readonly id: string
    readonly name: string
    readonly currency: string
    readonly zone: string
  }) => {
    readonly document: string
    /** What members read and speaks of money in the currency that it was. */
    readonly toReword: readonly string[]
  }
}

export interface FirstRun {
  readonly programs: readonly ReadyProgram[]
  /** Who shows it may open a shop. Null: nobody may, since one is open or this server has nothing to begin with. */
  readonly token: string | null
  /** Whoever shows the token, as long as nothing has begun. */
  founderOf(request: FastifyRequest): Promise<Actor>
}

/**
 * Made when a server opens. The token lives as long as the process and is kept nowhere: whoever starts Laurel anew is shown another.
 * It has 256 random bits, so nobody needs to be kept from guessing.
 */
export async function createFirstRun(context: Context, programs: readonly ReadyProgram[]): Promise<FirstRun> {
  const isOver = async () => (await rowOf(context.database.application, hasBegun()))?.begun !== false
  const token = programs.length === 0 || (await isOver()) ? null : newSecret()
  const tokenHash = token === null ? null : hashOfSecret(token)
  return {
    programs,
    token,
    founderOf: async ({ headers }) => {
      const shown = /^bearer (\S{1,100})$/i.exec(headers.authorization ?? '')?.[1]
      if (tokenHash === null || shown === undefined || !isSecretOf(shown, tokenHash)) {
        throw new Problem('unauthenticated')
      }
      if (await isOver()) throw new Problem('already-begun')
      return founder
    },
  }
}

const founder: Actor = {
  ...{ name: 'first-run', person: null, member: null, program: '', partner: null, holder: null },
  scopes: new Set(['first-run'] as const),
}
