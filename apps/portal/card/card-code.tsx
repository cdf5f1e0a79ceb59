import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { client } from '../session/client.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'

/** Renewed before its end, so that what is on the screen is always good. */
const renewedAheadSeconds = 8

/** The code for the till: drawn only where somebody wants to show it, dark on white in every light. */
export function CardCode() {
  const [isShown, setShown] = useState(false)
  return (
    <div className="card-code">
      <button
        type="button"
        className="button card-code-button"
        aria-expanded={isShown}
        onClick={() => setShown(!isShown)}
      >
        {isShown ? words.card.code.hide : words.card.code.show}
      </button>
      {isShown ? <Shown /> : null}
    </div>
  )
}

function Shown() {
  const { data, error } = useQuery({
    queryKey: ['code'],
    queryFn: async () => {
      const [{ code, seconds }, { create }] = await Promise.all([client.call('makeSelfCode', {}), import('qrcode')])
      const { modules } = create(code, { errorCorrectionLevel: 'M' })
      // By the clock of this device, which may be wrong by hours: what counts is how long it is good.
      return { path: pathOf(modules), size: modules.size, endsAt: performance.now() + seconds * 1000, seconds }
    },
    refetchInterval: ({ state: { data } }) => ((data?.seconds ?? 60) - renewedAheadSeconds) * 1000,
    staleTime: 0,
    gcTime: 0,
  })
  const left = useSecondsLeft(data?.endsAt ?? null)
  if (data === undefined || left <= 0)
    return (
      <p className="qr-sheet" role={error === null ? 'status' : 'alert'}>
        {error === null ? words.frame.loading : words.card.code.failed}
      </p>
    )
  const quiet = 4
  return (
    <div className="qr-sheet">
      <svg
        className="qr"
        role="img"
        aria-label={words.card.code.drawn}
        viewBox={`${-quiet} ${-quiet} ${data.size + 2 * quiet} ${data.size + 2 * quiet}`}
        shapeRendering="crispEdges"
      >
        <path d={data.path} fill="#000000" />
      </svg>
      <p className="qr-left">
        <Ring share={left / data.seconds} />
        {words.card.code.left(amountText(left))}
      </p>
      <p>{words.card.code.lead}</p>
    </div>
  )
}

const Ring = ({ share }: { readonly share: number }) => (
  <svg width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="3" aria-hidden="true">
    <circle cx="10" cy="10" r="8" opacity="0.25" />
    <circle cx="10" cy="10" r="8" pathLength="1" strokeDasharray={`${share} 1`} transform="rotate(-90 10 10)" />
  </svg>
)

interface Squares {
  readonly size: number
  get(row: number, column: number): number
}

/** Every dark square, row by row. */
function pathOf(squares: Squares): string {
  const all = Array.from({ length: squares.size }, (_, index) => index)
  return all
    .flatMap((row) => all.flatMap((column) => (squares.get(row, column) ? `M${column} ${row}h1v1h-1z` : [])))
    .join('')
}

function useSecondsLeft(endsAt: number | null): number {
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    const beat = setInterval(() => setNow(performance.now()), 1000)
    return () => clearInterval(beat)
  }, [])
  return endsAt === null ? 0 : Math.max(0, Math.min(60, Math.ceil((endsAt - now) / 1000)))
}
