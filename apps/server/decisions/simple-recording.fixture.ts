import { afterAll, beforeAll } from 'vitest'
import { freshDatabase } from '../../../test/database/fresh-database.ts'
import { openRecording, publish, type reserve, sent } from './recording.fixture.ts'

/** A recorder of its own for one file of tests, with the simple program published. */
export async function openSimpleRecording() {
  const database = await freshDatabase()
  const { context, clock } = openRecording(database)
  const { recorder } = context
  beforeAll(async () => {
    await publish(context, 'simple')
  })
  afterAll(async () => {
    await recorder.close()
  })
  const record = (event: Parameters<typeof sent>[1], history = false) => recorder.record(sent('simple', event, history))
  const ask = (member: string, event: ReturnType<typeof reserve>) =>
    recorder.record({ program: 'simple', member, event })
  return { database, context, clock, recorder, record, ask }
}
