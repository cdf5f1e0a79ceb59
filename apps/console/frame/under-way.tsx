import { Progress } from '@mantine/core'
import { type ReactNode, useRef } from 'react'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'
import './under-way.css'

/** Work that takes long: what it is doing, how far it is, how long it will take, and the way to stop it. */
export function UnderWay({
  what,
  done,
  all,
  aside,
  children,
}: {
  readonly what: string
  readonly done: number
  /** 0: it is not known yet. */
  readonly all: number
  readonly aside: string
  /** The way to stop it. */
  readonly children: ReactNode
}) {
  const left = useTimeLeft(done, all)
  const isCounted = all > 0 && done < all
  return (
    <div className="sheet under-way">
      <div className="under-way-head">
        <p role="status">{what}</p>
        <p className="second">{isCounted ? left : null}</p>
      </div>
      <Progress value={all === 0 ? 0 : (done / all) * 100} aria-label={what} size={8} transitionDuration={140} />
      <p className="small second">{aside}</p>
      {children}
    </div>
  )
}

/** By the pace since somebody looks: the clocks of the server and of the browser need not agree. */
function useTimeLeft(done: number, all: number): string | null {
  const begun = useRef({ at: performance.now(), done })
  if (done <= begun.current.done) return null
  const msPerPart = (performance.now() - begun.current.at) / (done - begun.current.done)
  const seconds = Math.round((msPerPart * (all - done)) / 1000)
  const said = words.underWay
  if (seconds < 2) return said.soon
  if (seconds < 90) return said.seconds(seconds, amountText(seconds))
  const minutes = Math.round(seconds / 60)
  return said.minutes(minutes, amountText(minutes))
}
