import { Problem } from '@laurel/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { Bind } from '../http/bind.ts'
import { act } from '../staff/act.ts'
import { askAbout, useVoucher } from './ask-about-voucher.ts'
import { listVouchers, readVoucher } from './list-vouchers.ts'
import { lookUpCode } from './look-up-code.ts'
import { readEntitlements } from './read-entitlements.ts'
import { revealCode } from './reveal-code.ts'
import { countCodes, uploadCodes } from './upload-codes.ts'
import type { Vault } from './vault.ts'

/** Codes that there are not, per key: a till mistypes a few, a guesser needs millions of millions. */
const wrongCodes = { max: 30, timeWindow: 60_000 }

export function bindVouchers(server: FastifyInstance, context: RecordingContext, bind: Bind, vault: Vault): void {
  const ofKey = server.createRateLimit({ ...wrongCodes, keyGenerator: ({ actor }) => `codes/${actor.name}` })

  /** Asks for a code, unless too many wrong ones were asked for; a wrong one counts. */
  const guarded = async <Answer>(request: FastifyRequest, find: () => Promise<Answer>): Promise<Answer> => {
    const counted = await ofKey(request, { increment: false })
    if (!counted.isAllowed && counted.remaining < 1) {
      throw new Problem('too-many-requests', { retryAfterSeconds: counted.ttlInSeconds, requestsMax: counted.max })
    }
    return await find().catch(async (error) => {
      if (error instanceof Problem && error.code === 'unknown-code') await ofKey(request)
      throw error
    })
  }

  bind('listVouchers', ({ actor, path, query }) => listVouchers(context, actor.program, path.member, query))
  bind('readVoucher', ({ actor, path }) => readVoucher(context, actor.program, path.member, path.voucher))
  bind('revealCode', async ({ actor, path: { member, voucher } }) => ({
    member,
    voucher,
    code: await revealCode(context, vault, actor.program, member, voucher),
  }))
  bind('lookUpCode', ({ actor, body, request }) =>
    guarded(request, () => lookUpCode(context, vault, actor.program, body.code)),
  )
  bind('useVoucher', ({ actor, body, idempotencyKey, request }) =>
    guarded(request, () => useVoucher(context, vault, actor.program, body, idempotencyKey)),
  )
  bind('restoreVoucher', ({ actor, path, body, idempotencyKey }) =>
    askAbout(context, actor.program, path, { type: 'voucher.restore', use: body.use }, idempotencyKey),
  )
  bind('returnVoucher', ({ actor, path, idempotencyKey }) =>
    askAbout(context, actor.program, path, { type: 'voucher.return' }, idempotencyKey),
  )
  bind('giveVoucher', ({ actor, path, idempotencyKey }) =>
    askAbout(context, actor.program, path, { type: 'voucher.give' }, idempotencyKey),
  )
  bind('revokeVoucher', ({ actor, path: { member, voucher }, body, idempotencyKey }) =>
    act(context, actor, member, `revoke/${idempotencyKey}`, body, {
      ...{ type: 'voucher.revoked', voucher },
      ...(body.priceBack ? { priceBack: true } : null),
    }),
  )
  bind('uploadCodes', ({ actor, path, body }) => uploadCodes(context, vault, actor, path.reward, body.codes))
  bind('countCodes', ({ actor, path }) => countCodes(context, actor.program, path.reward))
  bind('readEntitlements', ({ actor, path, query }) => readEntitlements(context, actor.program, path.member, query))
}
