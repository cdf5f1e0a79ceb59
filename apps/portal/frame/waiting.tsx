import { words } from '../words/words.ts'

/** As high as what will stand there, so that nothing jumps when it comes. */
export function Waiting({ whole = false }: { readonly whole?: boolean }) {
  return (
    <div className={whole ? 'waiting waiting-whole' : 'waiting'} role="status">
      <span className="only-read">{words.frame.loading}</span>
      {['a', 'b', 'c', 'd', 'e'].map((line) => (
        <span key={line} className="waiting-line" />
      ))}
    </div>
  )
}
