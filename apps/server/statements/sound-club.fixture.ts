import { expect } from 'vitest'
import type { TestServer } from '../server.fixture.ts'
import { foldAnew } from './fold-anew.ts'
import { decideAgain } from './verify-decisions.ts'

/** Both layers (LED-6), the books by themselves and every stored event decided again, and the states that are kept of them. */
export async function expectSoundClub({ call, context }: Pick<TestServer, 'call' | 'context'>): Promise<void> {
  expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true })
  expect(await decideAgain(context, 'club')).toMatchObject({ clean: true, differences: [] })
  expect(await foldAnew(context, 'club', { write: false })).toMatchObject({ clean: true, differences: [] })
}
