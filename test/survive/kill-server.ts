import { createDice } from '../load/dice.ts'
import { launchServer, type ServerProcess, startServer } from '../process/start-server.ts'
import { audit, auditText, isClean } from './audit.ts'
import { startClients } from './clients.ts'
import { type DrillOptions, onGround, pause, type Verdict } from './drill.ts'

/**
 * Between two kills in mid-load at least so many events are acknowledged. A server that has just started is slow: with fewer,
 * the kills would only ever meet servers that warm up.
 */
const acknowledgedBetween = 2_500
/** In the end the last server is left alone for so many events, and then measured: the rate to compare with. */
const undisturbedFor = 4
/** Several batches: the moment of the kill falls anywhere in a batch's way to its commit. */
const spreadMs = 150
/** One kill in so many hits a server that is starting. */
const everyInRecovery = 4

/** R1: `kill -9` of the server, again and again, while clients keep ordering. */
export async function killServer(options: DrillOptions & { readonly between?: number }): Promise<Verdict> {
  const { seed, count, say, between = acknowledgedBetween } = options
  return await onGround({}, async ({ server: first, order, key }) => {
    const dice = createDice(seed)
    const clients = startClients({ urls: [first.url], key, count: 64, members: 20_000, stream: 'r1', seed })
    let server: ServerProcess = first
    let startMs = 1000
    let [inRecovery, upMs] = [0, 0]
    for (let kills = 1; kills <= count; kills++) {
      const upSince = performance.now()
      await clients.acknowledge(between)
      await pause(dice() * spreadMs)
      upMs += performance.now() - upSince
      await server.kill()
      if (kills < count && kills % everyInRecovery === everyInRecovery - 1) {
        const starting = launchServer(order)
        await pause(dice() * startMs)
        await starting.kill()
        kills++
        inRecovery++
      }
      const startedAt = performance.now()
      server = await startServer(order)
      startMs = performance.now() - startedAt
      if (kills % 10 === 0) say(`R1: ${kills} kills, ${clients.acknowledged.size} acknowledged`)
    }
    await clients.acknowledge(undisturbedFor * between)
    const [acknowledged, since] = [clients.acknowledged.size, performance.now()]
    await clients.acknowledge(2 * between)
    const undisturbed = ((clients.acknowledged.size - acknowledged) / (performance.now() - since)) * 1000
    const inMidLoad = ((acknowledged - undisturbedFor * between) / upMs) * 1000
    await clients.stop()
    const found = await audit({ url: server.url, key, source: 'bench', ...clients })
    const detail = [
      `${count} kills, ${inRecovery} of them during the start; ${inMidLoad.toFixed(0)} events/s while it was up, ${(inMidLoad / undisturbed).toFixed(2)} of what it does undisturbed`,
      `${auditText(found)}; ${clients.retries()} retries, ${clients.wrong.length} wrong answers`,
      ...clients.wrong.slice(0, 1),
    ].join('; ')
    const passed = isClean(found) && clients.wrong.length === 0
    return { server, result: { id: 'R1', what: 'kill -9 of the server in mid-load', passed, detail } }
  })
}
