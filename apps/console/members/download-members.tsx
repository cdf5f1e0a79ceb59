import { Button } from '@mantine/core'
import { useState } from 'react'
import { csvText } from '../files/csv-text.ts'
import { downloadText } from '../files/download-text.ts'
import { client } from '../session/client.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'

const pageLength = 100
/** What a spreadsheet and a browser's memory take without a thought; the whole books are `laurel export`. */
const membersMax = 20_000

/** Everybody who is looked for, as a file; says how far it is, and can be stopped. */
export function DownloadMembers({ q }: { readonly q: string }) {
  const [count, setCount] = useState(0)
  const [stop, setStop] = useState<AbortController | null>(null)
  const [failed, setFailed] = useState(false)

  const download = async () => {
    const controller = new AbortController()
    setStop(controller)
    setFailed(false)
    try {
      const rows: (string | null)[][] = [[...words.membersRoom.columns]]
      let cursor: string | undefined
      do {
        const query = { q: q === '' ? undefined : q, cursor, limit: String(pageLength) }
        const page = await client.call('searchMembers', { query, signal: controller.signal })
        for (const { id, profile } of page.members) rows.push([id, profile.name, profile.email, profile.phone])
        cursor = page.next ?? undefined
        setCount(rows.length - 1)
      } while (cursor !== undefined && rows.length <= membersMax)
      downloadText('members.csv', 'text/csv', csvText(rows))
    } catch {
      setFailed(!controller.signal.aborted)
    }
    setStop(null)
    setCount(0)
  }

  return (
    <>
      <Button variant="default" onClick={() => (stop === null ? void download() : stop.abort())}>
        {stop === null ? words.membersRoom.csv : words.membersRoom.csvStop(amountText(count))}
      </Button>
      {failed ? (
        <span className="second" role="alert">
          {words.membersRoom.csvFailed}
        </span>
      ) : null}
    </>
  )
}
