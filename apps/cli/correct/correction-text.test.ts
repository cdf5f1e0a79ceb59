import type { CorrectionAnswer } from '@laurel/contract'
import { expect, test } from 'vitest'
import { correctionText } from './correction-text.ts'

const summary = {
  ...{ members: 3, facts: 3, unknown: 0, onTrial: 0, referrals: 0, transfers: 3, sharing: 0 },
  ...{ assets: [], levels: [], vouchers: [] },
}
const shown: CorrectionAnswer = {
  ...{ id: '0'.repeat(32), status: 'shown', version: 2, from: '2026-02-01T00:00:00.000Z', reason: 'wrong-rate' },
  ...{ postsAs: 3, publishes: true, needsApproval: false, startedAt: '2026-03-14T12:00:00.000Z', startedBy: 'key/1' },
  ...{ approvedAt: null, approvedBy: null, endedAt: null, failure: null },
  ...{ parts: { done: 1, all: 1 }, members: { posted: 0, all: 3 }, summary },
}

test('COR-4 what is shown as if there were enough of what members share is said to be', () => {
  expect(correctionText(shown)).not.toContain('as if there were enough')
  expect(correctionText({ ...shown, summary: { ...summary, sharing: 2 } })).toContain(
    '2 members shown as if there were enough of what members share (a budget)',
  )
})

test('PIL-5 what a version on trial has judged is said to be left out', () => {
  expect(correctionText(shown)).not.toContain('on trial')
  expect(correctionText({ ...shown, summary: { ...summary, onTrial: 4 } })).toContain(
    '4 facts that a version on trial has judged',
  )
})

test('RFL-1 referrals that stay as they were promised are counted, also where there is nothing else', () => {
  expect(correctionText(shown)).not.toContain('referral')
  for (const status of ['shown', 'nothing'] as const) {
    expect(correctionText({ ...shown, status, summary: { ...summary, referrals: 2 } })).toContain(
      '2 referrals that the version would pay otherwise: both sides get what was promised',
    )
  }
})

test('COR-4 levels, vouchers and points that lapse on another day are told', () => {
  const nobody = { members: 0, amount: 0 }
  const points = {
    ...{
      asset: 'points',
      scale: 0,
      up: nobody,
      down: nobody,
      debt: nobody,
      borne: nobody,
      pooled: nobody,
      biggest: [],
    },
    moved: { members: 2, amount: 90 },
  }
  const rise = { ladder: 'club', from: null, to: 'gold', kept: false, members: 4 }
  const levels = [rise, { ladder: 'club', from: 'silver', to: 'silver', kept: true, members: 1 }]
  const vouchers = [{ reward: 'coffee', given: 4, revoked: 2 }]
  const text = correctionText({ ...shown, summary: { ...summary, assets: [points], levels, vouchers } })
  for (const line of [
    '2 members: 90 lapsing on another day',
    '4 members: club not begun to gold',
    '1 member: club silver kept, as the version promises it',
    'coffee: 4 given, 2 revoked',
  ]) {
    expect(text).toContain(`\n  ${line}`)
  }
})

test('COR-2 where nobody is concerned, approval is said to be for what comes late', () => {
  const text = correctionText({ ...shown, members: { posted: 0, all: 0 }, summary: { ...summary, members: 0 } })
  expect(text).toContain('it concerns nobody so far. Approved, version 2 is published again with its date')
})

test('where there was nothing, an older version is said to be rolled back to first', () => {
  expect(correctionText({ ...shown, status: 'nothing' })).toMatch(/npx laurel rollback 2$/)
})
