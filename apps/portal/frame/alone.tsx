import { Mark } from '@laurel/ui'
import type { ReactNode } from 'react'

/** A page that has nothing to show but a sentence and what to do. */
export function Alone({
  title,
  text,
  children,
}: {
  readonly title: string
  readonly text: string
  readonly children?: ReactNode
}) {
  return (
    <main className="alone">
      <Mark size={40} />
      <h1>{title}</h1>
      {text === '' ? null : <p className="second">{text}</p>}
      {children}
    </main>
  )
}
