import { describe, expect, test, vi } from 'vitest'
import { Outbox } from '../outbox/outbox.ts'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { correctingProgram, giving, wrong } from './correcting.fixture.ts'
import { Corrector } from './corrector.ts'

vi.setConfig({ testTimeout: 60_000 }) // threads load the engine anew

const server = await openTestServer()
const { clock, context } = server

describe('COR-1 what is corrected', () => {
  test('is what the version would judge if it came now: nothing from before the date, no request, nothing it does not know', async () => {
    const program = await correctingProgram(server, 'facts')
    const { call, send, order, document, correct, pointsOf, members } = program
    const review = (id: string, day: string) => ({
      ...{ type: 'activity.review', id, source: 'web', member: 'ann', occurredAt: `2026-${day}T10:00:00Z` },
      facts: { words: 40 },
    })
    await send(order('1', 'ann', 1_000, '01-31'), order('2', 'ann', 1_000, '02-01'), review('r', '02-03'))
    await send(order('3', 'ben', 1_000, '01-10'))
    await call('POST', 'redemptions', { id: 'red', member: 'ann', reward: 'five-off' })
    await program.publish(
      giving(3, document)
        .replace(/activities:\n.*\n/, '')
        .replace(/ {2}- id: review[\s\S]*?50 points\n/, ''),
    )
    const done = await correct(wrong)
    expect(done).toMatchObject({ status: 'done', summary: { members: 1, facts: 1, unknown: 1 } })
    expect(await members(done.id)).toMatchObject([{ member: 'ann', facts: 1, outcome: 'posted' }])
    expect([await pointsOf('ann'), await pointsOf('ben')]).toEqual([10 + 30 + 50, 10])
    await program.expectSound()
  })

  test('reaches what a merge has brought, and is told of it either way', async () => {
    const program = await correctingProgram(server, 'merged')
    const { call, send, order, document, correct, pointsOf } = program
    await send(order('1', 'ben', 1_000, '02-10'), order('2', 'ann', 500, '02-11'))
    clock.now += 1_000
    await call('POST', 'members/ben/merge', { into: 'ann', reason: 'same-person' }, { 'idempotency-key': 'one' })
    const outbox = new Outbox(context)
    outbox.wake()
    await outbox.settled()
    await outbox.close()
    expect(await pointsOf('ann')).toBe(15)
    await program.publish(giving(3, document))
    const done = await correct(wrong)
    expect(done).toMatchObject({ status: 'done', summary: { members: 1, facts: 2, assets: [{ up: { amount: 30 } }] } })
    expect(await pointsOf('ann')).toBe(45)
    await program.expectSound()
    const both = (await call('GET', 'members/ann/events/web/1/explanation')).body
    expect(both.now.effects).toContainEqual(expect.objectContaining({ type: 'move', amount: 30, version: 3 }))
    // And what comes late of that past: of the one who has gone, judged as the rest now is.
    await send(order('4', 'ben', 100, '02-09'))
    expect(await pointsOf('ann')).toBe(48)
    await program.expectSound()
  })

  test('goes where a merge is undone afterwards, and can be asked for again', async () => {
    const program = await correctingProgram(server, 'unmerged')
    const { call, send, order, document, correct, pointsOf } = program
    await send(order('1', 'ben', 1_000, '02-10'), order('2', 'ann', 500, '02-11'))
    const key = (name: string) => ({ 'idempotency-key': name })
    const outbox = new Outbox(context)
    const deliver = async () => {
      clock.now += 1_000
      outbox.wake()
      await outbox.settled()
    }
    await call('POST', 'members/ben/merge', { into: 'ann', reason: 'same-person' }, key('one'))
    await deliver()
    await program.publish(giving(3, document))
    await correct(wrong)
    expect(await pointsOf('ann')).toBe(45)
    expect((await call('POST', 'members/ben/merge/undo', { reason: 'mistake' }, key('two'))).status).toBe(200)
    await deliver()
    await outbox.close()
    expect([await pointsOf('ann'), await pointsOf('ben')]).toEqual([15, 10])
    await program.expectSound()
    expect(await correct({ ...wrong, version: 3 })).toMatchObject({ status: 'done', summary: { members: 1 } })
    expect([await pointsOf('ann'), await pointsOf('ben')]).toEqual([15, 30])
    await program.expectSound()
  })

  test.each([
    ['thanks', ['five-off open']],
    ['cheers', ['five-off open', 'tea open']],
  ])('leaves an award that was announced, and gives beside it what another rule gives: %s', async (rule, left) => {
    const awarding = (name: string, reward: string) => (text: string) =>
      text.replace('tiers:', `  - id: ${name}\n    on: order.paid\n    give: { reward: ${reward} }\n\ntiers:`)
    const both = clubDocument.concat('  tea: { kind: custom, price: 5 points }\n')
    const id = `announced-${rule}`
    const program = await correctingProgram(server, id, awarding('thanks', 'five-off')(both))
    const { call, send, order, correct } = program
    await send(order('1', 'ann', 1_000, '02-10'))
    const right = awarding(rule, 'tea')(both).replace('id: club', `id: ${id}`)
    await program.publish(right.replace('inForce: { from: always }\n', ''))
    const open = async () => {
      const { vouchers } = (await call('GET', 'members/ann/vouchers')).body
      return vouchers.map((each: { reward: string; status: string }) => `${each.reward} ${each.status}`).sort()
    }
    expect(await open()).toEqual(['five-off open'])
    expect(await correct(wrong)).toMatchObject({ status: 'done' })
    expect(await open()).toEqual(left)
    await program.expectSound()
  })

  test('asks again for what it needs of a budget, and gives back what it does not (EARN-5)', async () => {
    const capped = clubDocument.replace('round: floor', 'round: floor\n    budget: { most: 100 points, edge: trim }')
    const program = await correctingProgram(server, 'budget', capped)
    const { call, send, order, document, correct, pointsOf, members } = program
    const used = async () => {
      const { rows } = await context.database.migrator.query("SELECT used::int FROM room WHERE program = 'budget'")
      return rows[0]?.used
    }
    await send(order('1', 'ann', 3_000, '02-10'))
    await send(order('2', 'ben', 3_000, '02-11'))
    expect(await used()).toBe(60)
    await program.publish(giving(2, document))
    const { id } = (await program.start(wrong)).body
    await program.work()
    // As if there were enough, and it is said of whom.
    expect(await program.read(id)).toMatchObject({
      summary: { members: 2, sharing: 2, assets: [{ up: { amount: 60 } }] },
    })
    await call('POST', `corrections/${id}/approve`)
    await program.work()
    // What stands in the books, and not what was shown: forty were left.
    expect(await program.read(id)).toMatchObject({
      status: 'done',
      summary: { sharing: 0, transfers: expect.any(Number), assets: [{ up: { amount: 40 }, down: { amount: 0 } }] },
    })
    const posted = (await members(id)).flatMap(({ changes }: { changes: { change: number }[] }) => changes)
    expect(posted.reduce((sum: number, { change }: { change: number }) => sum + change, 0)).toBe(40)
    expect((await pointsOf('ann')) + (await pointsOf('ben'))).toBe(100)
    expect(await used()).toBe(100)
    await program.expectSound()
    await program.publish(giving(1, document))
    clock.now += 1_000
    expect(await correct({ ...wrong, version: 4 })).toMatchObject({ status: 'done' })
    expect([await pointsOf('ann'), await pointsOf('ben'), await used()]).toEqual([30, 30, 60])
    await program.expectSound()
    expect((await call('GET', 'corrections')).body.corrections).toHaveLength(2)
  })

  test('leaves referrals as they were promised, and says of how many the version would pay otherwise (RFL-1)', async () => {
    const paying = (friend: number) => (text: string) =>
      text.replace('reach: 100 points', 'reach: 100000 points').concat(`
referral:
  friend: ${friend} points
  advocate: 300 points
  goal: { order: { atLeast: 30.00 GBP } }
  hold: P15D
  review: { velocity: 3 times, within: P1D }
`)
    const program = await correctingProgram(server, 'referred', paying(1_000)(clubDocument))
    const { call, publish, correct } = program
    for (const id of ['ann', 'ben']) {
      const joinedAt = new Date(clock.now).toISOString()
      expect(await call('POST', 'members', { id, joinedAt })).toMatchObject({ status: 200 })
    }
    const { code } = (await call('POST', 'members/ann/referral-code')).body
    const claimed = await call('POST', 'members/ben/referral', { code, fingerprints: {} }, { 'idempotency-key': 'ben' })
    expect(claimed.body).toMatchObject({ granted: true })
    clock.now += 60_000
    await publish(giving(1, paying(100)(clubDocument).replace('id: club', 'id: referred')))
    const done = await correct({ ...wrong, reason: 'friends-too-much' })
    expect(done).toMatchObject({ status: 'done', summary: { referrals: 1 } })
    expect((await call('GET', 'members/ben/referral')).body.sentBy).toMatchObject({ status: 'waiting' })
    await program.expectSound()
  })

  test('is also what is first recorded of a member between the look and the approval', async () => {
    const program = await correctingProgram(server, 'missed')
    const { call, start, work, send, order, document, read, pointsOf } = program
    await send(order('1', 'ann', 1_000, '02-10'))
    await program.publish(giving(2, document))
    const { id } = (await start(wrong)).body
    await work()
    expect(await read(id)).toMatchObject({ status: 'shown', summary: { members: 1, facts: 1 } })
    clock.now += 60_000
    await send(order('2', 'ann', 500, '02-12'), order('3', 'ben', 700, '02-11'), order('4', 'cid', 900, '01-11'))
    expect([await pointsOf('ann'), await pointsOf('ben')]).toEqual([15, 7])
    await call('POST', `corrections/${id}/approve`)
    await work()
    expect(await read(id)).toMatchObject({
      ...{ status: 'done', members: { posted: 2, all: 2 } },
      summary: { members: 2, facts: 3, assets: [{ up: { members: 2, amount: 22 } }] },
    })
    expect([await pointsOf('ann'), await pointsOf('ben'), await pointsOf('cid')]).toEqual([30, 14, 9])
    await program.expectSound()
  })

  test('names the asset that it changes where the version converts another into it', async () => {
    const plain = clubDocument.replace('inForce: { from: always }', '')
    const program = await correctingProgram(server, 'converted')
    const { start, work, send, order, read, call } = program
    await send(order('1', 'ann', 5_000, '02-10'))
    const starry = plain.replace('id: club', 'id: converted').replaceAll(/\bpoints\b/g, 'stars')
    const answers =
      '{ assets: { points: { give: 1 stars, per: 10 points } }, tiers: { standing/gold: { through: 2026-12-31 } } }'
    await program.publish(`${starry}transitions: ${answers}\n`)
    clock.now += 60_000
    const { id } = (await start(wrong)).body
    await work()
    // Fifty stars instead of the five that fifty points become.
    const changed = [{ asset: 'stars', up: { members: 1, amount: 45 }, down: { members: 0 } }]
    expect((await read(id)).summary.assets).toMatchObject(changed)
    await call('POST', `corrections/${id}/approve`)
    await work()
    const ended = await read(id)
    expect(ended).toMatchObject({ status: 'done' })
    expect(ended.summary.assets).toMatchObject(changed)
    await program.expectSound()
  })

  test('goes by the arm of the member where a pilot runs (PIL-1), and ends none', async () => {
    const program = await correctingProgram(server, 'trial')
    const { call, start, send, order, document, publish, correct, pointsOf } = program
    await send(order('1', 'ann', 1_000, '02-10'))
    await publish(giving(2, document))
    await call('POST', 'drafts/five', { revision: 0, document: giving(5, document) })
    const begun = await call('POST', 'drafts/five/pilot', { revision: 1, share: 50 })
    expect(begun.status).toBe(200)
    expect((await start(wrong)).body).toMatchObject({ code: 'pilot-running', pilot: 3 })
    expect((await start({ ...wrong, version: 3 })).body).toMatchObject({ code: 'version-on-trial' })
    clock.now += 60_000
    const members = Array.from({ length: 12 }, (_, index) => `t${index}`)
    const now = new Date(clock.now).toISOString()
    const bought = members.map((member) => ({ ...order(`now-${member}`, member, 1_000), occurredAt: now }))
    await send(...bought)
    const before = await Promise.all(members.map(pointsOf))
    expect([...new Set(before)].sort()).toEqual([20, 50])
    // A version that reaches back already needs no publication: it judges what it would judge of each.
    expect(await correct({ ...wrong, version: 1 })).toMatchObject({ status: 'nothing' })
    expect(await Promise.all(members.map(pointsOf))).toEqual(before)
    // Once it is for all, it can be said of the past; what those in it were given on trial stays as it is.
    const tried = before.filter((points) => points === 50).length
    expect((await call('POST', 'pilots/3/widen', { after: 3, share: 100, note: '' })).status).toBe(200)
    clock.now += 60_000
    expect(await correct({ ...wrong, version: 4 })).toMatchObject({
      ...{ status: 'done', summary: { members: 13 - tried, onTrial: tried } },
    })
    expect([...new Set(await Promise.all(members.map(pointsOf)))]).toEqual([50])
    expect(await pointsOf('ann')).toBe(50)
    await program.expectSound()
  })

  test('leaves what a stopped pilot gave, and corrects what its members were given since (PIL-5)', async () => {
    const program = await correctingProgram(server, 'stopped')
    const { call, send, order, document, publish, correct, pointsOf } = program
    const from = new Date(clock.now).toISOString()
    await publish(giving(2, document))
    await call('POST', 'drafts/five', { revision: 0, document: giving(5, document) })
    expect((await call('POST', 'drafts/five/pilot', { revision: 1, share: 50 })).status).toBe(200)
    const members = Array.from({ length: 12 }, (_, index) => `s${index}`)
    const buy = async (wave: string) => {
      clock.now += 60_000
      const occurredAt = new Date(clock.now).toISOString()
      await send(...members.map((member) => ({ ...order(`${wave}-${member}`, member, 1_000), occurredAt })))
      return await Promise.all(members.map(pointsOf))
    }
    const tried = (await buy('tried')).map((points) => points === 50)
    expect(new Set(tried).size).toBe(2)
    clock.now += 60_000
    expect((await call('POST', 'pilots/3/stop', { after: 3, note: '' })).status).toBe(200)
    expect(await buy('since')).toEqual(tried.map((was) => (was ? 50 : 20) + 20))
    await publish(giving(1, document))
    const onTrial = tried.filter(Boolean).length
    expect(await correct({ ...wrong, from, version: 5 })).toMatchObject({ status: 'done', summary: { onTrial } })
    expect(await Promise.all(members.map(pointsOf))).toEqual(tried.map((was) => (was ? 50 : 10) + 10))
    await program.expectSound()
  })

  test('in a sandbox it goes by the clock of the sandbox (SBX-1)', async () => {
    const { call } = await correctingProgram(server, 'live')
    await call('POST', 'sandboxes', { id: 'tried', startsAt: '2025-06-01T00:00:00Z' })
    const { key } = (await call('POST', 'sandboxes/tried/key')).body
    const inside = (method: 'GET' | 'POST', url: string, body?: unknown, more = {}) =>
      server.call(method, `/v1/${url}`, body, { authorization: `Bearer ${key}`, ...more })
    const { body } = await inside('POST', 'events', {
      ...orderPaid('s1', 'sue', 1_000, { occurredAt: '2025-05-31T10:00:00Z' }),
    })
    expect(body).toMatchObject({ status: 'recorded' })
    const text = clubDocument.replace('id: club', 'id: tried')
    await server.publish(giving(2, text), 'tried')
    const start = (from: string, name: string) =>
      inside('POST', 'corrections', { ...wrong, from }, { 'idempotency-key': name })
    expect((await start('2025-06-02', 'ahead')).body).toMatchObject({ code: 'correction-too-late' })
    const { id } = (await start('2025-05-01', 'past')).body
    const corrector = new Corrector(context)
    const work = async () => {
      corrector.wake()
      await corrector.settled()
    }
    await work()
    await inside('POST', `corrections/${id}/approve`)
    await work()
    expect((await inside('GET', `corrections/${id}`)).body).toMatchObject({
      ...{ status: 'done', approvedAt: '2025-06-01T00:00:00.000Z' },
    })
    expect((await inside('GET', 'members/sue/balance')).body.balances[0]).toMatchObject({ active: 20 })
    await corrector.close()
  })

  test('whoever is forgotten is left alone', async () => {
    const program = await correctingProgram(server, 'erased')
    const { call, start, work, send, order, document, read } = program
    await send(order('1', 'ann', 1_000, '02-10'), order('2', 'ben', 1_000, '02-10'), order('3', 'cid', 1_000, '02-10'))
    await program.publish(giving(2, document))
    const erase = (member: string) =>
      context.recorder.record({
        ...{ program: 'erased', member },
        event: { type: 'member.erased', source: 'laurel', id: `erase/${member}`, actor: 'staff', reason: 'asked' },
      })
    expect(await erase('ann')).toMatchObject({ status: 'recorded' })
    const { id } = (await start(wrong)).body
    await work()
    expect(await read(id)).toMatchObject({ status: 'shown', summary: { members: 2 } })
    // Between the look and the approval.
    expect(await erase('ben')).toMatchObject({ status: 'recorded' })
    await call('POST', `corrections/${id}/approve`)
    await work()
    expect(await read(id)).toMatchObject({ status: 'done', members: { posted: 2, all: 2 } })
    const outcomes = (await program.members(id)).map(({ member, outcome }: { member: string; outcome: string }) => [
      ...[member, outcome],
    ])
    expect(outcomes.sort()).toEqual([
      ['ben', 'nothing-left'],
      ['cid', 'posted'],
    ])
    await program.expectSound()
  })
})
