import { Problem } from '@laurel/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { hashOfSecret, isSecretOf, newSecret } from '../access/key.ts'
import { writeAudit } from '../access/write-audit.ts'
import type { Context } from '../context.ts'
import { rowOf, transaction } from '../db/transaction.ts'
import type { Actor, Authenticate } from '../http/bind.ts'
import { isFromOurPage } from '../http/from-our-page.ts'
import { enrolByCode, tillById } from './queries.ts'
import { hashOfCode } from './set-up-tills.ts'

/** The key of a device as its browser keeps it: the id finds the row, the secret proves the device. */
const keyPattern = /^(til_[A-Za-z0-9-]{1,60})_([A-Za-z0-9_-]{43})$/
/** As long as browsers keep a cookie; a till that is used gets it anew. */
const keptSeconds = 400 * 86_400

/** `__Host-`: the browser sends it to this host alone, over TLS alone, and no sister host can plant one. */
const cookieName = ({ protocol }: FastifyRequest): string =>
  protocol === 'https' ? '__Host-laurel_till' : 'laurel_till'

export function giveKey(request: FastifyRequest, reply: FastifyReply, key: string): void {
  const secure = request.protocol === 'https' ? '; Secure' : ''
  reply.header(
    'set-cookie',
    `${cookieName(request)}=${key}; Path=/; Max-Age=${keptSeconds}; HttpOnly; SameSite=Strict${secure}`,
  )
}

export function keyIn(request: FastifyRequest): string | undefined {
  const name = `${cookieName(request)}=`
  return request.headers.cookie
    ?.split(/;\s*/)
    .find((each) => each.startsWith(name))
    ?.slice(name.length)
}

/**
 * The till whose key a request brings. It is read each time: revoked, it is out with its next request, on every server. `holder` is
 * whoever has shown a PIN there.
 */
export function createTillOfRequest(context: Context): Authenticate {
  return async (request) => {
    const [, id, secret] = keyPattern.exec(keyIn(request) ?? '') ?? []
    if (id === undefined || secret === undefined) throw new Problem('unauthenticated')
    const row = await rowOf(context.database.application, tillById(id))
    if (row === undefined || row.key_hash === null || row.revoked_at !== null) throw new Problem('unauthenticated')
    if (!isSecretOf(secret, row.key_hash)) throw new Problem('unauthenticated')
    if (request.method !== 'GET' && !isFromOurPage(request)) throw new Problem('cross-site')
    if (row.clock !== null) context.noteClock(row.program, Date.parse(row.clock))
    const isAtWork = row.shift_over_at !== null && context.wallNow() < Date.parse(row.shift_over_at)
    const holder = isAtWork && row.cashier_ended_at === null ? row.cashier : null
    return { ...nobodyElse, name: `till/${id}`, program: row.program, holder }
  }
}

const nobodyElse = { person: null, member: null, partner: null, scopes: new Set(['till'] as const) }

/** Id of the till that asks. */
export const tillIn = ({ name }: Actor): string => name.slice('till/'.length)

/** Who stands at it. */
export function cashierIn({ holder }: Actor): string {
  if (holder === null) throw new Problem('pin-first')
  return holder
}

/** Makes a device the till that a code is of. Of many that type it at once, one is. */
export async function enrolTill(
  context: Context,
  { program, code, publicKey }: { readonly program: string; readonly code: string; readonly publicKey: string | null },
): Promise<{ readonly till: string; readonly key: string }> {
  const secret = newSecret()
  const key = publicKey === null ? null : Buffer.from(publicKey, 'base64url')
  const at = new Date(context.wallNow()).toISOString()
  return await transaction(context.database.application, async (tx) => {
    const row = await rowOf(tx, enrolByCode(program, hashOfCode(code), hashOfSecret(secret), at, key))
    if (row === undefined) throw new Problem('wrong-till-code')
    await writeAudit(tx, context, {
      ...{ program, actor: `till/${row.id}`, act: 'till.enrolled', subject: row.id, detail: {} },
    })
    return { till: row.id, key: `${row.id}_${secret}` }
  })
}
