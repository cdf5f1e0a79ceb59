import { Button, CopyButton } from '@mantine/core'
import { words } from '../words/words.ts'
import './shown-once.css'

/** A secret that stands here and nowhere else: to be copied now. */
export function ShownOnce({ label, secret }: { readonly label: string; readonly secret: string }) {
  return (
    <div className="shown-once">
      <p className="small second">{label}</p>
      <code>{secret}</code>
      <CopyButton value={secret}>
        {({ copied, copy }) => (
          <Button variant="default" size="sm" onClick={copy}>
            {copied ? words.tables.copied : words.tables.copy}
          </Button>
        )}
      </CopyButton>
    </div>
  )
}
