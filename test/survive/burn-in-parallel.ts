import { createClient } from '@laurel/contract'
import { openConnection } from '../load/connection.ts'
import { createShopper, memberName } from '../load/shopper.ts'
import { type DrillOptions, onGround, type Verdict } from './drill.ts'

/** What one burn takes: the price of `one-off` in the program. */
const price = 100
const connections = 64

/** R3: many burns of one balance at once; exactly what it covers is granted. */
export async function burnInParallel({ seed, count }: DrillOptions): Promise<Verdict> {
  return await onGround({}, async ({ server, key }) => {
    const client = createClient({ url: server.url, key })
    const member = memberName(0)
    const shopper = createShopper('r3', seed, 1)
    // Enough to cover about a third of the burns.
    let active = 0
    while (active < (count * price) / 3) {
      await client.call('recordEvents', { query: {}, body: JSON.parse(shopper.order(new Date().toISOString())) })
      active = await activeOf()
    }
    const covered = Math.floor(active / price)
    let [granted, refused, next] = [0, 0, 0]
    const wrong: string[] = []
    const burn = async () => {
      const connection = openConnection(server.url, key)
      while (next < count) {
        const id = `burn-${next++}`
        const reply = await connection.post(
          '/v1/redemptions',
          JSON.stringify({ id, member, reward: 'one-off', confirm: true }),
        )
        const answer = reply.status < 300 ? JSON.parse(reply.body) : null
        if (answer?.granted === true) granted++
        else if (answer?.refusal?.code === 'short') refused++
        else wrong.push(`${reply.status} ${reply.body}`)
      }
      connection.close()
    }
    await Promise.all(Array.from({ length: connections }, burn))
    const left = await activeOf()
    const { clean } = await client.call('verifyLedger', {})
    const detail = `${active} points cover ${covered} burns: ${granted} granted, ${refused} refused, ${left} left; verify ${clean ? 'is clean' : 'finds disagreements'}${wrong.length > 0 ? `; wrong: ${wrong[0]}` : ''}`
    const passed = granted === covered && refused === count - covered && left === active - covered * price && clean
    return { server, result: { id: 'R3', what: `${count} parallel burns of one balance`, passed, detail } }

    async function activeOf(): Promise<number> {
      const { balances } = await client.call('readBalance', { path: { member } })
      return balances.find((balance) => balance.asset === 'points')?.active ?? 0
    }
  })
}
