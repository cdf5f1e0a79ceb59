import type { RecordingContext } from '../decisions/recorder.ts'
import type { Bind } from '../http/bind.ts'
import type { Vault } from '../vouchers/vault.ts'
import { claimReferral } from './claim-referral.ts'
import { tellFingerprints } from './fingerprints.ts'
import { listReferrals, readReferral, reviewReferral } from './read-referrals.ts'
import { countReferralClick, makeReferralCode } from './referral-code.ts'

export function bindReferrals(context: RecordingContext, bind: Bind, vault: Vault): void {
  bind('makeReferralCode', ({ actor, path }) => makeReferralCode(context, vault, actor.program, path.member))
  bind('countReferralClick', ({ actor, body }) => countReferralClick(context, actor.program, body.code))
  bind('claimReferral', ({ actor, path, body, idempotencyKey }) =>
    claimReferral(context, actor.program, path.member, body, idempotencyKey),
  )
  bind('readReferral', ({ actor, path }) => readReferral(context, actor.program, path.member))
  bind('tellFingerprints', ({ actor, path, body }) => tellFingerprints(context, actor.program, path.member, body))
  bind('listReferrals', ({ actor, query }) => listReferrals(context, actor.program, query))
  bind('reviewReferral', ({ actor, path, body, idempotencyKey }) =>
    reviewReferral(context, actor, path.member, body, idempotencyKey),
  )
}
