import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { EventToSend } from '@laurel/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Outcome } from './destination.ts'
import { readProgress, removeProgress, writeProgress } from './progress-file.ts'
import { longestWaitLast, type MemberEvents, newCounts, sendHistory } from './send-history.ts'

const joined = (member: string, id: string): EventToSend => ({
  type: 'member.joined',
  id,
  source: 'shop',
  member,
  occurredAt: '2026-01-01T00:00:00Z',
})
const members: MemberEvents[] = Array.from({ length: 400 }, (_, index) => ({
  member: `m${index}`,
  events: Array.from({ length: 1 + (index % 9) }, (_unused, event) => joined(`m${index}`, `${index}-${event}`)),
  continuing: new Set(),
}))
const all = members.flatMap(({ events }) => events.map((event) => event.id))

/** A destination that remembers, as the server does, and answers a little later than it is asked, in any order. */
function createMemory() {
  const known = new Set<string>()
  const sent: string[] = []
  const send = async (events: readonly EventToSend[]): Promise<Outcome[]> => {
    for (let turns = (events.length * 7) % 5; turns > 0; turns--) await Promise.resolve()
    return events.map(({ id }) => {
      sent.push(id)
      if (id === '8-0') return { status: 'rejected', reason: 'overdue: long ago' }
      if (known.has(id)) return { status: 'repeated' }
      known.add(id)
      return { status: 'recorded' }
    })
  }
  return { known, sent, send }
}

test('sends everything once and counts what became of it', async () => {
  const memory = createMemory()
  const reached: number[] = []
  let counts = newCounts()
  const whole = await sendHistory(members, {
    send: memory.send,
    from: { membersDone: 0, counts: newCounts() },
    interrupted: new AbortController().signal,
    onReached: (membersDone, _events, now) => {
      reached.push(membersDone)
      counts = now
    },
  })
  expect(whole).toBe(true)
  expect(memory.sent.toSorted()).toEqual(all.toSorted())
  expect(reached).toEqual(reached.toSorted((a, b) => a - b))
  expect(reached.at(-1)).toBe(members.length)
  expect(counts).toMatchObject({ recorded: all.length - 1, repeated: 0, rejected: 1 })
  expect(counts.rejections).toEqual([{ event: 'shop/8-0', member: 'm8', reason: 'overdue: long ago' }])
})

test('stopped anywhere, the next run goes on and nothing is missing or counted twice', async () => {
  const memory = createMemory()
  let from = { membersDone: 0, counts: newCounts() }
  for (let run = 0; ; run++) {
    const interruption = new AbortController()
    const whole = await sendHistory(members, {
      send: memory.send,
      from,
      interrupted: interruption.signal,
      onReached: (membersDone, _events, counts) => {
        from = { membersDone, counts: structuredClone(counts) }
        interruption.abort()
      },
    })
    if (whole) break
    expect(run).toBeLessThan(members.length)
  }
  expect(memory.known.size).toBe(all.length - 1)
  expect(from.counts.recorded + from.counts.repeated + from.counts.rejected).toBe(all.length)
})

test('what goes on with something is sent once that is there, all members at once, and never without it', async () => {
  const requests: string[][] = []
  const answer = (id: string): Outcome => {
    if (id === 'b1') return { status: 'rejected', reason: 'identity-conflict: the id stands for other content' }
    return { status: id === 'c1' ? 'repeated' : 'recorded' }
  }
  const send = async (events: readonly EventToSend[]) => {
    requests.push(events.map(({ id }) => id))
    return events.map(({ id }) => answer(id))
  }
  const of = (member: string, ids: readonly string[], goingOn: readonly string[]): MemberEvents => {
    const events = ids.map((id) => joined(member, id))
    return { member, events, continuing: new Set(events.filter(({ id }) => goingOn.includes(id))) }
  }
  let counts = newCounts()
  const all = [
    of('a', ['a1', 'a2', 'a3', 'a4'], ['a3']),
    of('b', ['b1', 'b2', 'b3', 'b4'], ['b2', 'b3']),
    of('c', ['c1', 'c2', 'c3'], ['c2', 'c3']),
    of('d', ['d1', 'd2'], []),
  ]
  const whole = await sendHistory(all, {
    send,
    from: { membersDone: 0, counts: newCounts() },
    interrupted: new AbortController().signal,
    onReached: (_members, _events, now) => {
      counts = now
    },
  })
  expect(whole).toBe(true)
  expect(requests).toEqual([['a1', 'a2', 'b1', 'c1', 'd1', 'd2'], ['a3', 'a4', 'b4', 'c2'], ['c3']])
  expect(counts).toEqual({
    ...{ recorded: 9, repeated: 1, rejected: 3 },
    rejections: [
      { event: 'shop/b1', member: 'b', reason: 'identity-conflict: the id stands for other content' },
      { event: 'shop/b2', member: 'b', reason: 'not sent: it goes on with shop/b1' },
      { event: 'shop/b3', member: 'b', reason: 'not sent: it goes on with shop/b2' },
    ],
  })
})

test('what has to wait goes beside others, in few more requests, and what is reached goes on steadily', async () => {
  const requests: number[] = []
  const send = async (events: readonly EventToSend[]): Promise<Outcome[]> => {
    await Promise.resolve()
    requests.push(events.length)
    return events.map(() => ({ status: 'recorded' }))
  }
  // Every tenth, and the first of them more often than any other.
  const waitingMembers = members.map(({ member, events }, index) => ({
    ...{ member, events },
    continuing: new Set(index % 10 === 8 ? events.slice(index === 8 ? 1 : 5) : []),
  }))
  const steps: number[] = []
  let before = 0
  const run = async (of: readonly MemberEvents[]) =>
    await sendHistory(of, {
      send,
      from: { membersDone: 0, counts: newCounts() },
      interrupted: new AbortController().signal,
      onReached: (_members, eventsDone) => {
        steps.push(eventsDone - before)
        before = eventsDone
      },
    })
  expect(await run(members)).toBe(true)
  const plain = requests.splice(0).length
  before = 0
  steps.length = 0
  expect(await run(longestWaitLast(waitingMembers))).toBe(true)
  expect(requests.reduce((sum, events) => sum + events, 0)).toBe(all.length)
  // One member waits eight times, the others four.
  expect(requests.length).toBeLessThanOrEqual(plain + 4 + 8)
  expect(Math.max(...steps)).toBeLessThan(all.length / 2)
})

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'laurel-progress-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('progress is kept for the import it belongs to, and a broken file is none', () => {
  const file = path.join(folder, 'imports', 'a.json')
  expect(readProgress(file, 'one')).toBeNull()
  const progress = { membersDone: 7, counts: { ...newCounts(), recorded: 12 } }
  writeProgress(file, 'one', progress)
  expect(readProgress(file, 'one')).toEqual(progress)
  expect(readProgress(file, 'two')).toBeNull()
  writeFileSync(file, '{"format":1,')
  expect(readProgress(file, 'one')).toBeNull()
  removeProgress(file)
  expect(readProgress(file, 'one')).toBeNull()
})
