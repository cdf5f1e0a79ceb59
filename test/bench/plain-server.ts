// What P3 is held against: Fastify with the same validation of the same body and one indexed SELECT, in a process of its own.
import { routes } from '@laurel/contract'
import Fastify from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import pg from 'pg'

export interface PlainOrder {
  readonly databaseUrl: string
  readonly scale: number
}

async function start({ databaseUrl, scale }: PlainOrder): Promise<string> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
  const server = Fastify().withTypeProvider<ZodTypeProvider>()
  server.setValidatorCompiler(validatorCompiler)
  server.setSerializerCompiler(serializerCompiler)
  server.post('/v1/carts/preview', { schema: { body: routes.previewCart.body } }, async (request) => {
    const account = 1 + (Number(request.body.member.slice(1)) % (scale * 100_000))
    const { rows } = await pool.query({
      name: 'account',
      text: 'SELECT abalance FROM pgbench_accounts WHERE aid = $1',
      values: [account],
    })
    return { member: request.body.member, lines: request.body.order.lines.length, balance: rows[0]?.abalance }
  })
  process.on('message', (message) => {
    if (message === 'stop') server.close().then(() => pool.end().then(() => process.disconnect?.()))
  })
  return await server.listen({ host: '127.0.0.1', port: 0 })
}

process.on('message', (order: PlainOrder | 'stop') => {
  if (order !== 'stop') start(order).then((url) => process.send?.(url))
})
