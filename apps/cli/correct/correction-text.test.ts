import type { CorrectionAnswer } from '@laurel/contract'
import { expect, test } from 'vitest'
import { correctionText } from './correction-text.ts'

const summary = { members: 3, facts: 3, unknown: 0, onTrial: 0, transfers: 3, sharing: 0, assets: [] }
const shown: CorrectionAnswer = {
  ...{ id: '0'.repeat(32), status: 'shown', version: 2, from: '2026-02-01T00:00:00.000Z', reason: 'wrong-rate' },
  ...{ postsAs: 3, publishes: true, needsApproval: false, startedAt: '2026-03-14T12:00:00.000Z', startedBy: 'key/1' },
  ...{ approvedAt: null, approvedBy: null, endedAt: null, failure: null, levelsStay: false },
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

test('COR-1 where ladders differ, levels are said to stay, and nobody is told that everything is corrected', () => {
  expect(correctionText(shown)).not.toContain('levels')
  expect(correctionText({ ...shown, levelsStay: true })).toContain('levels stay as they were held')
  const done = { ...shown, status: 'done', levelsStay: true } as const
  expect(correctionText(done)).toMatch(/every member is corrected, but for levels$/)
  expect(correctionText({ ...done, levelsStay: false })).toMatch(/every member is corrected$/)
})

test('where there was nothing, an older version is said to be rolled back to first', () => {
  expect(correctionText({ ...shown, status: 'nothing' })).toMatch(/npx laurel rollback 2$/)
})
