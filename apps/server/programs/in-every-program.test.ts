import { expect, test, vi } from 'vitest'
import { DatabaseFailure } from '../db/database-failure.ts'
import { inEveryProgram } from './in-every-program.ts'
import type { ProgramContext } from './timeline.ts'

const contextOf = (programs: readonly string[]) => {
  const error = vi.fn()
  const ids = async () => programs
  const context = { log: { info: vi.fn(), warn: vi.fn(), error }, timelines: { ids } as ProgramContext['timelines'] }
  return { context, error }
}

test('a program in which a job fails is named in the log, and keeps no other waiting', async () => {
  const { context, error } = contextOf(['bakery', 'club', 'hotel'])
  const cause = new Error('a draw was not settled')
  const worked: string[] = []
  const work = inEveryProgram(context, async (program) => {
    if (program === 'club') throw cause
    worked.push(program)
  })
  await expect(work).rejects.toThrow('it failed in club')
  expect(worked).toEqual(['bakery', 'hotel'])
  expect(error.mock.calls).toEqual([[{ program: 'club', err: cause }, 'a job failed in a program']])
})

test('where the database is lost the next program is not tried', async () => {
  const { context, error } = contextOf(['bakery', 'club'])
  const worked: string[] = []
  const work = inEveryProgram(context, async (program) => {
    worked.push(program)
    throw new DatabaseFailure('database-unavailable', 'gone')
  })
  await expect(work).rejects.toThrow('gone')
  expect(worked).toEqual(['bakery'])
  expect(error).not.toHaveBeenCalled()
})
