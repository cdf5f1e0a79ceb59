// What P3 is held against: Fastify with the same validation of the same body and one indexed SELECT, in a process of its own.
import { compiled, routes } from '@laurel/contract'
import Fastify from 'fastify'
import pg from 'pg'

export interface PlainOrder {
  readonly databaseUrl: string
  readonly scale: number
}

async function start({ databaseUrl, scale }: PlainOrder): Promise<string> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
  const server = Fastify()
  server.post('/v1/carts/preview', async (request) => {
    const { member, order } = compiled(routes.previewCart.body).parse(request.body)
    const account = 1 + (Number(member.slice(1)) % (scale * 100_000))
    const { rows } = await pool.query({
      name: 'account',
      text: 'SELECT abalance FROM pgbench_accounts WHERE aid = $1',
      values: [account],
    })
    return { member, lines: order.lines.length, balance: rows[0]?.abalance }
  })
  process.on('message', (message) => {
    if (message === 'stop') server.close().then(() => pool.end().then(() => process.disconnect?.()))
  })
  return await server.listen({ host: '127.0.0.1', port: 0 })
}

process.on('message', (order: PlainOrder | 'stop') => {
  if (order !== 'stop') start(order).then((url) => process.send?.(url))
})
