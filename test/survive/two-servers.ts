import { freePort, startServer } from '../process/start-server.ts'
import { audit, auditText, isClean } from './audit.ts'
import { startClients } from './clients.ts'
import { type DrillOptions, onGround, type Verdict } from './drill.ts'

/** Few enough that both servers meet the same member all the time. */
const members = 40

/** R5: two servers on one database, the same members at both, `count` events. */
export async function twoServers({ seed, count }: DrillOptions): Promise<Verdict> {
  return await onGround({}, async ({ server, folder, key }) => {
    const databaseUrl = server.databaseUrl ?? ''
    const second = await startServer({ folder, databaseUrl, port: await freePort(), logLevel: 'silent', program: null })
    const clients = startClients({ urls: [server.url, second.url], key, count: 16, members, stream: 'r5', seed })
    await clients.acknowledge(count)
    await clients.stop()
    const found = await audit({ url: second.url, key, source: 'bench', ...clients })
    await second.stop()
    const detail = `${auditText(found)}; ${clients.retries()} retries, ${clients.wrong.length} wrong answers ${clients.wrong[0] ?? ''}`
    const passed = isClean(found) && clients.wrong.length === 0 && clients.retries() === 0
    return { server, result: { id: 'R5', what: `two servers, the same ${members} members`, passed, detail } }
  })
}
