import { VisuallyHidden } from '@mantine/core'
import { words } from '../words/words.ts'
import './waiting.css'

/** As high as what will stand there, so that nothing jumps when it comes. */
export function Waiting({ rows = 8 }: { readonly rows?: number }) {
  return (
    <div className="waiting" role="status">
      <VisuallyHidden>{words.loading}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of nothing have no other name, and never change places
        <span key={row} className="waiting-line" />
      ))}
    </div>
  )
}
